// Reports: what a person and a program are told, and identities that survive moved lines.
#include "compiler/report/report.h"

#include <nlohmann/json.hpp>

#include "tests/support/analysis.h"
#include "tests/support/catch.h"

using namespace fedgate;

TEST_CASE("The JSON report holds every finding with its place", "[report]") {
  const auto analysis =
      test::analyze({{"spec.yaml", test::spec_with_posture("not_supported", "required", false)}});
  const auto json = nlohmann::json::parse(report::to_json(test::report_of(*analysis)));
  CHECK(json["version"] == 1);
  CHECK(json["tool"]["name"] == "fedgate");
  CHECK(json["as_of"] == "2026-11-22");
  CHECK(json["summary"]["errors"] == 1);
  CHECK(json["summary"]["partners"] == 1);
  CHECK(json["summary"]["files"] == 1);
  REQUIRE(json["findings"].size() == 1);
  const auto& finding = json["findings"][0];
  CHECK(finding["code"] == "NEG002");
  CHECK(finding["severity"] == "error");
  CHECK(finding["file"] == "spec.yaml");
  CHECK(finding["line"] == 7);
  CHECK(finding["subject"]["id"] == "northwind.example");
  CHECK(finding["end_column"].get<int>() - finding["column"].get<int>() == 5);
  CHECK(finding["fingerprint"].get<std::string>().size() == 32);
}

TEST_CASE("A fingerprint stays when other lines move", "[report]") {
  const std::string text = test::spec_with_posture("required", "required", true);
  const auto before = test::analyze({{"spec.yaml", text}});
  const auto after = test::analyze({{"spec.yaml", "# a comment\n\n" + text}});
  const report::Report first = test::report_of(*before);
  const report::Report second = test::report_of(*after);
  REQUIRE(first.findings.size() == 1);
  REQUIRE(second.findings.size() == 1);
  CHECK(first.findings[0].fingerprint == second.findings[0].fingerprint);
}

TEST_CASE("Findings of the same kind have different fingerprints", "[report]") {
  std::string text = test::spec_with_posture("required", "required", true);
  text.replace(text.find("certificates:"), 0,
               "  - {domain: adatum.example, type: public_unverified, dialback: true}\n");
  const auto analysis = test::analyze({{"spec.yaml", text}});
  const report::Report report = test::report_of(*analysis);
  REQUIRE(report.findings.size() == 2);
  CHECK(report.findings[0].fingerprint != report.findings[1].fingerprint);
}

TEST_CASE("Nothing of the input controls the terminal", "[report]") {
  const auto analysis = test::analyze({{"bad\x1b[31m.yaml",
                                        "gateway: \"\\e[2J\"\npartners: [\"\xC2\x9B"
                                        "31m\", \"\xE2\x80\xAE\"]\n"}});
  const std::string text = report::to_human(test::report_of(*analysis), false);
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find("\xC2\x9B") == std::string::npos);
  CHECK(text.find("\xE2\x80\xAE") == std::string::npos);
}
