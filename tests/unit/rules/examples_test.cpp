// Every rule of every built-in pack shows itself at work: each bad example gives its finding, each
// good one does not, and the two differ.
#include "rules/examples.h"

#include <algorithm>

#include "schema/diag/message.h"
#include "tests/support/analysis.h"
#include "tests/support/catch.h"

using namespace fedgate;

TEST_CASE("Examples of the built-in rules", "[rules]") {
  const auto analysis =
      test::analyze({{"spec.yaml", test::spec_with_posture("required", "required", false)}});
  REQUIRE(analysis->rules.rule_count() >= 24);
  for (const rules::Pack& pack : analysis->rules.packs()) {
    for (const rules::ExampleResult& result :
         rules::run_examples(analysis->rules, pack, analysis->matrix)) {
      INFO(result.rule->code << ": " << result.problem);
      CHECK(result.passed);
    }
  }
}

TEST_CASE("Built-in packs have no mistake, also in what is compiled late", "[rules]") {
  source::Sources sources;
  const cel::Environment environment = rules::make_environment();
  diag::Sink sink;
  for (yaml::Tree& pack : rules::builtin_packs(sources)) {
    CHECK(!rules::load_pack(sources, std::move(pack), environment, sink).rules.empty());
  }
  for (const diag::Finding& finding : sink.findings()) {
    FAIL_CHECK(sources[finding.where.file].name << ": " << finding.message);
  }
}

TEST_CASE("Every built-in rule is documented", "[rules]") {
  const auto analysis =
      test::analyze({{"spec.yaml", test::spec_with_posture("required", "required", false)}});
  for (const rules::Pack& pack : analysis->rules.packs()) {
    for (const rules::Rule& rule : pack.rules) {
      INFO(rule.code);
      CHECK(!rule.name.empty());
      CHECK(!rule.help.empty());
      CHECK(!rule.source.empty());
      CHECK(!rule.since.empty());
      for (const rules::Case& one : rule.cases) {
        CHECK(one.at.has_value());
        CHECK(!one.help.empty());
      }
    }
  }
}

TEST_CASE("A wrong example is noticed", "[rules]") {
  const std::string pack =
      "pack: mine\n"
      "rules:\n"
      "  - code: ORG001\n"
      "    name: partner-without-agreement\n"
      "    severity: error\n"
      "    for: partner\n"
      "    when: \"!has(partner.agreement_until)\"\n"
      "    message: \"`{partner.domain}` has no agreement\"\n"
      "    help: add one\n"
      "    source: our handbook\n"
      "    examples:\n"
      "      - bad: {partners: [{domain: a.example, type: federated, agreement_until: "
      "2030-01-01}]}\n"
      "      - good: {partners: [{domain: a.example, type: federated}]}\n"
      "      - bad: {partners: [{domain: a.example, type: federated}]}\n"
      "        also: [ORG002]\n";
  const auto analysis = test::analyze(
      {{"spec.yaml", test::spec_with_posture("required", "required", false)}, {"pack.yaml", pack}});
  CHECK(test::codes(*analysis) == std::vector<std::string>{"ORG001"});
  const auto results =
      rules::run_examples(analysis->rules, analysis->rules.packs().back(), analysis->matrix);
  REQUIRE(results.size() == 3);
  CHECK(!results[0].passed);
  CHECK(!results[1].passed);
  CHECK(!results[2].passed);
  CHECK_THAT(results[2].problem, Catch::Matchers::StartsWith("`also` expects ORG002, got ORG001"));
}
