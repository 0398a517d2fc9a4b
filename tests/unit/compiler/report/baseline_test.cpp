// Baselines: only what is new counts, and nothing else passes for a baseline.
#include "compiler/report/baseline.h"

#include "tests/support/analysis.h"
#include "tests/support/catch.h"

using namespace fedgate;
using Catch::Matchers::ContainsSubstring;

namespace {

auto report_of(compiler::Analysis& analysis) -> report::Report {
  return compiler::take_report(analysis, *value::Date::parse(test::kTestDay));
}

}  // namespace

TEST_CASE("Known findings survive moved lines, new ones stay", "[baseline]") {
  const std::string text = test::spec_with_posture("required", "required", true);
  const auto before = test::analyze({{"spec.yaml", text}});
  const report::Report old_report = report_of(*before);
  REQUIRE(old_report.findings.size() == 1);
  const std::string file = report::write_baseline(old_report);

  std::string changed = "# moved\n\n" + text;
  changed.replace(changed.find("certificates:"), 0,
                  "  - {domain: adatum.example, type: public_unverified, dialback: true}\n");
  const auto after = test::analyze({{"spec.yaml", changed}});
  report::Report report = report_of(*after);
  REQUIRE(report.findings.size() == 2);
  report::apply_baseline(report, *report::read_baseline(file));
  REQUIRE(report.findings.size() == 1);
  CHECK(report.findings[0].subject.id == "adatum.example");
  CHECK(report.known.size() == 1);
  CHECK(report.gone == 0);
  // Written again, the known finding is still part of it.
  CHECK(report::read_baseline(report::write_baseline(report))->size() == 2);
}

TEST_CASE("What is found no more is counted", "[baseline]") {
  const auto before =
      test::analyze({{"spec.yaml", test::spec_with_posture("required", "required", true)}});
  const std::string file = report::write_baseline(report_of(*before));
  const auto after =
      test::analyze({{"spec.yaml", test::spec_with_posture("required", "required", false)}});
  report::Report report = report_of(*after);
  report::apply_baseline(report, *report::read_baseline(file));
  CHECK(report.findings.empty());
  CHECK(report.known.empty());
  CHECK(report.gone == 1);
  CHECK_THAT(report::to_human(report, false), ContainsSubstring("0 of the baseline known, 1 gone"));
}

TEST_CASE("Other files are refused with the reason", "[baseline]") {
  struct Row {
    std::string text;
    std::string reason;
  };
  const auto row = GENERATE(values<Row>({
      {"", "it is not JSON"},
      {"fedgate: 1\n", "it is not JSON"},
      {"[]", "it has no member `fedgate_baseline`"},
      {"{\"version\": 1, \"findings\": []}", "it has no member `fedgate_baseline`"},
      {"{\"fedgate_baseline\": 2, \"findings\": []}", "it is not of version 1"},
      {"{\"fedgate_baseline\": 1}", "it has no list `findings`"},
      {"{\"fedgate_baseline\": 1, \"findings\": [{}]}", "entry 1 of `findings`"},
      {"{\"fedgate_baseline\": 1, \"findings\": [1]}", "entry 1 of `findings`"},
      {"{\"fedgate_baseline\": 1, \"findings\": [{\"fingerprint\": \"zz\"}]}",
       "entry 1 of `findings`"},
  }));
  INFO(row.text);
  const auto baseline = report::read_baseline(row.text);
  REQUIRE(!baseline);
  CHECK_THAT(baseline.error(), ContainsSubstring(row.reason));
}
