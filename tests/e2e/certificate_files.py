#!/usr/bin/env python3
"""Certificates with one defect each, made by the `openssl` command line, give exactly the codes of that
defect, and their valid twins none. Files that hold something else give one finding and none of their
bytes."""

import json
import os
import pathlib
import subprocess
import sys

import artifacts
from artifacts import fail, run

FEDGATE = sys.argv[1]
MARKER = "qWeRtYmArKeR"

CA_CONFIG = """
[ca]
default_ca = authority
[authority]
database = index.txt
new_certs_dir = .
rand_serial = yes
unique_subject = no
default_md = sha256
policy = any
email_in_dn = no
[any]
commonName = optional
organizationalUnitName = optional
"""

# Names of keys, each made once.
KEYS = {"p256": ("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"),
        "rsa2048": ("-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"),
        "rsa1024": ("-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024")}


def key(name, kind="p256"):
    path = pathlib.Path(f"{name}-{kind}.key")
    if not path.exists():
        run("openssl", "genpkey", *KEYS[kind], "-out", path)
    return path


def issue(path, subject, issuer=None, **options):
    """Writes a certificate; without an issuer it signs itself."""
    settings = {"extensions": "", "begin": "20261101000000Z", "end": "20270129235959Z", "digest": "sha256",
                "key": "p256", "owner": path} | options
    own_key = key(settings["owner"], settings["key"])
    pathlib.Path("request.cnf").write_text("[req]\nprompt=no\ndistinguished_name=dn\n[dn]\n" +
                                           "\n".join(subject) + "\n", encoding="utf-8")
    run("openssl", "req", "-new", "-config", "request.cnf", "-key", own_key, "-out", "request.csr")
    pathlib.Path("extensions.cnf").write_text("[e]\n" + settings["extensions"] + "\n", encoding="utf-8")
    pathlib.Path("ca.cnf").write_text(CA_CONFIG, encoding="ascii")
    pathlib.Path("index.txt").write_text("", encoding="ascii")
    signer = ["-selfsign", "-keyfile", own_key] if issuer is None else \
        ["-cert", f"{issuer}.pem", "-keyfile", key(issuer)]
    run("openssl", "ca", "-batch", "-notext", "-preserveDN", "-config", "ca.cnf", *signer, "-in", "request.csr",
        "-out", f"{path}.pem", "-startdate", settings["begin"], "-enddate", settings["end"], "-md",
        settings["digest"], "-extfile", "extensions.cnf", "-extensions", "e")


def make_authorities():
    authority = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign"
    forever = {"begin": "20200101000000Z", "end": "20400101000000Z", "extensions": authority}
    issue("root", ["CN=Root"], **forever)
    issue("middle", ["CN=Middle"], "root", **forever)


