#include "compiler/emit/gateway.h"

#include <nlohmann/json.hpp>

#include "tests/support/catch.h"
#include "tests/unit/compiler/emit/compiled.h"

namespace fedgate {
namespace {

auto gateway_json(std::string_view more) -> nlohmann::json {
  return nlohmann::json::parse(test::artifact(test::small_spec(more), "gateway.json"));
}

TEST_CASE("a small spec gives all defaults in gateway.json") {
  const auto json = gateway_json("");
  CHECK(json == nlohmann::json::parse(R"({
    "version": 1,
    "gateway": {
      "name": "edge", "platform": "lync_server_2013",
      "domains": ["contoso.com"], "sip_domains": ["contoso.com"],
      "access_edge": {"fqdn": "sip.contoso.com", "addresses": [], "port": 5269},
      "limits": {"connection_limit": 1000, "partner_connection_limit": 20},
      "timeouts": {"keep_alive_interval": 300, "stream_establishment_timeout": 60,
                   "stream_inactivity_timeout": 600, "subscription_refresh_interval": 28800},
      "log_message_bodies": false
    },
    "partners": [], "unicode": {}})"));
}

TEST_CASE("partners are sorted and have permissions, methods and U-labels") {
  const auto json = gateway_json(
      "partners:\n"
      "  - {domain: xn--bcher-kva.example, type: public_unverified, tls: not_supported,\n"
      "     sasl: not_supported, dialback: true}\n"
      "  - {domain: b.example, type: federated, additional_domains: [z.b.example, a.b.example],\n"
      "     tls: required, sasl: optional, dialback: true, agreement_until: 2027-06-30,\n"
      "     peer: {tls: required, sasl: not_supported, dialback: true}}\n"
      "  - {domain: a.example, type: public_verified, description: \"A \\\"quoted\\\" one\",\n"
      "     proxy_fqdn: xmpp.a.example, connection_limit: 4294967295, keep_alive: false}\n");
  const auto& partners = json["partners"];
  REQUIRE(partners.size() == 3);
  CHECK(partners[0] == nlohmann::json::parse(R"({
    "domain": "a.example", "additional_domains": [], "description": "A \"quoted\" one",
    "type": "public_verified",
    "permissions": {"add_contacts_without_consent": true, "message_without_consent": true,
                    "see_status_notes": false},
    "tls": "required", "sasl": "required", "dialback": false, "methods": ["sasl_tls"],
    "connection_limit": 4294967295, "keep_alive": false, "proxy_fqdn": "xmpp.a.example"})"));
  CHECK(partners[1]["additional_domains"] == nlohmann::json({"a.b.example", "z.b.example"}));
  CHECK(partners[1]["methods"] == nlohmann::json({"sasl_tls", "tls_dialback"}));
  CHECK(partners[1]["agreed_methods"] == nlohmann::json({"tls_dialback"}));
  CHECK(partners[1]["peer"]["sasl"] == "not_supported");
  CHECK(partners[1]["agreement_until"] == "2027-06-30");
  CHECK(partners[1]["permissions"]["see_status_notes"] == true);
  CHECK(partners[2]["domain"] == "xn--bcher-kva.example");
  CHECK(partners[2]["permissions"]["message_without_consent"] == false);
  CHECK(json["unicode"] == nlohmann::json({{"xn--bcher-kva.example", "bücher.example"}}));
}

TEST_CASE("secrets are named and never held") {
  auto json = gateway_json("  dialback_passphrase: {env: XMPP_DIALBACK_PASSPHRASE}\n");
  CHECK(json["gateway"]["dialback_passphrase"] ==
        nlohmann::json({{"env", "XMPP_DIALBACK_PASSPHRASE"}}));
  json = gateway_json("  dialback_passphrase: {file: /etc/secret}\n");
  CHECK(json["gateway"]["dialback_passphrase"] == nlohmann::json({{"file", "/etc/secret"}}));
}

TEST_CASE("every text is read back from gateway.json") {
  for (const std::string& text : test::hostile_texts()) {
    const auto json = gateway_json("partners: [{domain: a.example, type: federated, description: " +
                                   test::yaml_text(text) + "}]\n");
    CHECK(json["partners"][0]["description"] == text);
  }
}

}  // namespace
}  // namespace fedgate
