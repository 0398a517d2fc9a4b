#!/usr/bin/env python3
"""Fragments and updates on real name servers: knot's and ldns's readers accept each fragment, named
loads it and answers for every domain, and nsupdate turns zones that lack or have outdated records
into the wanted ones without touching a foreign record, and twice without a change."""

import pathlib
import sys

import artifacts
from artifacts import expect_equal, run
from name_server import SOA_AND_NS, NameServer

DOMAINS = ["contoso.com", "fabrikam.com", "eu.contoso.com", "chat.eu.contoso.com", "b\u00fccher.example"]
ZONES = ["contoso.com", "fabrikam.com", "eu.contoso.com", "xn--bcher-kva.example"]
SRV = "10 5 5269 sip.contoso.com."
SPEC = {
    "gateway": artifacts.gateway(
        domains=DOMAINS,
        access_edge={"fqdn": "sip.contoso.com", "addresses": ["203.0.113.10", "2001:db8::10"]}),
    "partners": [{"domain": "northwind.example", "type": "federated", "tls": "required",
                  "sasl": "required", "dialback": False}],
    "dns": {"zones": [
        {"name": "contoso.com", "ttl": "2h", "priority": 10, "weight": 5,
         "caa": [{"tag": "issue", "value": "digicert.com"}, {"tag": "issuewild", "value": ";"}]
         + [{"tag": "iodef", "value": f"mailto:{text}@contoso.com"} for text in artifacts.HOSTILE]},
        {"name": "fabrikam.com", "ttl": "2h", "priority": 10, "weight": 5},
        {"name": "eu.contoso.com", "ttl": "2h", "priority": 10, "weight": 5},
        {"name": "b\u00fccher.example", "ttl": "2h", "priority": 10, "weight": 5},
    ]},
}

# Records that the gateway does not own, among them every type that it owns elsewhere.
FOREIGN = """
www.{zone}. 600 IN A 192.0.2.80
{zone}. 600 IN A 192.0.2.81
{zone}. 600 IN MX 10 mail.{zone}.
mail.{zone}. 600 IN A 192.0.2.82
{zone}. 600 IN TXT "v=spf1 -all; \\"quoted\\"" "second ( string"
_sip._tls.{zone}. 600 IN SRV 100 1 443 www.{zone}.
_sipfederationtls._tcp.{zone}. 600 IN SRV 100 1 5061 www.{zone}.
_xmpp-client._tcp.{zone}. 600 IN SRV 5 0 5222 www.{zone}.
_xmpp-server._tcp.other.{zone}. 600 IN SRV 5 0 5269 www.{zone}.
_5061._tcp.www.{zone}. 600 IN TLSA 3 1 1 0000000000000000000000000000000000000000000000000000000000000000
www.{zone}. 600 IN CAA 0 issue "other-ca.example"
alias.{zone}. 600 IN CNAME www.{zone}.
"""

# What may be wrong at the names that it owns.
OUTDATED = {
    "contoso.com": """
_xmpp-server._tcp.contoso.com. 60 IN SRV 0 0 5269 old.contoso.com.
_xmpp-server._tcp.contoso.com. 60 IN SRV 1 0 5269 www.contoso.com.
old.contoso.com. 60 IN A 192.0.2.99
_xmpps-server._tcp.contoso.com. 60 IN SRV 0 0 5270 old.contoso.com.
_jabber._tcp.contoso.com. 60 IN SRV 0 0 5269 old.contoso.com.
sip.contoso.com. 60 IN CNAME www.contoso.com.
contoso.com. 60 IN CAA 0 issue "old-ca.example"
contoso.com. 60 IN CAA 0 issue "digicert.com"
""",
    "fabrikam.com": "_xmpp-server._tcp.fabrikam.com. 60 IN SRV 10 5 5269 sip.contoso.com.\n",
    "eu.contoso.com": "_xmpp-server._tcp.eu.contoso.com. 60 IN CNAME alias.eu.contoso.com.\n",
    "xn--bcher-kva.example": "",
}


def check_readers(zone, fragment):
    """knot's checker, and ldns's over a signed zone: unsigned, it would stop before the records."""
    whole = pathlib.Path(f"{zone}.whole")
    whole.write_text(SOA_AND_NS.format(zone=zone) + fragment, encoding="utf-8")
    run("kzonecheck", "-o", zone, whole)
    run("named-checkzone", "-i", "full", "-S", "fail", zone, whole)
    key = run("ldns-keygen", "-a", "ECDSAP256SHA256", zone).decode().strip()
    run("ldns-signzone", whole, key)
    # Without a key to trust it checks the signatures only.
    run("ldns-verify-zone", f"{whole}.signed")


def wanted_records(zone, fragment):
    """The fragment as named reads it."""
    with NameServer(f"wanted-{zone}", {zone: SOA_AND_NS.format(zone=zone) + fragment}) as server:
        return [line for line in server.records(zone)[0] if line[3] != "NS"]


