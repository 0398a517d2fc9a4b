#!/usr/bin/env python3
"""`openssl req` reads each csr/*.cnf, and the request has exactly the spec's subject, names, purposes
and key, whatever characters the subject has."""

import pathlib
import re
import shutil

import artifacts
from artifacts import HOSTILE, expect_equal, run
from requests_der import CLIENT, SERVER, read_request

def as_der(request):
    return run("openssl", "req", "-in", request, "-outform", "DER")


def check_hostile_subjects():
    """One certificate for each text, which is rotated through the attributes."""
    certificates = []
    for i, text in enumerate(HOSTILE):
        others = [HOSTILE[(i + step) % len(HOSTILE)] for step in (1, 2, 3)]
        certificates.append({
            "name": f"c{i}",
            "issuer": {"trust": "private"},
            "subject": {"country": "US", "state": others[0], "locality": others[1],
                        "organization": text, "organizational_unit": others[2], "common_name": text},
            "subject_alternative_names": ["*.contoso.com", f"c{i}.contoso.com"],
        })
    edge = {"name": "edge-cert", "key": {"bits": 4096}}
    spec = {"gateway": artifacts.gateway(certificate="edge-cert"), "certificates": [edge, *certificates]}
    folder = artifacts.compile_spec(spec, "hostile")
    run("openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "key")
    for certificate in certificates:
        name = certificate["name"]
        run("openssl", "req", "-new", "-config", folder / f"csr/{name}.cnf", "-key", "key", "-out", "request")
        expect_equal(name, read_request(as_der("request")), {
            "subject": certificate["subject"],
            "names": certificate["subject_alternative_names"],
            "purposes": [SERVER],
            "usage": "05a0",
        })


def check_keys():
    """The command that each file's comment tells makes the key that the spec asks for."""
    cases = [({"algorithm": "rsa"}, "Public-Key: (2048 bit)", "05a0"),
             ({"algorithm": "ecdsa", "curve": "p256"}, "NIST CURVE: P-256", "0780"),
             ({"algorithm": "ecdsa", "curve": "p521"}, "NIST CURVE: P-521", "0780")]
    for number, (key, expected, usage) in enumerate(cases):
        spec = {"gateway": artifacts.gateway(),
                "certificates": [{"name": "edge-cert", "key": key, "issuer": {"trust": "private"},
                                  "extended_key_usage": ["client_auth", "server_auth"]}]}
        folder = artifacts.compile_spec(spec, f"key{number}") / "csr"
        text = (folder / "edge-cert.cnf").read_text(encoding="utf-8")
        (command,) = [line[4:] for line in text.splitlines() if line.startswith("#   openssl ")]
        run("sh", "-c", f"cd {folder} && {command}")
        if expected not in run("openssl", "req", "-in", folder / "edge-cert.req", "-noout", "-text").decode():
            artifacts.fail(f"no {expected} in the request of {key}")
        expect_equal("request", read_request(as_der(folder / "edge-cert.req")), {
            "subject": {"common_name": "sip.contoso.com"},
            "names": ["sip.contoso.com", "contoso.com"],
            "purposes": [SERVER, CLIENT],
            "usage": usage,
        })


def check_runbook():
    """The commands of a runbook, one after another in a copy of its folder, write one request each."""
    names = ["edge", "chat"]
    request_file = pathlib.Path("it's the request.csr").absolute()
    spec = {"gateway": artifacts.gateway(platform="prosody", certificate="edge"),
            "certificates": [{"name": "edge"},
                             {"name": "chat", "subject": {"common_name": "chat.contoso.com"},
                              "subject_alternative_names": ["chat.contoso.com"], "issuer": {"trust": "private"},
                              "request_file": str(request_file)}]}
    folder = artifacts.compile_spec(spec, "runbook")
    runbook = (folder / "runbook.md").read_text(encoding="utf-8")
    commands = re.findall(r"^test ! -e .*\n  openssl req .*$", runbook, re.MULTILINE)
    expect_equal("commands", len(commands), len(names))
    copy = pathlib.Path("copy")
    shutil.copytree(folder, copy)
    run("sh", "-c", "\n".join(["set -e", f"cd {copy}", *commands]))
    # Once more, they leave the keys of pending requests alone.
    keys = [(copy / f"{name}.key").read_bytes() for name in names]
    for command in commands:
        run("sh", "-c", f"cd {copy} && {command}", status=1)
    expect_equal("keys", [(copy / f"{name}.key").read_bytes() for name in names], keys)
    expect_equal("names", [read_request(as_der(request))["names"] for request in (copy / "edge.req", request_file)],
                 [["contoso.com"], ["chat.contoso.com"]])


artifacts.need("openssl")
check_hostile_subjects()
check_keys()
check_runbook()
