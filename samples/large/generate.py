#!/usr/bin/env python3
"""Writes a large and valid federation: one gateway, many partners, spread over many files.

The same arguments give the same bytes on every machine, so the result serves to measure and to
compare. It has no error; some partners draw warnings, as in a federation that has grown for years.
"""

import argparse
import json
import pathlib
import sys
import zlib

GATEWAY_DOMAINS = ["contoso.com", "contoso.co.uk", "fourthcoffee.com", "müller-bäckerei.de"]

COMPANIES = [
    "Adventure Works", "Alpine Ski House", "Blue Yonder Airlines", "City Power & Light",
    "Coho Winery", "Consolidated Messenger", "Graphic Design Institute", "Humongous Insurance",
    "Litware, Inc.", "Lucerne Publishing", "Margie's Travel", "Northwind Traders",
    "Proseware: Europe", "School of Fine Art", "Southridge Video", "Tailspin Toys",
    "Trey Research #2", "Wide World Importers", "Wingtip Toys", "Woodgrove Bank",
]

# The first label of an internationalized partner domain; the partner's number follows.
IDN_LABELS = ["bücher", "straße", "smörgås", "château", "česko", "δοκιμή", "пример", "例え"]

SUBDOMAINS = ["chat", "conference", "im", "research", "emea", "apac"]

CONTACTS = ["O'Brien", "García", "Nguyễn", "Smith", "Øverland", '"the NOC"']

# (share of 100, partner type, tls, sasl, dialback): the postures that no rule calls an error.
# None stands for a partner that relies on `defaults`.
POSTURES = [
    (40, "federated", None, None, None),
    (18, "federated", "required", "required", False),
    (12, "federated", "required", "optional", False),
    (10, "public_unverified", "required", "optional", True),
    (8, "public_unverified", "required", "not_supported", True),
    (4, "public_unverified", "optional", "not_supported", True),
    (3, "public_unverified", "optional", "optional", True),
    (2, "public_unverified", "not_supported", "not_supported", True),
    (2, "federated", "required", "required", True),
    (1, "federated", "optional", "required", False),
]


def draw(number, purpose, count):
    """An even choice of 0..count-1 that depends on nothing but its arguments."""
    return zlib.crc32(f"{purpose} {number}".encode()) % count


def quoted(text):
    """A JSON string is a double-quoted YAML scalar."""
    return json.dumps(text, ensure_ascii=False)


def posture(number):
    place = draw(number, "posture", 100)
    for share, *choice in POSTURES:
        if place < share:
            return choice
        place -= share
    raise AssertionError("the shares have to add up to 100")


def partner_domain(number):
    if draw(number, "idn", 10) == 0:
        label = IDN_LABELS[draw(number, "label", len(IDN_LABELS))]
        return f"{label}{number}.example"
    company = COMPANIES[draw(number, "company", len(COMPANIES))]
    label = "".join(character for character in company.lower() if character.isalnum())
    return f"{label}{number}.example"


def partner(number):
    """The YAML lines of one partner."""
    domain = partner_domain(number)
    kind, tls, sasl, dialback = posture(number)
    company = COMPANIES[draw(number, "company", len(COMPANIES))]
    contact = CONTACTS[draw(number, "contact", len(CONTACTS))]
    lines = [
        f"  - domain: {domain}",
        f"    description: {quoted(f'{company}, contract {10000 + number}, ask for {contact}')}",
        f"    type: {kind}",
    ]
    if tls is not None:
        lines += [f"    tls: {tls}", f"    sasl: {sasl}", f"    dialback: {str(dialback).lower()}"]
    if draw(number, "additional", 4) == 0:
        count = 1 + draw(number, "how many", len(SUBDOMAINS))
        lines.append("    additional_domains:")
        lines += [f"      - {subdomain}.{domain}" for subdomain in SUBDOMAINS[:count]]
    if draw(number, "limit", 8) == 0:
        lines.append(f"    connection_limit: {5 * (1 + draw(number, 'how high', 20))}")
    if draw(number, "keep alive", 12) == 0:
        lines.append("    keep_alive: false")
    if draw(number, "proxy", 15) == 0:
        lines.append(f"    proxy_fqdn: xmpp.{domain}")
    if kind == "federated" and draw(number, "agreement", 3) == 0:
        year, month = 2030 + draw(number, "year", 5), 1 + draw(number, "month", 12)
        lines.append(f"    agreement_until: {year}-{month:02}-28")
    if tls is None and draw(number, "peer", 5) == 0:
        lines.append("    peer: {tls: required, sasl: optional, dialback: true}")
    return lines


def gateway():
    return [
        "fedgate: 1",
        "",
        "gateway:",
        "  name: contoso-edge",
        "  platform: lync_server_2013",
        "  domains:",
        *(f"    - {domain}" for domain in GATEWAY_DOMAINS),
        "  access_edge:",
        "    fqdn: sip.contoso.com",
        '    addresses: [203.0.113.10, "2001:db8::10"]',
        "  web_conferencing_edge: {fqdn: webcon.contoso.com}",
        "  certificate: external-edge",
        "  connection_limit: 100000",
        "  dialback_passphrase: {env: XMPP_DIALBACK_PASSPHRASE}",
        "",
        "defaults:",
        "  partner: {tls: required, sasl: required, dialback: false}",
    ]


def certificates():
    return [
        "certificates:",
        "  - name: external-edge",
        "    issuer: {trust: public, caa_identity: digicert.com}",
        "    subject: {common_name: sip.contoso.com, organization: Contoso, country: US}",
        "    key: {algorithm: rsa, bits: 2048, exportable: true}",
        "    friendly_name: Lync external edge",
        "    extended_key_usage: [server_auth]",
        "    validity: 90d",
    ]


def dns():
    lines = ["dns:", "  zones:"]
    for domain in GATEWAY_DOMAINS:
        lines += [
            f"    - name: {domain}",
            "      ttl: 1h",
            "      caa: [{tag: issue, value: digicert.com}]",
        ]
    return lines


def spec_files(partners, files):
    """File name and lines of each file; the partners in even parts."""
    yield "gateway.yaml", gateway()
    yield "certificates.yaml", certificates()
    yield "dns.yaml", dns()
    width = max(3, len(str(files)))
    for part in range(files):
        numbers = range(part * partners // files + 1, (part + 1) * partners // files + 1)
        lines = [line for number in numbers for line in partner(number)]
        if lines:
            yield f"partners/{part + 1:0{width}}.yaml", ["partners:", *lines]


def single_file(partners):
    sections = [gateway(), certificates(), dns(), ["partners:"]]
    lines = [line for section in sections[:-1] for line in [*section, ""]] + sections[-1]
    for number in range(1, partners + 1):
        lines += partner(number)
    yield "federation.yaml", lines


def positive(text):
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("has to be at least 1")
    return number


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path, metavar="DIR", help="new or empty")
    parser.add_argument("partners", type=positive, nargs="?", default=1000, metavar="PARTNERS")
    parser.add_argument("files", type=positive, nargs="?", default=50, metavar="FILES",
                        help="files that the partners are spread over")
    parser.add_argument("--single-file", action="store_true", help="write DIR/federation.yaml only")
    options = parser.parse_args()
    if options.folder.exists() and any(options.folder.iterdir()):
        parser.error(f"{options.folder} is not empty")
    if options.single_file:
        written = single_file(options.partners)
    else:
        written = spec_files(options.partners, options.files)
    for name, lines in written:
        path = options.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes("".join(line + "\n" for line in lines).encode())
    return 0


sys.exit(main())
