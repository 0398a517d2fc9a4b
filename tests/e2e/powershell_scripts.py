#!/usr/bin/env python3
"""A PowerShell parser reads lync/apply.ps1 and csr/*.ps1 without an error, and every text of the spec
comes back from their strings unchanged."""

import json

import artifacts
from artifacts import HOSTILE, expect_equal, run

PARSER = artifacts.HERE / "parse_powershell.mjs"


def strings_of(files):
    """The strings of each script, in order: parsing many at once saves the start of the parser."""
    found = {str(file): [] for file in files}
    for one in json.loads(run("node", PARSER, "--strings", *files)):
        found[one["file"]].append(one)
    return [found[str(file)] for file in files]


def check_partners():
    domains = [f"p{number:02}.example" for number in range(len(HOSTILE))]
    partners = [{"domain": domain, "type": "federated", "description": text,
                 "additional_domains": [f"chat.{domain}"], "proxy_fqdn": f"xmpp.{domain}"}
                for domain, text in zip(domains, HOSTILE)]
    expected = []
    for domain, text in zip(domains, HOSTILE):
        expected += [domain, "Federated", "Required", "Required", f"xmpp.{domain}", f"chat.{domain}", text]
    scripts = []
    for platform in ("lync_server_2013", "skype_for_business_2015"):
        spec = {"gateway": artifacts.gateway(platform=platform), "partners": partners}
        scripts.append(artifacts.compile_spec(spec, platform) / "lync/apply.ps1")
    for strings in strings_of(scripts):
        begin = [one["value"] for one in strings].index(domains[0])
        rows = strings[begin:begin + len(expected)]
        expect_equal("partner table", [one["value"] for one in rows], expected)
        expect_equal("kinds", {one["kind"] for one in rows}, {"verbatim"})


def check_secrets():
    references = [{"file": text} for text in HOSTILE] + [{"env": "MY_SECRET"}]
    scripts = []
    for number, reference in enumerate(references):
        spec = {"gateway": artifacts.gateway(dialback_passphrase=reference)}
        scripts.append(artifacts.compile_spec(spec, f"secret{number}") / "lync/apply.ps1")
    for reference, strings in zip(references, strings_of(scripts)):
        (text,) = reference.values()
        if ("verbatim", text) not in [(one["kind"], one["value"]) for one in strings]:
            artifacts.fail(f"the script does not name {text!r}")


def check_requests():
    """One spec for each four texts, since only the presented certificate has a script."""
    scripts, expected = [], []
    for number in range(0, len(HOSTILE), 4):
        path, organization, city, friendly_name = (HOSTILE + HOSTILE)[number:number + 4]
        # What no program of Windows takes for one word is refused (tests/golden/bind).
        path = path.replace('"', "'").rstrip("\\").lstrip("-") or "a"
        certificate = {"name": "edge-cert", "request_file": path, "friendly_name": friendly_name,
                       "subject": {"organization": organization, "locality": city}}
        folder = artifacts.compile_spec(
            {"gateway": artifacts.gateway(), "certificates": [certificate]}, f"request{number}")
        scripts.append(folder / "csr/edge-cert.ps1")
        expected.append([path, "AccessEdgeExternal", "DataEdgeExternal", "AudioVideoAuthentication",
                         "sip.contoso.com,contoso.com", organization, city, friendly_name, "RSA"])
    for strings, values in zip(strings_of(scripts), expected):
        verbatim = [one["value"] for one in strings if one["kind"] == "verbatim"]
        # The first ones belong to the preamble, which is longer where the script is not ASCII.
        expect_equal("request", verbatim[-len(values):], values)


artifacts.need_npm_packages()
check_partners()
check_secrets()
check_requests()
