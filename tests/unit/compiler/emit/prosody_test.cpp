#include "compiler/emit/prosody.h"

#include "tests/support/catch.h"
#include "tests/support/golden.h"
#include "tests/unit/compiler/emit/compiled.h"

namespace fedgate {
namespace {

auto prosody_configuration(const std::string& more) -> std::string {
  return test::artifact(test::small_spec("  platform: prosody\n" + more),
                        "prosody/fedgate.cfg.lua");
}

TEST_CASE("the module for Prosody is the file of the repository") {
  CHECK(std::string(emit::prosody_module()) ==
        test::read_file(test::source_dir() / "compiler/emit/prosody/mod_fedgate_policy.lua"));
}

TEST_CASE("each posture comes to its methods in the policy of Prosody") {
  using Row = std::pair<std::string, std::string>;
  const auto [posture, methods] = GENERATE(values<Row>({
      {"tls: required, sasl: required", R"({ "sasl_tls" })"},
      {"tls: required, sasl: optional, dialback: true", R"({ "sasl_tls", "tls_dialback" })"},
      {"tls: optional, sasl: optional, dialback: true",
       R"({ "sasl_tls", "tls_dialback", "tcp_dialback" })"},
      {"tls: required, sasl: not_supported, dialback: true", R"({ "tls_dialback" })"},
      {"tls: optional, sasl: not_supported, dialback: true",
       R"({ "tls_dialback", "tcp_dialback" })"},
      {"tls: not_supported, sasl: not_supported, dialback: true", R"({ "tcp_dialback" })"},
  }));
  CHECK(test::contains(
      prosody_configuration("partners: [{domain: a.example, type: federated, " + posture + "}]\n"),
      "methods = " + methods + ";"));
}

TEST_CASE("nothing but the module brings server-to-server streams up") {
  const std::string text = prosody_configuration("");
  const std::size_t host = text.find("\nVirtualHost ");
  REQUIRE(host != std::string::npos);
  CHECK(text.find("\nmodules_disabled = { \"s2s\" }\n") < host);
  CHECK(text.find("\tmodules_disabled = { \"s2s\" }\n", host) != std::string::npos);
  CHECK(text.find("\tmodules_enabled = { \"fedgate_policy\" }\n", host) != std::string::npos);
  CHECK(test::contains(text, "protocol = \"tlsv1_2+\""));
}

TEST_CASE("settings of the gateway become options of Prosody") {
  using Row = std::pair<std::string, std::string>;
  const auto [more, line] = GENERATE(values<Row>({
      {"", "\ns2s_ports = { 5269 }\ns2s_direct_tls_ports = {}\n"},
      {"dns: {zones: [{name: contoso.com, direct_tls: true}]}\n",
       "\ns2s_direct_tls_ports = { 5270 }\n"},
      {"  stream_establishment_timeout: 45s\n", "\ns2s_timeout = 45\n"},
      {"  stream_inactivity_timeout: 10m\n", "\tstream_inactivity_timeout = 600;\n"},
      {"  dialback_passphrase: {env: SECRET}\n", "\ndialback_secret = ENV_SECRET\n"},
      {"  dialback_passphrase: {env: SECRET}\n",
       "needs_dialback_secret = \"the environment variable SECRET\";"},
      {"  dialback_passphrase: {file: 'a\"b'}\n", "end)(\"a\\\"b\")\n"},
      {"certificates: [{name: edge-cert}]\n", "\t\tcertificate = \"certs/edge-cert.crt\";\n"},
  }));
  CHECK(test::contains(prosody_configuration(more), line));
}

}  // namespace
}  // namespace fedgate
