#!/usr/bin/env python3
"""TLSA records and POSH documents say of a certificate what the `openssl` command line computes, also
while one key follows another, and `check` tells a zone whose TLSA record is of another key."""

import base64
import hashlib
import json
import pathlib
import subprocess
import sys

import artifacts
from artifacts import run

FEDGATE = sys.argv[1]
ZONE = ("$TTL 3600\n@ IN SOA ns.example.net. root.example.net. 1 3600 900 604800 300\n@ IN NS ns.example.net.\n"
        "@ IN DNSKEY 257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==\n")


def spec(**certificate):
    return {
        "gateway": artifacts.gateway(
            platform="prosody", posh=True, domains=["contoso.com", "b\u00fccher.example"],
            access_edge={"fqdn": "sip.contoso.com", "addresses": ["203.0.113.10"]}),
        "certificates": [{"name": "edge", "issuer": {"trust": "private"}, "certificate_file": "edge.pem"} | certificate],
        "dns": {"zones": [{"name": "contoso.com", "ttl": "1h", "direct_tls": True, "tlsa": True,
                           "zone_file": "contoso.db"},
                          {"name": "b\u00fccher.example"}]},
    }


def make_key(name):
    run("openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", f"{name}.key")
    return hashlib.sha256(run("openssl", "pkey", "-in", f"{name}.key", "-pubout", "-outform", "DER")).hexdigest()


def tlsa_of(text):
    """Owners and data of the TLSA records of a fragment."""
    fields = (line.split() for line in text.splitlines() if " TLSA " in line)
    return sorted((owner, " ".join(data)) for owner, _, _, _, *data in fields)


def codes(status):
    """The codes of `check`, without those about the certificate itself and the partners."""
    done = run(FEDGATE, "check", "--format", "json", "spec.json", status=status)
    found = (finding["code"] for finding in json.loads(done)["findings"])
    return sorted(code for code in found if not code.startswith(("CRT", "LYN")))


def check_associations():
    """Every usage, selector and matching type is compared with the certificate or its authority."""
    run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "root.key",
        "-subj", "/CN=Root", "-days", "90", "-out", "root.pem")
    make_key("leaf")
    run("openssl", "req", "-new", "-key", "leaf.key", "-subj", "/CN=sip.contoso.com", "-addext",
        "subjectAltName=DNS:sip.contoso.com,DNS:contoso.com,DNS:xn--bcher-kva.example", "-out", "leaf.csr")
    run("openssl", "x509", "-req", "-in", "leaf.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial",
        "-copy_extensions", "copy", "-days", "30", "-out", "leaf.pem")
    leaf, root = pathlib.Path("leaf.pem").read_text("ascii"), pathlib.Path("root.pem").read_text("ascii")

    def forms(name):
        certificate = run("openssl", "x509", "-in", f"{name}.pem", "-outform", "DER")
        key = run("openssl", "pkey", "-in", f"{name}.key", "-pubout", "-outform", "DER")
        return [f"{selector} {matching} {data}" for selector, der in enumerate((certificate, key)) for matching, data in
                enumerate((der.hex(), hashlib.sha256(der).hexdigest(), hashlib.sha512(der).hexdigest()))]

    zeros = "0" * 64
    cases = [(f"_5269._tcp.sip TLSA {usage} {form}", chain, False)
             for usage, name, chain in ((3, "leaf", leaf + root), (1, "leaf", leaf), (2, "root", leaf + root), (0, "root", leaf + root))
             for form in forms(name)]
    cases += [(f"_5269._tcp.sip TLSA 3 1 1 {zeros}", leaf, True), (f"_5269._tcp.sip TLSA 3 0 1 {zeros}", leaf, True),
              (f"_5269._tcp.sip TLSA 2 {forms('leaf')[4]}", leaf + root, True),
              # The authority may be the root, which is not in the file.
              (f"_5269._tcp.sip TLSA 2 1 1 {zeros}", leaf, False),
              # Another service's.
              (f"_443._tcp.sip TLSA 3 1 1 {zeros}", leaf, False)]
    wanted = spec()
    wanted["dns"]["zones"][0]["tlsa"] = False
    artifacts.write_spec(wanted, "associations.json")
    for record, chain, is_stale in cases:
        pathlib.Path("edge.pem").write_text(chain, encoding="ascii")
        pathlib.Path("contoso.db").write_text(ZONE + record + "\n", encoding="ascii")
        done = subprocess.run([FEDGATE, "check", "--format", "json", "associations.json"], capture_output=True, check=False)
        found = [finding["code"] for finding in json.loads(done.stdout)["findings"]]
        artifacts.expect_equal(f"TLSA008 for {record}", "TLSA008" in found, is_stale)


