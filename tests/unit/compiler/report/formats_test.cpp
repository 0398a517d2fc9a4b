// The formats for code scanning, merge requests and test reports: what their readers rely on.
#include <nlohmann/json.hpp>

#include "compiler/report/report.h"
#include "tests/support/analysis.h"
#include "tests/support/catch.h"

using namespace fedgate;
using Catch::Matchers::ContainsSubstring;

namespace {

// One error (NEG002), and NEG001 waived in a second partner.
auto mixed_spec() -> std::string {
  std::string text = test::spec_with_posture("not_supported", "required", false);
  text.replace(text.find("certificates:"), 0,
               "  - domain: adatum.example\n"
               "    type: federated\n"
               "    dialback: true\n"
               "    waive: [{rule: NEG001, reason: \"ticket 7, <soon>\"}]\n");
  return text;
}

// A file name and a text with everything that some format treats specially.
constexpr std::string_view kHostileName = "a b,c:d%e<f>&\"g\"\n.yaml";
constexpr std::string_view kHostileSpec =
    "fedgate: 1\n\"bad % , : <key> & \\\"quoted\\\" \\u0001 \\n ::error::\": 1\n";

}  // namespace

TEST_CASE("SARIF has regions, rules, fingerprints and suppressions", "[report][sarif]") {
  const auto analysis = test::analyze({{"folder/my spec.yaml", mixed_spec()}});
  const auto log = nlohmann::json::parse(report::to_sarif(test::report_of(*analysis)));
  CHECK(log["version"] == "2.1.0");
  const auto& run = log["runs"][0];
  CHECK(run["columnKind"] == "unicodeCodePoints");
  CHECK(run["originalUriBaseIds"].contains("SRCROOT"));
  REQUIRE(run["results"].size() == 2);
  for (const auto& result : run["results"]) {
    const auto index = result["ruleIndex"].get<std::size_t>();
    const auto& rule = run["tool"]["driver"]["rules"][index];
    CHECK(rule["id"] == result["ruleId"]);
    CHECK_THAT(rule["help"]["text"].get<std::string>(), ContainsSubstring("Source: "));
    CHECK(result["partialFingerprints"]["fedgateFinding/v1"].get<std::string>().size() == 32);
    CHECK(!result.contains("baselineState"));
    const auto& place = result["locations"][0]["physicalLocation"];
    CHECK(place["artifactLocation"]["uri"] == "folder/my%20spec.yaml");
    CHECK(place["artifactLocation"]["uriBaseId"] == "SRCROOT");
  }
  const auto& error = run["results"][0];
  CHECK(error["ruleId"] == "NEG002");
  CHECK(error["level"] == "error");
  const auto& region = error["locations"][0]["physicalLocation"]["region"];
  CHECK(region["startLine"] == 7);
  CHECK(region["endLine"] == 7);
  CHECK(region["endColumn"].get<int>() - region["startColumn"].get<int>() == 5);
  CHECK(!error.contains("suppressions"));
  const auto& waived = run["results"][1];
  CHECK(waived["ruleId"] == "NEG001");
  CHECK(waived["suppressions"][0]["kind"] == "inSource");
  CHECK(waived["suppressions"][0]["justification"] == "ticket 7, <soon>");
}

TEST_CASE("With a baseline SARIF says which results are new", "[report][sarif]") {
  const auto analysis = test::analyze({{"spec.yaml", mixed_spec()}});
  report::Report report = test::report_of(*analysis);
  report.has_baseline = true;
  report.known = std::exchange(report.findings, {});
  const auto log = nlohmann::json::parse(report::to_sarif(report));
  REQUIRE(log["runs"][0]["results"].size() == 2);
  CHECK(log["runs"][0]["results"][0]["baselineState"] == "unchanged");
  CHECK(log["runs"][0]["results"][1]["baselineState"] == "new");
}

TEST_CASE("A workflow command stays one line whatever the spec says", "[report][github]") {
  const auto analysis = test::analyze({{std::string(kHostileName), std::string(kHostileSpec)}});
  const std::string text = report::to_github(test::report_of(*analysis));
  std::size_t commands = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    REQUIRE(end != std::string::npos);
    const std::string line = text.substr(begin, end - begin);
    CHECK(line.rfind("::error file=a b%2Cc%3Ad%25e<f>&\"g\"%0A.yaml,line=", 0) == 0);
    ++commands;
    begin = end + 1;
  }
  CHECK(commands >= 1);
}

