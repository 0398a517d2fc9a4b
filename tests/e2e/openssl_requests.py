#!/usr/bin/env python3
"""`openssl req` reads each csr/*.cnf, and the request has exactly the spec's subject, names, purposes
and key, whatever characters the subject has."""

import artifacts
from artifacts import HOSTILE, expect_equal, run

ATTRIBUTES = {"2.5.4.6": "country", "2.5.4.8": "state", "2.5.4.7": "locality", "2.5.4.10": "organization",
              "2.5.4.11": "organizational_unit", "2.5.4.3": "common_name"}
SERVER, CLIENT = "1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"


def elements(der):
    """The (tag, content) pairs of DER values that follow each other (X.690, section 8)."""
    at = 0
    while at < len(der):
        tag, length, at = der[at], der[at + 1], at + 2
        if length & 0x80:
            count = length & 0x7F
            length, at = int.from_bytes(der[at:at + count], "big"), at + count
        yield tag, der[at:at + length]
        at += length


def children(element):
    return list(elements(element[1]))


def identifier(element):
    """An OBJECT IDENTIFIER in dotted form."""
    assert element[0] == 0x06
    arcs, value = [], 0
    for byte in element[1]:
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            arcs.append(value)
            value = 0
    first = min(arcs[0] // 40, 2)
    return ".".join(map(str, [first, arcs[0] - 40 * first, *arcs[1:]]))


def read_request(der):
    """Subject, DNS names, purposes and key usage bits of a PKCS #10 request (RFC 2986)."""
    (request,) = elements(der)
    information = children(request)[0]
    _, name, _, attributes = children(information)
    subject = {}
    for relative in children(name):
        (pair,) = children(relative)
        kind, value = children(pair)
        # PrintableString for the country, and UTF8String for all others.
        assert value[0] == (0x13 if identifier(kind) == "2.5.4.6" else 0x0C), value
        subject[ATTRIBUTES[identifier(kind)]] = value[1].decode("utf-8")
    found = {"subject": subject}
    for attribute in children(attributes):
        kind, values = children(attribute)
        expect_equal("attribute", identifier(kind), "1.2.840.113549.1.9.14")
        (extensions,) = children(values)
        for extension in children(extensions):
            kind, *_, value = children(extension)
            (content,) = elements(value[1])
            found[identifier(kind)] = content
    names = found.pop("2.5.29.17", None)
    found["names"] = [text.decode("ascii") for tag, text in children(names)] if names else []
    found["purposes"] = [identifier(one) for one in children(found.pop("2.5.29.37"))]
    found["usage"] = found.pop("2.5.29.15")[1].hex()
    return found


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
                "certificates": [{"name": "edge-cert", "key": key,
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


artifacts.need("openssl")
check_hostile_subjects()
check_keys()
