#!/usr/bin/env python3
"""`emit csr --as pkcs10` makes requests that `openssl req -verify` and `certtool --crq-info` accept, with
exactly the spec's subject, names, otherNames, purposes and key; the templates ask for the same."""

import base64
import json
import os
import pathlib
import stat
import subprocess
import sys

import artifacts
from artifacts import expect_equal, fail, run
from requests_der import CLIENT, SERVER, SRV_NAME, XMPP_ADDRESS, elements, read_other_name, read_request

FEDGATE = sys.argv[1]
SUBJECT = {"country": "US", "state": "Washington", "locality": "Redmond", "organization": "Contoso, Ltd.",
           "organizational_unit": "Messaging", "common_name": "sip.contoso.com"}
NAMES = ["contoso.com", "xn--bcher-kva.example"]
OTHERS = [(SRV_NAME, "_xmpp-server.contoso.com"), (SRV_NAME, "_xmpp-server.xn--bcher-kva.example"),
          (XMPP_ADDRESS, "contoso.com"), (XMPP_ADDRESS, "b\u00fccher.example")]


def write_spec(name, platform="prosody", **certificate):
    spec = {
        "fedgate": 1,
        "gateway": artifacts.gateway(platform=platform, domains=["contoso.com", "b\u00fccher.example"],
                                     sip_domains=["contoso.com"]),
        "certificates": [{"name": "edge-cert", "issuer": {"trust": "private"}, "subject": SUBJECT,
                          "xmpp_addresses": True} | certificate],
    }
    pathlib.Path(name).write_text(json.dumps(spec), encoding="utf-8")
    return name


def emit(spec, *options, status=0):
    command = [FEDGATE, "emit", "csr", "edge-cert", *options, spec]
    done = subprocess.run(command, capture_output=True, check=False)
    expect_equal(f"status of {command}: {done.stderr.decode()}", done.returncode, status)
    return done


def expected(usage, purposes):
    return {"subject": SUBJECT, "names": NAMES, "others": OTHERS, "purposes": purposes, "usage": usage}


def check_every_kind_of_key():
    kinds = [({"algorithm": "rsa", "bits": bits}, f"{bits} bit", "05a0") for bits in (2048, 3072, 4096)]
    kinds += [({"algorithm": "ecdsa", "curve": f"p{bits}"}, f"P-{bits}", "0780") for bits in (256, 384, 521)]
    for number, (key, expected_text, usage) in enumerate(kinds):
        spec = write_spec(f"key{number}.json", key=key, extended_key_usage=["client_auth", "server_auth"])
        done = emit(spec, "--as", "pkcs10", "--new-key", f"new{number}.pem")
        if b"PRIVATE KEY" in done.stdout + done.stderr:
            fail("the key is printed")
        expect_equal("mode of the key", stat.S_IMODE(os.stat(f"new{number}.pem").st_mode), 0o600)
        pathlib.Path("request.pem").write_bytes(done.stdout)
        run("openssl", "req", "-verify", "-noout", "-in", "request.pem")
        text = run("openssl", "req", "-noout", "-text", "-in", "request.pem").decode()
        if expected_text not in text:
            fail(f"no {expected_text} in the request of {key}")
        read_back = run("certtool", "--crq-info", "--infile", "request.pem").decode()
        if "Self signature: verified" not in read_back:
            fail(f"certtool does not verify the request: {read_back}")
        der = run("openssl", "req", "-in", "request.pem", "-outform", "DER")
        expect_equal(f"request of {key}", read_request(der), expected(usage, [SERVER, CLIENT]))
        # The same key signs again, from PEM and from DER.
        run("openssl", "pkey", "-in", f"new{number}.pem", "-outform", "DER", "-out", "key.der")
        for file in (f"new{number}.pem", "key.der"):
            pathlib.Path("again.pem").write_bytes(emit(spec, "--as", "pkcs10", "--key", file).stdout)
            run("openssl", "req", "-verify", "-noout", "-in", "again.pem")
            again = run("openssl", "req", "-in", "again.pem", "-pubkey", "-noout")
            expect_equal("public key", again, run("openssl", "pkey", "-in", file, "-pubout"))


