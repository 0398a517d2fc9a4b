#include "compiler/emit/zone.h"

#include "tests/support/catch.h"
#include "tests/unit/compiler/emit/compiled.h"

namespace fedgate {
namespace {

const std::string kSpecHead =
    "; Records of gateway edge in zone contoso.com, compiled by fedgate: change the spec, not this "
    "file.\n";

TEST_CASE("a fragment has SRV, address and CAA records in columns") {
  const std::string spec =
      "fedgate: 1\n"
      "gateway:\n"
      "  name: edge\n"
      "  domains: [contoso.com, eu.contoso.com]\n"
      "  access_edge: {fqdn: sip.contoso.com, addresses: [\"2001:DB8::10\", 203.0.113.10]}\n"
      "dns:\n"
      "  zones:\n"
      "    - {name: contoso.com, ttl: 90s, priority: 5, weight: 10,\n"
      "       caa: [{tag: issuewild, value: \";\"}, {tag: issue, value: digicert.com},\n"
      "             {tag: iodef, value: \"mailto:\\\"é\\\"@contoso.com\"}]}\n";
  CHECK(test::artifact(spec, "zones/contoso.com.zone") ==
        kSpecHead +
            "\n; Where federation partners connect to, for server-to-server streams (RFC 6120, "
            "section 3.2.1)\n"
            "_xmpp-server._tcp.contoso.com.    90 IN SRV  5 10 5269 sip.contoso.com.\n"
            "_xmpp-server._tcp.eu.contoso.com. 90 IN SRV  5 10 5269 sip.contoso.com.\n"
            "\n; The Access Edge\n"
            "sip.contoso.com.                  90 IN A    203.0.113.10\n"
            "sip.contoso.com.                  90 IN AAAA 2001:db8::10\n"
            "\n; Who may issue certificates for the zone (RFC 8659)\n"
            "contoso.com.                      90 IN CAA  0 issue \"digicert.com\"\n"
            "contoso.com.                      90 IN CAA  0 issuewild \";\"\n"
            "contoso.com.                      90 IN CAA  0 iodef "
            "\"mailto:\\\"\\195\\169\\\"@contoso.com\"\n");
}

TEST_CASE("a name with U-labels stands in a comment above its records") {
  const std::string spec =
      "fedgate: 1\n"
      "gateway: {name: edge, domains: [bücher.example], access_edge: {fqdn: sip.contoso.com}}\n"
      "dns: {zones: [{name: bücher.example}]}\n";
  const std::string text = test::artifact(spec, "zones/xn--bcher-kva.example.zone");
  CHECK_THAT(text, Catch::Matchers::ContainsSubstring(
                       "; _xmpp-server._tcp.bücher.example\n"
                       "_xmpp-server._tcp.xn--bcher-kva.example. 3600 IN SRV  0 0 5269 "
                       "sip.contoso.com.\n"));
}

TEST_CASE("a zone without records says so") {
  const std::string text = test::artifact(
      test::small_spec("dns: {zones: [{name: other.example}]}\n"), "zones/other.example.zone");
  CHECK_THAT(text, Catch::Matchers::ContainsSubstring("; The gateway needs none here.\n"));
}

auto update_of(const std::string& spec) -> std::string {
  const auto compiled = test::compile(spec);
  return emit::emit_zone_update(compiled->plan, compiled->plan.zones.front());
}

TEST_CASE("direct TLS has records of its own, on its own port") {
  const auto compiled = test::compile(
      test::small_spec("  platform: prosody\n"
                       "dns: {zones: [{name: contoso.com, ttl: 60s, direct_tls: true}]}\n"));
  CHECK_THAT(emit::emit_zone(compiled->plan, compiled->plan.zones.front()),
             Catch::Matchers::ContainsSubstring(
                 "_xmpp-server._tcp.contoso.com.  60 IN SRV  0 0 5269 sip.contoso.com.\n"
                 "_xmpps-server._tcp.contoso.com. 60 IN SRV  0 0 5270 sip.contoso.com.\n"));
}

TEST_CASE("an update replaces the record sets that are ours, behind prerequisites") {
  CHECK(update_of(test::small_spec(
            "dns: {zones: [{name: contoso.com, ttl: 60s,\n"
            "  caa: [{tag: iodef, value: \"mailto:a;(\\\"b@contoso.com\"}]}]}\n")) ==
        "; Makes the records of gateway edge in zone contoso.com what the spec says, for "
        "nsupdate.\n"
        "\n"
        "zone contoso.com.\n"
        "prereq yxrrset contoso.com. IN SOA\n"
        "prereq nxrrset _jabber._tcp.contoso.com. IN NS\n"
        "prereq nxrrset _tcp.contoso.com. IN NS\n"
        "prereq nxrrset _xmpp-server._tcp.contoso.com. IN NS\n"
        "prereq nxrrset _xmpps-server._tcp.contoso.com. IN NS\n"
        "update delete contoso.com. IN CAA\n"
        "update add contoso.com. 60 IN CAA 0 iodef \"mailto:a;(\\\"b@contoso.com\"\n"
        "update delete _jabber._tcp.contoso.com. IN SRV\n"
        "update delete _jabber._tcp.contoso.com. IN CNAME\n"
        "update delete _xmpp-server._tcp.contoso.com. IN SRV\n"
        "update delete _xmpp-server._tcp.contoso.com. IN CNAME\n"
        "update add _xmpp-server._tcp.contoso.com. 60 IN SRV 0 0 5269 sip.contoso.com.\n"
        "update delete _xmpps-server._tcp.contoso.com. IN SRV\n"
        "update delete _xmpps-server._tcp.contoso.com. IN CNAME\n"
        "send\n");
}

TEST_CASE("an update names no record set that the spec leaves alone") {
  CHECK(update_of(test::small_spec("dns: {zones: [{name: other.example}]}\n")) ==
        "; Makes the records of gateway edge in zone other.example what the spec says, for "
        "nsupdate.\n; The gateway needs none here.\n");
  // No address in the spec: whoever keeps them, it is not us.
  CHECK_THAT(update_of(test::small_spec("dns: {zones: [{name: contoso.com}]}\n")),
             !Catch::Matchers::ContainsSubstring("sip.contoso.com. IN A"));
}

}  // namespace
}  // namespace fedgate