def main():
    artifacts.need("openssl", "named-checkzone")
    today, tomorrow = make_key("today"), make_key("tomorrow")
    names = "subjectAltName=DNS:sip.contoso.com,DNS:contoso.com,DNS:xn--bcher-kva.example"
    run("openssl", "req", "-x509", "-new", "-key", "today.key", "-subj", "/CN=sip.contoso.com", "-addext", names,
        "-addext", "extendedKeyUsage=serverAuth", "-addext", "basicConstraints=critical,CA:FALSE", "-days", "90",
        "-out", "edge.pem")
    run("openssl", "req", "-new", "-key", "tomorrow.key", "-subj", "/CN=sip.contoso.com", "-addext", names,
        "-addext", "extendedKeyUsage=serverAuth", "-out", "next.csr")
    certificate = run("openssl", "x509", "-in", "edge.pem", "-outform", "DER")

    zone_file = pathlib.Path("contoso.db")
    for request, digests in (({}, [today]), ({"request_check_file": "next.csr"}, [today, tomorrow])):
        # The zone as it is to be.
        zone_file.write_text(ZONE, encoding="ascii")
        artifacts.write_spec(spec(**request), "spec.json")
        fragment = run(FEDGATE, "emit", "zone", "--severity", "DNS023=warning", "contoso.com", "spec.json").decode()
        expected = sorted((f"_{port}._tcp.sip.contoso.com.", f"3 1 1 {digest}")
                          for port in (5269, 5270) for digest in digests)
        artifacts.expect_equal("TLSA records", tlsa_of(fragment), expected)
        zone_file.write_text(ZONE + fragment, encoding="utf-8")
        run("named-checkzone", "-q", "-i", "full", "-S", "fail", "contoso.com", zone_file)
        artifacts.expect_equal("codes of the wanted zone", codes(0), [])

    # A record of a key that is not in use, on one port of the two.
    artifacts.write_spec(spec(), "spec.json")
    fragment = run(FEDGATE, "emit", "zone", "--severity", "DNS023=warning", "--severity", "DNS024=info",
                   "contoso.com", "spec.json").decode()
    lines = fragment.splitlines(keepends=True)
    stale = [line.replace(today, tomorrow) if line.startswith("_5270") else line for line in lines]
    zone_file.write_text(ZONE + "".join(stale), encoding="utf-8")
    artifacts.expect_equal("codes of the stale zone", codes(1), ["DNS023", "TLSA008"])

    zone_file.write_text(ZONE + fragment, encoding="utf-8")
    run(FEDGATE, "compile", "-o", "out", "spec.json")
    fingerprint = base64.b64encode(hashlib.sha256(certificate).digest()).decode()
    for domain in ("contoso.com", "xn--bcher-kva.example"):
        document = json.loads(pathlib.Path("out", "posh", domain, "xmpp-server.json").read_text(encoding="utf-8"))
        artifacts.expect_equal(f"document of {domain}", document,
                               {"fingerprints": [{"sha-256": fingerprint}], "expires": 86400})
        if f"https://{domain}/.well-known/posh/xmpp-server.json" not in pathlib.Path("out/runbook.md").read_text("utf-8"):
            artifacts.fail(f"the runbook does not say where the document of {domain} belongs")

    # The document as it is published: what was written is in order, one of an earlier certificate is not.
    published = spec()
    published["gateway"]["posh_file"] = "posh.json"
    artifacts.write_spec(published, "spec.json")
    document = pathlib.Path("posh.json")
    document.write_text(pathlib.Path("out/posh/contoso.com/xmpp-server.json").read_text("utf-8"), encoding="utf-8")
    artifacts.expect_equal("codes of the published document", codes(0), [])
    earlier = base64.b64encode(bytes(32)).decode()
    document.write_text(json.dumps({"fingerprints": [{"sha-256": earlier}], "expires": 86400}), encoding="utf-8")
    artifacts.expect_equal("codes of an earlier document", codes(1), ["POSH002"])
    document.write_text("{", encoding="utf-8")
    artifacts.expect_equal("codes of what is no JSON", codes(1), ["YML012"])

    # Without the certificate there is nothing to publish, and nothing is written.
    without = spec()
    del without["certificates"][0]["certificate_file"]
    del without["dns"]["zones"][0]["zone_file"]
    artifacts.write_spec(without, "spec.json")
    artifacts.expect_equal("codes without a certificate", codes(1), ["EMT009", "EMT009"])


main()
check_associations()
