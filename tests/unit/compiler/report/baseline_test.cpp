// Baselines: only what is new counts, and nothing else passes for a baseline.
#include "compiler/report/baseline.h"

#include <algorithm>

#include "tests/support/analysis.h"
#include "tests/support/catch.h"

using namespace fedgate;
using Catch::Matchers::ContainsSubstring;

TEST_CASE("Known findings survive moved lines, new ones stay", "[baseline]") {
  const std::string text = test::spec_with_posture("required", "required", true);
  const auto before = test::analyze({{"spec.yaml", text}});
  const report::Report old_report = test::report_of(*before);
  REQUIRE(old_report.findings.size() == 1);
  const std::string file = report::write_baseline(old_report);

  std::string changed = "# moved\n\n" + text;
  changed.replace(changed.find("certificates:"), 0,
                  "  - {domain: adatum.example, type: public_unverified, dialback: true}\n");
  const auto after = test::analyze({{"spec.yaml", changed}});
  report::Report report = test::report_of(*after);
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
  const std::string file = report::write_baseline(test::report_of(*before));
  const auto after =
      test::analyze({{"spec.yaml", test::spec_with_posture("required", "required", false)}});
  report::Report report = test::report_of(*after);
  report::apply_baseline(report, *report::read_baseline(file));
  CHECK(report.findings.empty());
  CHECK(report.known.empty());
  CHECK(report.gone == 1);
  CHECK_THAT(report::to_human(report, false), ContainsSubstring("0 of the baseline known, 1 gone"));
}

TEST_CASE("A finding that a waiver excuses is found still", "[baseline]") {
  const auto spec = [](const std::string& waivers) {
    std::string text = test::spec_with_posture("required", "required", false);
    text.insert(text.find("certificates:"),
                "  - domain: adatum.example\n    type: federated\n    dialback: true\n" + waivers);
    return text;
  };
  const auto before = test::analyze({{"spec.yaml", spec("")}});
  const std::string file = report::write_baseline(test::report_of(*before));
  const auto after =
      test::analyze({{"spec.yaml", spec("    waive: [{rule: NEG001, reason: legacy peer}]\n")}});
  report::Report report = test::report_of(*after);
  REQUIRE(report.waived.size() == 1);
  SECTION("of the baseline") {
    report::apply_baseline(report, *report::read_baseline(file));
    CHECK(report.waived_known == std::vector<bool>{true});
    CHECK(report.gone == 0);
    CHECK_THAT(report::to_sarif(report), ContainsSubstring("\"baselineState\": \"unchanged\""));
  }
  SECTION("that is new") {
    report::apply_baseline(report, {});
    CHECK(report.waived_known == std::vector<bool>{false});
    CHECK_THAT(report::to_sarif(report), ContainsSubstring("\"baselineState\": \"new\""));
  }
}

TEST_CASE("A finding is known wherever its file is", "[baseline]") {
  const std::string text = test::spec_with_posture("required", "required", true);
  const auto before = test::analyze({{"spec.yaml", text}});
  const std::string file = report::write_baseline(test::report_of(*before));
  const auto after = test::analyze({{"federation/partners/spec.yaml", text}});
  report::Report report = test::report_of(*after);
  report::apply_baseline(report, *report::read_baseline(file));
  CHECK(report.findings.empty());
  CHECK(report.known.size() == 1);
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

TEST_CASE("A finding that says more than before is new", "[baseline]") {
  const auto spec = [](const std::string& domains) {
    return "fedgate: 1\ngateway:\n  name: edge\n  domains: [" + domains +
           "]\n  sip_domains: [contoso.com]\n  access_edge: {fqdn: sip.contoso.com}\n"
           "certificates:\n  - {name: edge, subject_alternative_names: [sip.contoso.com, "
           "contoso.com]}\n";
  };
  const auto before = test::analyze({{"spec.yaml", spec("contoso.com, fabrikam.example")}});
  const std::string file = report::write_baseline(test::report_of(*before));
  const auto after =
      test::analyze({{"spec.yaml", spec("contoso.com, fabrikam.example, third.example")}});
  report::Report report = test::report_of(*after);
  report::apply_baseline(report, *report::read_baseline(file));
  CHECK(std::any_of(report.findings.begin(), report.findings.end(), [](const diag::Finding& one) {
    return one.code == "CRT001" && one.message.find("third.example") != std::string::npos;
  }));
}

TEST_CASE("What cannot be read is never known", "[baseline]") {
  const auto before = test::analyze({{"spec.yaml", "fedgate: 1\ngateway: [\n"}});
  report::Report report = test::report_of(*before);
  REQUIRE(report.findings.size() == 1);
  const std::string file = report::write_baseline(report);
  CHECK(report::read_baseline(file)->empty());
  report::apply_baseline(report,
                         {{report.findings[0].fingerprint + "\n" + report.findings[0].message, 1}});
  CHECK(report.findings.size() == 1);
  report::accept(report);
  CHECK(report.findings.size() == 1);
  CHECK(report.known.empty());
}

TEST_CASE("No fingerprint tells of a secret", "[baseline]") {
  const auto fingerprint = [](const std::string& secret) {
    const auto analysis = test::analyze(
        {{"spec.yaml",
          "fedgate: 1\ngateway:\n  name: edge\n  domains: [contoso.com]\n  access_edge: "
          "{fqdn: sip.contoso.com}\n  dialback_passphrase: " +
              secret + "\n"}});
    const report::Report report = test::report_of(*analysis);
    const auto hidden = std::find_if(report.findings.begin(), report.findings.end(),
                                     [](const auto& finding) { return finding.hides_source; });
    REQUIRE(hidden != report.findings.end());
    return hidden->fingerprint;
  };
  CHECK(fingerprint("one-secret") == fingerprint("another"));
}