def check_other_names_with_asn1parse():
    text = run("openssl", "asn1parse", "-in", "request.pem").decode()
    offset = next(line.split(":")[0] for line in reversed(text.split("Subject Alternative Name")[1].splitlines()[:2])
                  if "OCTET STRING" in line)
    names = run("openssl", "asn1parse", "-in", "request.pem", "-strparse", offset.strip()).decode()
    for wanted in ("IA5STRING         :_xmpp-server.contoso.com", "UTF8STRING        :b\u00fccher.example",
                   ":1.3.6.1.5.5.7.8.7", "Xmpp"):
        if wanted not in names.replace("id-on-dnsSRV", ":1.3.6.1.5.5.7.8.7").replace("id-on-xmppAddr", "Xmpp") \
                .replace("XmppAddr", "Xmpp").replace("SRVName", ":1.3.6.1.5.5.7.8.7"):
            fail(f"no {wanted} among the names:\n{names}")


def check_templates_ask_for_the_same():
    spec = write_spec("lync.json", platform="lync_server_2013", srv_names=True, additional_names=[],
                      subject_alternative_names=NAMES + ["sip.contoso.com"])
    config = emit(spec, "--as", "openssl").stdout
    pathlib.Path("edge.cnf").write_bytes(config)
    run("openssl", "req", "-new", "-config", "edge.cnf", "-newkey", "rsa:2048", "-nodes", "-keyout", "template.key",
        "-out", "template.req")
    request = read_request(run("openssl", "req", "-in", "template.req", "-outform", "DER"))
    names = NAMES + ["sip.contoso.com"]
    expect_equal("request of the template", request,
                 {"subject": SUBJECT, "names": names, "others": OTHERS, "purposes": [SERVER], "usage": "05a0"})
    raw = emit(spec, "--as", "certreq").stdout
    inf = raw.decode("utf-16" if raw[:2] == b"\xff\xfe" else "ascii")
    lines = inf.split("[Extensions]")[1].split("[RequestAttributes]")[0].splitlines()
    encoded = "".join(line.split('"')[1] for line in lines if line.startswith(("2.5.29.17", "_continue_")))
    (general_names,) = elements(base64.b64decode(encoded))
    found = list(elements(general_names[1]))
    expect_equal("DNS names of the INF", [text.decode() for tag, text in found if tag == 0x82], names)
    expect_equal("otherNames of the INF", [read_other_name(one) for one in found if one[0] == 0xA0], OTHERS)
    # The cmdlet cannot ask for otherNames, so there is no script that would leave them out.
    emit(spec, "--as", "powershell", status=2)


def check_refusals():
    spec = write_spec("refused.json")
    pathlib.Path("taken.pem").write_text("mine", encoding="ascii")
    os.symlink("nowhere.pem", "link.pem")
    for file in ("taken.pem", "link.pem"):
        done = emit(spec, "--as", "pkcs10", "--new-key", file, status=2)
        expect_equal("output", done.stdout, b"")
    expect_equal("the file", pathlib.Path("taken.pem").read_text(encoding="ascii"), "mine")
    run("openssl", "genrsa", "-aes128", "-passout", "pass:secret", "-out", "encrypted.pem", "2048")
    run("openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "p256.pem")
    for file, reason in (("encrypted.pem", b"is encrypted"), ("p256.pem", b"is ECDSA on p256, and the spec asks for RSA"),
                         ("taken.pem", b"holds no private key"), ("none.pem", b"cannot be read"),
                         (".", b"is no regular file")):
        done = emit(spec, "--as", "pkcs10", "--key", file, status=2)
        if reason not in done.stderr or b"mine" in done.stderr + done.stdout:
            fail(f"{file}: {done.stderr.decode()}")
    emit(spec, "--as", "pkcs10", status=2)
    emit(spec, "--as", "pkcs10", "--key", "p256.pem", "--new-key", "other.pem", status=2)
    emit(spec, "--key", "p256.pem", status=2)
    if pathlib.Path("other.pem").exists():
        fail("a key was written although the command was refused")


artifacts.need("openssl", "certtool")
check_every_kind_of_key()
check_other_names_with_asn1parse()
check_templates_ask_for_the_same()
check_refusals()