def check_answers(fragments):
    """One server with every fragment answers the SRV question of every domain."""
    with NameServer("fresh", {zone: SOA_AND_NS.format(zone=zone) + text for zone, text in fragments.items()}) as server:
        for domain in ["contoso.com", "fabrikam.com", "eu.contoso.com", "chat.eu.contoso.com",
                       "xn--bcher-kva.example"]:
            owner = f"_xmpp-server._tcp.{domain}."
            expect_equal(owner, server.dig(owner, "SRV"), [(owner, "7200", "IN", "SRV", SRV)])
        expect_equal("A", server.dig("sip.contoso.com", "A"),
                     [("sip.contoso.com.", "7200", "IN", "A", "203.0.113.10")])
        expect_equal("AAAA", server.dig("sip.contoso.com", "AAAA"),
                     [("sip.contoso.com.", "7200", "IN", "AAAA", "2001:db8::10")])


def check_updates(fragments, updates):
    """Zones that lack everything and zones that are outdated become the wanted ones."""
    wanted = {zone: wanted_records(zone, fragments[zone]) for zone in ZONES}
    for state, extra in (("lacking", dict.fromkeys(ZONES, "")), ("outdated", OUTDATED)):
        zones = {zone: SOA_AND_NS.format(zone=zone) + FOREIGN.format(zone=zone) + extra[zone] for zone in ZONES}
        with NameServer(state, zones) as server:
            for zone in ZONES:
                before, serial = server.records(zone)
                foreign = [line for line in before if not is_ours(line, zone)]
                server.update(updates[zone])
                after, next_serial = server.records(zone)
                expect_equal(f"{zone}, {state}", after, sorted(foreign + wanted[zone]))
                if next_serial == serial:
                    artifacts.fail(f"{zone}, {state}: nothing was changed")
                server.update(updates[zone])
                expect_equal(f"{zone}, {state}, again", server.records(zone), (after, next_serial))


def is_ours(record, zone):
    """Whether the gateway owns the record set; written down here a second time, by hand."""
    owner, kind = record[0], record[3]
    domains = {"contoso.com": ["contoso.com"], "fabrikam.com": ["fabrikam.com"],
               "eu.contoso.com": ["eu.contoso.com", "chat.eu.contoso.com"],
               "xn--bcher-kva.example": ["xn--bcher-kva.example"]}[zone]
    services = [f"{service}._tcp.{domain}." for domain in domains
                for service in ("_xmpp-server", "_xmpps-server", "_jabber")]
    return (owner in services and kind in ("SRV", "CNAME")
            or owner == "sip.contoso.com." and kind in ("A", "AAAA", "CNAME")
            or owner == "contoso.com." and kind == "CAA")


def check_prerequisites(updates):
    """A delegated name, or a zone of another name, stops the update and nothing is changed."""
    zone = "contoso.com"
    delegated = SOA_AND_NS.format(zone=zone) + "sip.contoso.com. 60 IN NS ns.example.net.\n"
    with NameServer("delegated", {zone: delegated}) as server:
        before = server.records(zone)
        if "YXRRSET" not in server.update(updates[zone], status=2):
            artifacts.fail("the reason is not the prerequisite")
        expect_equal("a delegated name", server.records(zone), before)


def check_large_zone():
    """1,000 domains take several transactions, and all of them arrive."""
    domains = [f"tenant-{i}.contoso.com" for i in range(1000)]
    spec = SPEC | {"gateway": artifacts.gateway(domains=domains), "dns": {"zones": [{"name": "contoso.com"}]}}
    artifacts.write_spec(spec, "large.json")
    update = emit("contoso.com", "nsupdate", "large.json")
    if update.count("\nsend\n") < 2:
        artifacts.fail("expected several transactions")
    with NameServer("large", {"contoso.com": SOA_AND_NS.format(zone="contoso.com")}) as server:
        server.update(update)
        records, serial = server.records("contoso.com")
        expect_equal("SRV records", sorted(line[0] for line in records if line[3] == "SRV"),
                     sorted(f"_xmpp-server._tcp.{domain}." for domain in domains))
        server.update(update)
        expect_equal("again", server.records("contoso.com"), (records, serial))


def emit(zone, form, spec="spec.json"):
    """One zone in one form."""
    return run(sys.argv[1], "emit", "zone", zone, "--as", form, spec).decode()


def main():
    artifacts.need("named", "nsupdate", "dig", "kzonecheck", "named-checkzone", "ldns-keygen",
                   "ldns-signzone", "ldns-verify-zone")
    artifacts.write_spec(SPEC, "spec.json")
    fragments = {zone: emit(zone, "bind") for zone in ZONES}
    updates = {zone: emit(zone, "nsupdate") for zone in ZONES}
    for zone, fragment in fragments.items():
        check_readers(zone, fragment)
    check_answers(fragments)
    check_updates(fragments, updates)
    check_prerequisites(updates)
    check_large_zone()


main()
