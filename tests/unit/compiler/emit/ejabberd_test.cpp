#include "compiler/emit/ejabberd.h"

#include "tests/support/catch.h"
#include "tests/unit/compiler/emit/compiled.h"

namespace fedgate {
namespace {

auto ejabberd_configuration(const std::string& more) -> std::string {
  return test::artifact(test::small_spec("  platform: ejabberd\n" + more), "ejabberd/fedgate.yml");
}

TEST_CASE("each set of methods has its options of ejabberd") {
  using Row = std::tuple<std::string, std::string, std::string>;
  const std::string dialback = "    modules:\n      mod_s2s_dialback: {}\n";
  const auto [posture, starttls, modules] = GENERATE_COPY(values<Row>({
      {"tls: required, sasl: required", "required", "    modules: {}\n"},
      {"tls: required, sasl: optional, dialback: true", "required", dialback},
      {"tls: optional, sasl: optional, dialback: true", "optional", dialback},
      {"tls: not_supported, sasl: not_supported, dialback: true", "false", dialback},
  }));
  const std::string text =
      ejabberd_configuration("partners: [{domain: a.example, type: federated, " + posture + "}]\n");
  CHECK(test::contains(text, "    s2s_use_starttls: " + starttls + "\n"));
  CHECK(test::contains(text, modules));
}

TEST_CASE("partners of ejabberd are named exactly, international ones in both forms") {
  const std::string text = ejabberd_configuration(
      "partners: [{domain: bücher.example, type: federated, additional_domains: [x.example]}]\n");
  CHECK(
      test::contains(text,
                     "    server:\n      - \"xn--bcher-kva.example\"\n      - \"bücher.example\"\n"
                     "      - \"x.example\"\n"));
}

TEST_CASE("without a partner, nobody federates") {
  const std::string text = ejabberd_configuration("");
  CHECK(test::contains(text, "access_rules:\n  fedgate_partners:\n    deny: all\n"));
  CHECK(test::contains(text, "    s2s_access: fedgate_partners\n"));
  CHECK(!test::contains(text, "server:"));
}

}  // namespace
}  // namespace fedgate