TEST_CASE("Annotations tell severity, range, title and help", "[report][github]") {
  const auto analysis = test::analyze({{"spec.yaml", mixed_spec()}});
  const std::string text = report::to_github(test::report_of(*analysis));
  CHECK_THAT(text, ContainsSubstring("::error file=spec.yaml,line=7,endLine=7,col="));
  CHECK_THAT(text, ContainsSubstring("title=NEG002 no-authentication-method::no method"));
  CHECK_THAT(text, ContainsSubstring("%0Ahelp: support SASL over TLS"));
  CHECK_THAT(text, ContainsSubstring("::notice file=spec.yaml,line=10"));
  CHECK_THAT(text, ContainsSubstring("(waived)::"));
  CHECK_THAT(text, ContainsSubstring("%0Areason: ticket 7, <soon>"));
}

TEST_CASE("Code Quality entries have what GitLab reads", "[report][gitlab]") {
  const auto analysis = test::analyze({{"spec.yaml", mixed_spec()}});
  const auto list = nlohmann::json::parse(report::to_gitlab(test::report_of(*analysis)));
  REQUIRE(list.size() == 2);
  CHECK(list[0]["check_name"] == "NEG002");
  CHECK(list[0]["severity"] == "major");
  CHECK(list[0]["location"]["path"] == "spec.yaml");
  CHECK(list[0]["location"]["positions"]["begin"]["line"] == 7);
  CHECK(list[1]["severity"] == "info");
  CHECK(list[0]["fingerprint"] != list[1]["fingerprint"]);
}

TEST_CASE("JUnit has a case for each rule and file", "[report][junit]") {
  const auto analysis = test::analyze({{"spec.yaml", mixed_spec()}});
  const report::Report report = test::report_of(*analysis);
  const std::string text = report::to_junit(report, diag::Severity::error);
  CHECK_THAT(text, ContainsSubstring("<testsuite name=\"spec.yaml\" tests=\"" +
                                     std::to_string(report.counts.size()) +
                                     "\" failures=\"1\" errors=\"0\" skipped=\"1\""));
  CHECK_THAT(text, ContainsSubstring("<failure type=\"error\" message=\"no method can"));
  CHECK_THAT(text, ContainsSubstring("<skipped message=\"waived (ticket 7, &lt;soon&gt;): "));
  CHECK_THAT(text, ContainsSubstring("name=\"NEG003 sasl-with-optional-tls\" file=\"spec.yaml\" "
                                     "time=\"0\"/>"));
}

TEST_CASE("What is waived stays visible beside a failure", "[report][junit]") {
  std::string text = mixed_spec();
  text.replace(text.find("certificates:"), 0,
               "  - {domain: fabrikam.example, type: federated, dialback: true}\n");
  const auto analysis = test::analyze({{"spec.yaml", text}});
  const std::string xml = report::to_junit(test::report_of(*analysis), diag::Severity::warning);
  CHECK_THAT(xml, !ContainsSubstring("<skipped"));
  CHECK_THAT(xml, ContainsSubstring("<system-out>waived (ticket 7, &lt;soon&gt;): "));
}

TEST_CASE("What does not fail the run is no failure of JUnit", "[report][junit]") {
  const auto analysis =
      test::analyze({{"spec.yaml", test::spec_with_posture("required", "required", true)}});
  const report::Report report = test::report_of(*analysis);
  REQUIRE(report.findings.size() == 1);
  CHECK_THAT(report::to_junit(report, diag::Severity::error), ContainsSubstring("<system-out>"));
  CHECK_THAT(report::to_junit(report, diag::Severity::error), !ContainsSubstring("<failure"));
  CHECK_THAT(report::to_junit(report, diag::Severity::warning), ContainsSubstring("<failure"));
}

TEST_CASE("JUnit text is XML whatever the spec says", "[report][junit]") {
  const auto analysis = test::analyze({{std::string(kHostileName), std::string(kHostileSpec)}});
  const std::string text = report::to_junit(test::report_of(*analysis), diag::Severity::error);
  CHECK_THAT(text, ContainsSubstring("a b,c:d%e&lt;f&gt;&amp;&quot;g&quot;&#10;.yaml"));
  CHECK(text.find('\x01') == std::string::npos);
  CHECK_THAT(text, !ContainsSubstring("<key>"));
}