# One row for each certificate: what differs from a valid one, and the codes.
SERVER, CLIENT, MAIL = "serverAuth", "clientAuth", "emailProtection"
ROWS = [
    ("valid", {}, []),
    ("wrong SAN", {"names": "DNS:fabrikam.com"}, ["CRT001", "CRT025"]),
    ("right SAN", {"names": "DNS:contoso.com"}, []),
    ("upper case", {"names": "DNS:CONTOSO.com"}, []),
    ("host", {"names": "DNS:xmpp.contoso.com"}, ["CRT002", "CRT025"]),
    ("wildcard", {"names": "DNS:contoso.com,DNS:*.contoso.com"}, ["CRT004"]),
    ("wildcard only", {"names": "DNS:*.contoso.com"}, ["CRT004", "CRT005"]),
    ("partial wildcard", {"names": "DNS:contoso.com,DNS:x*.contoso.com"}, ["CRT016"]),
    ("twice", {"names": "DNS:contoso.com,DNS:contoso.com"}, ["CRT025"]),
    ("CN only", {"names": None, "subject": ["CN=contoso.com"]}, ["CRT003", "CRT023"]),
    ("CN of no name", {"subject": ["CN=Contoso"]}, ["CRT023"]),
    ("CN of no name, private", {"subject": ["CN=Contoso"], "private": True}, []),
    ("CN and SAN", {"subject": ["CN=contoso.com"]}, []),
    ("organizational unit", {"subject": ["OU=Messaging", "CN=contoso.com"]}, ["CRT023"]),
    ("organizational unit, private", {"subject": ["OU=Messaging", "CN=contoso.com"], "private": True}, []),
    ("SHA-1", {"digest": "sha1"}, ["CRT015"]),
    ("SHA-384", {"digest": "sha384"}, []),
    ("RSA 1024", {"key": "rsa1024"}, ["CRT013"]),
    ("RSA 2048", {"key": "rsa2048"}, []),
    ("expired", {"begin": "20260801000000Z", "end": "20261121235959Z"}, ["CRT026"]),
    ("last day", {"begin": "20260801000000Z", "end": "20261122000000Z"}, ["CRT026"]),
    ("a month left", {"begin": "20260901000000Z", "end": "20261222000000Z"}, []),
    ("not yet valid", {"begin": "20261123000000Z", "end": "20270201000000Z"}, ["CRT026"]),
    ("valid later today", {"begin": "20261122230000Z", "end": "20270201000000Z"}, []),
    ("398 days in 2027", {"begin": "20270501000000Z", "end": "20280601235959Z", "as_of": "2027-06-01"},
     ["CRT014", "CRT027"]),
    ("100 days in 2027", {"begin": "20270501000000Z", "end": "20270808235959Z", "as_of": "2027-06-01"}, []),
    ("a second more", {"begin": "20270501000000Z", "end": "20270809000000Z", "as_of": "2027-06-01"},
     ["CRT014", "CRT027"]),
    ("398 days, private", {"begin": "20270501000000Z", "end": "20280601235959Z", "as_of": "2027-06-01",
                           "private": True}, []),
    ("no serverAuth", {"usage": MAIL}, ["EKU001"]),
    ("clientAuth only", {"usage": CLIENT}, ["EKU001", "EKU004"]),
    ("both purposes", {"usage": f"{SERVER},{CLIENT}"}, []),
    ("no extended key usage", {"usage": None}, ["EKU001"]),
    ("no extended key usage, private", {"usage": None, "private": True}, []),
    ("authority as leaf", {"more": "basicConstraints=critical,CA:TRUE"}, ["CRT021"]),
    ("leaf says so", {"more": "basicConstraints=critical,CA:FALSE"}, []),
    ("chain reversed", {"files": ["middle", "leaf"]}, ["CRT021"]),
    ("root first", {"files": ["root", "leaf", "middle"]}, ["CRT021"]),
    ("leaf twice", {"files": ["leaf", "leaf", "middle"]}, ["CRT021"]),
    ("chain with root", {"files": ["leaf", "middle", "root"]}, []),
    ("chain out of order", {"files": ["leaf", "root", "middle"]}, ["CRT021"]),
    ("chain incomplete", {"files": ["leaf"]}, ["CRT021"]),
    ("chain with a gap", {"files": ["leaf", "root"]}, ["CRT021"]),
    ("leaf alone, private", {"files": ["leaf"], "private": True}, []),
    ("SRVName", {"names": "DNS:contoso.com,otherName:1.3.6.1.5.5.7.8.7;IA5STRING:_xmpp-server.contoso.com"},
     ["CRT018"]),
    ("SRVName, private", {"names": "DNS:contoso.com,otherName:1.3.6.1.5.5.7.8.7;IA5STRING:_xmpp-server.contoso.com",
                          "private": True, "srv_names": True}, []),
    ("SRVName left out", {"private": True, "srv_names": True}, ["CRT019"]),
    ("U-label", {"names": "DNS:b\u00fccher.example", "domain": "b\u00fccher.example", "subject": ["CN=Contoso"]},
     ["CRT001", "CRT016", "CRT023"]),
    ("IPv6 address as the common name", {"names": "DNS:contoso.com,IP:2001:4860::8", "subject": ["CN=2001:4860::8"]}, []),
    ("no well-defined end", {"end": "99991231235959Z"}, ["CRT014", "CRT027"]),
    ("A-label", {"names": "DNS:xn--bcher-kva.example", "domain": "b\u00fccher.example"}, []),
]


def write_spec(row):
    certificate = {"name": "edge-cert", "certificate_file": "edge.pem",
                   "issuer": {"trust": "private" if row.get("private") else "public"}}
    if row.get("private"):
        certificate["srv_names"] = row.get("srv_names", False)
    spec = {"fedgate": 1,
            "gateway": artifacts.gateway(platform="prosody", domains=[row.get("domain", "contoso.com")]),
            "partners": [{"domain": "northwind.example", "type": "federated", "sasl": "optional",
                          "dialback": True}],
            "certificates": [certificate]}
    pathlib.Path("spec/spec.json").write_text(json.dumps(spec), encoding="utf-8")


def check(as_of="2026-11-22", *options):
    """Codes of the families that are about certificates, and everything that was printed."""
    done = subprocess.run([FEDGATE, "check", "--format", "json", "--as-of", as_of, *options, "spec/spec.json"],
                          capture_output=True, check=False)
    if done.returncode not in (0, 1):
        fail(f"exit status {done.returncode}: {done.stderr.decode()}")
    findings = json.loads(done.stdout)["findings"]
    codes = sorted({one["code"] for one in findings if one["code"][:3] in ("CRT", "EKU", "SPC")})
    return codes, done.stdout + done.stderr


