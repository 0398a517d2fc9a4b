"""Reads PKCS #10 requests byte by byte, without any library that fedgate uses."""

from artifacts import expect_equal

ATTRIBUTES = {"2.5.4.6": "country", "2.5.4.8": "state", "2.5.4.7": "locality", "2.5.4.10": "organization",
              "2.5.4.11": "organizational_unit", "2.5.4.3": "common_name"}
DNS_NAME, OTHER_NAME = 0x82, 0xA0
SRV_NAME, XMPP_ADDRESS = "1.3.6.1.5.5.7.8.7", "1.3.6.1.5.5.7.8.5"
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


def read_other_name(name):
    """Type and value of an otherName; SRVName is an IA5String, XmppAddr a UTF8String."""
    assert name[0] == OTHER_NAME, name
    kind, (_, explicit) = children(name)
    ((tag, text),) = elements(explicit)
    assert tag == {SRV_NAME: 0x16, XMPP_ADDRESS: 0x0C}[identifier(kind)], name
    return identifier(kind), text.decode("utf-8")


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
    found["names"] = [text.decode("ascii") for tag, text in children(names) if tag == DNS_NAME] if names else []
    others = [read_other_name(name) for name in children(names) if name[0] != DNS_NAME] if names else []
    if others:
        found["others"] = others
    found["purposes"] = [identifier(one) for one in children(found.pop("2.5.29.37"))]
    found["usage"] = found.pop("2.5.29.15")[1].hex()
    return found
