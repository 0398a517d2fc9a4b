#!/usr/bin/env python3
"""named-checkzone accepts each zones/*.zone inside a minimal zone, also behind an $ORIGIN and a $TTL
that would change what is not absolute, and reads the same records from it."""

import artifacts
from artifacts import HOSTILE, run

SERIAL_AND_TIMERS = "1 3600 900 604800 300"


def records_of(fragment, zone):
    """The records that BIND reads, in its own spelling, without SOA and NS."""
    whole = (f"$TTL 7\n{zone}. IN SOA ns.example.net. root.example.net. {SERIAL_AND_TIMERS}\n"
             f"{zone}. IN NS ns.example.net.\n$ORIGIN wrong.{zone}.\n"
             f"wrong IN A 192.0.2.99\n{fragment.read_text(encoding='utf-8')}")
    with open("whole.zone", "w", encoding="utf-8") as file:
        file.write(whole)
    # -i and -S: also that SRV targets inside the zone have addresses and are no aliases.
    run("named-checkzone", "-q", "-D", "-i", "full", "-S", "fail", "-o", "canonical", zone, "whole.zone")
    with open("canonical", encoding="utf-8") as file:
        lines = [line.split(None, 4) for line in file.read().splitlines()]
    return sorted(tuple(line) for line in lines if line[3] not in ("SOA", "NS") and "wrong" not in line[0])


def wire_text(text):
    """How BIND prints a CAA value."""
    escaped = "".join(
        f"\\{byte:03d}" if byte < 0x20 or byte > 0x7E else "\\" + chr(byte) if chr(byte) in '"\\' else chr(byte)
        for byte in text.encode("utf-8"))
    return f'"{escaped}"'


def main():
    artifacts.need("named-checkzone")
    reports = [f"mailto:{text}@contoso.com" for text in HOSTILE]
    spec = {
        "gateway": artifacts.gateway(
            domains=["contoso.com", "eu.contoso.com", "b\u00fccher.example"],
            access_edge={"fqdn": "sip.contoso.com", "addresses": ["203.0.113.10", "2001:db8::10"]}),
        "dns": {"zones": [
            {"name": "contoso.com", "ttl": "2h", "priority": 5, "weight": 65535,
             "caa": [{"tag": "issue", "value": "digicert.com"}, {"tag": "issuewild", "value": ";"}]
             + [{"tag": "iodef", "value": value} for value in reports]},
            {"name": "b\u00fccher.example", "ttl": "0s"},
        ]},
    }
    folder = artifacts.compile_spec(spec, "out") / "zones"
    srv = "IN", "SRV", "5 65535 5269 sip.contoso.com."
    expected = [("_xmpp-server._tcp.contoso.com.", "7200", *srv),
                ("_xmpp-server._tcp.eu.contoso.com.", "7200", *srv),
                ("sip.contoso.com.", "7200", "IN", "A", "203.0.113.10"),
                ("sip.contoso.com.", "7200", "IN", "AAAA", "2001:db8::10"),
                ("contoso.com.", "7200", "IN", "CAA", '0 issue "digicert.com"'),
                ("contoso.com.", "7200", "IN", "CAA", '0 issuewild ";"')]
    expected += [("contoso.com.", "7200", "IN", "CAA", "0 iodef " + wire_text(value)) for value in reports]
    artifacts.expect_equal("contoso.com", records_of(folder / "contoso.com.zone", "contoso.com"),
                           sorted(expected))
    zone = "xn--bcher-kva.example"
    artifacts.expect_equal(zone, records_of(folder / f"{zone}.zone", zone),
                           [("_xmpp-server._tcp.xn--bcher-kva.example.", "0", "IN", "SRV",
                             "0 0 5269 sip.contoso.com.")])


main()