def check_rows():
    wrong = []
    for name, row, expected in ROWS:
        names, usage = row.get("names", "DNS:contoso.com"), row.get("usage", SERVER)
        extensions = [f"subjectAltName={names}"] * (names is not None)
        extensions += [f"extendedKeyUsage={usage}"] * (usage is not None) + [row.get("more", "")]
        known = {part: row[part] for part in ("begin", "end", "digest", "key") if part in row}
        # As public authorities do: the common name is the first of the names.
        subject = row.get("subject", [f"CN={(names or '').split(',')[0].removeprefix('DNS:')}"])
        issue("leaf", subject, "middle", extensions="\n".join(extensions), **known)
        files = row.get("files", ["leaf", "middle"])
        pathlib.Path("spec/edge.pem").write_bytes(b"".join(pathlib.Path(f"{one}.pem").read_bytes() for one in files))
        write_spec(row)
        as_of = row.get("as_of", "2026-11-22")
        codes, printed = check(as_of)
        # CRT019 is about the plan where a private authority is asked for no SRVName.
        if row.get("private") and not row.get("srv_names"):
            codes = [code for code in codes if code != "CRT019"]
        if codes != expected:
            wrong.append(f"{name}: {codes} instead of {expected}: {printed.decode()}")
    if wrong:
        fail("\n".join(wrong))


def check_key_match():
    write_spec({})
    issue("leaf", ["CN=contoso.com"], "middle", extensions=f"subjectAltName=DNS:contoso.com\nextendedKeyUsage={SERVER}")
    pathlib.Path("spec/edge.pem").write_bytes(pathlib.Path("leaf.pem").read_bytes() +
                                              pathlib.Path("middle.pem").read_bytes())
    for file, expected in ((key("leaf"), []), (key("other"), ["CRT029"])):
        codes, printed = check("2026-11-22", "--key", f"edge-cert={file}")
        if codes != expected or b"PRIVATE" in printed:
            fail(f"key {file}: {codes} instead of {expected}: {printed.decode()}")
        shown = subprocess.run([FEDGATE, "show", "certificates", "--as-of", "2026-11-22", "--key",
                                f"edge-cert={file}", "spec/spec.json"], capture_output=True, check=False)
        if shown.returncode != len(expected) or (b"CRT029" in shown.stderr) != bool(expected):
            fail(f"show with key {file}: {shown.returncode}: {shown.stderr.decode()}")


def check_der():
    """DER, also several values after each other."""
    write_spec({})
    der = b"".join(run("openssl", "x509", "-in", f"{one}.pem", "-outform", "DER") for one in ("leaf", "middle"))
    pathlib.Path("spec/edge.pem").write_bytes(der)
    codes, printed = check()
    if codes:
        fail(f"DER: {codes}: {printed.decode()}")


def foreign_files():
    pem = pathlib.Path("leaf.pem").read_bytes()
    der = run("openssl", "x509", "-in", "leaf.pem", "-outform", "DER")
    private = key("leaf")
    run("openssl", "pkcs8", "-topk8", "-in", private, "-passout", "pass:x", "-out", "encrypted.pem")
    run("openssl", "pkcs8", "-topk8", "-in", private, "-passout", "pass:x", "-outform", "DER", "-out", "encrypted.der")
    run("openssl", "pkcs12", "-export", "-in", "leaf.pem", "-inkey", private, "-passout", "pass:x", "-out", "leaf.p12")
    run("openssl", "crl2pkcs7", "-nocrl", "-certfile", "leaf.pem", "-out", "leaf.p7b")
    read = lambda name: pathlib.Path(name).read_bytes()
    return {
        "empty": b"",
        "text": MARKER.encode() * 100,
        "garbage": bytes(range(256)) * 40 + MARKER.encode(),
        "PEM cut off": pem[:len(pem) // 2],
        "PEM damaged": pem.replace(b"M", b"*", 3),
        "PEM of nothing": b"-----BEGIN CERTIFICATE-----\n" + MARKER.encode() + b"\n-----END CERTIFICATE-----\n",
        "DER cut off": der[:-20],
        "DER and more": der + MARKER.encode(),
        "UTF-16": b"\xff\xfe" + pem.decode().encode("utf-16-le"),
        "request": read("request.csr"),
        "private key": pem + read(private),
        "encrypted key": read("encrypted.pem"),
        "encrypted DER key": read("encrypted.der"),
        "PKCS #12": read("leaf.p12"),
        "PKCS #7": read("leaf.p7b"),
        "many": pem * 40,
        "program": pathlib.Path("/bin/true").read_bytes(),
    }


def check_foreign_files():
    write_spec({})
    for name, content in foreign_files().items():
        pathlib.Path("spec/edge.pem").write_bytes(content)
        codes, printed = check()
        if codes != ["SPC025"]:
            fail(f"{name}: {codes}: {printed.decode()}")
        if MARKER.encode() in printed or b"BEGIN" in printed:
            fail(f"{name}: bytes of the file are printed: {printed.decode()}")
    with open("spec/edge.pem", "wb") as huge:
        huge.truncate(1 << 40)
    if check()[0] != ["SPC023"]:
        fail("a huge file")
    os.remove("spec/edge.pem")
    os.mkfifo("spec/edge.pem")
    if check()[0] != ["SPC022"]:
        fail("a pipe")
    os.remove("spec/edge.pem")
    os.symlink("../leaf.pem", "spec/edge.pem")
    if check()[0] != ["SPC021"]:
        fail("a link that leads outside")


artifacts.need("openssl")
os.mkdir("spec")
make_authorities()
check_rows()
check_key_match()
check_der()
check_foreign_files()
