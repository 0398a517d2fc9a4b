// Severities, switches, waivers and evaluation errors.
#include "rules/engine.h"

#include <algorithm>

#include "tests/support/analysis.h"
#include "tests/support/catch.h"

using namespace fedgate;

namespace {

const std::string kGateway =
    "fedgate: 1\n"
    "gateway:\n"
    "  name: edge\n"
    "  domains: [contoso.example]\n"
    "  access_edge: {fqdn: sip.contoso.example, addresses: [198.51.100.10]}\n";

auto with_waiver(const std::string& waiver) -> test::Files {
  return {{"spec.yaml", kGateway +
                            "partners:\n"
                            "  - domain: northwind.example\n"
                            "    type: federated\n"
                            "    dialback: true\n"
                            "    waive: [" +
                            waiver + "]\n"}};
}

auto pack_with(const std::string& when) -> std::string {
  return "pack: mine\n"
         "rules:\n"
         "  - {code: ORG001, name: mine, severity: warning, for: partner, when: '" +
         when + "', message: '`{partner.domain}`', help: h, source: s}\n";
}

}  // namespace

TEST_CASE("A waiver in force excuses its finding and keeps it visible", "[rules]") {
  const auto analysis =
      test::analyze(with_waiver("{rule: NEG001, reason: legacy peer, until: 2026-11-22}"));
  CHECK(test::codes(*analysis).empty());
  REQUIRE(analysis->evaluation.waived.size() == 1);
  CHECK(analysis->evaluation.waived[0].finding.code == "NEG001");
  CHECK(analysis->evaluation.waived[0].reason == "legacy peer");
}

TEST_CASE("Waivers that do not excuse", "[rules]") {
  struct Case {
    const char* name;
    const char* waiver;
    std::vector<std::string> codes;
  };
  const auto given = GENERATE(values<Case>({
      {"ended yesterday",
       "{rule: NEG001, reason: legacy peer, until: 2026-11-21}",
       {"NEG001", "WVR001"}},
      {"unused", "{rule: NEG003, reason: legacy peer}", {"NEG001", "WVR002"}},
      {"unknown rule", "{rule: NEG01, reason: legacy peer}", {"NEG001", "WVR003"}},
  }));
  INFO(given.name);
  const auto analysis = test::analyze(with_waiver(given.waiver));
  CHECK(test::codes(*analysis) == given.codes);
}

TEST_CASE("A disabled rule is silent, and a waiver of it is not unused", "[rules]") {
  test::AnalyzeOptions options;
  options.engine.disabled.insert("NEG001");
  const auto analysis = test::analyze(with_waiver("{rule: NEG001, reason: legacy peer}"), options);
  CHECK(test::codes(*analysis).empty());
}

TEST_CASE("A severity can be changed", "[rules]") {
  test::AnalyzeOptions options;
  options.engine.severities["NEG001"] = diag::Severity::error;
  const auto analysis = test::analyze(
      {{"spec.yaml", test::spec_with_posture("required", "required", true)}}, options);
  CHECK(analysis->sink.has_errors());
}

TEST_CASE("An opt-in rule is evaluated only where it is given a severity", "[rules]") {
  const std::string code = GENERATE("LYN018", "LYN020");
  const test::Files files = {{"spec.yaml", test::spec_with_posture("required", "required", false)}};
  CHECK(test::codes(*test::analyze(files)).empty());
  test::AnalyzeOptions options;
  options.engine.severities[code] = diag::Severity::warning;
  CHECK(test::codes(*test::analyze(files, options)) == std::vector<std::string>{code});
}

TEST_CASE("A waiver of an opt-in rule that is off is not unused", "[rules]") {
  CHECK(test::codes(*test::analyze(
            with_waiver("{rule: NEG001, reason: r}, {rule: LYN018, reason: known}"))) ==
        std::vector<std::string>{});
}

TEST_CASE("An evaluation error is a finding and never a silent pass", "[rules]") {
  const auto analysis =
      test::analyze({{"spec.yaml", test::spec_with_posture("required", "required", false)},
                     {"pack.yaml", pack_with("partner.peer.dialback")}});
  const auto findings = analysis->sink.take_sorted();
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].code == "PCK006");
  CHECK(findings[0].subject.id == "northwind.example");
}

TEST_CASE("A pack's mistakes are found when it loads, at their place", "[rules]") {
  struct Case {
    const char* name;
    const char* when;
    const char* at;
  };
  const auto given = GENERATE(values<Case>({
      {"unknown field", "partner.tsl == \"required\"", "tsl"},
      {"unknown variable", "partnr.tls == \"required\"", "partnr"},
      {"wrong type", "partner.domain", "partner.domain"},
      {"impossible overload", "partner.dialback + 1 == 2", "+"},
      {"another entity", "partner.dialback && certificate.presented", "certificate"},
  }));
  INFO(given.name);
  const std::string pack = pack_with(given.when);
  const auto analysis = test::analyze(
      {{"spec.yaml", test::spec_with_posture("required", "required", false)}, {"pack.yaml", pack}});
  const auto findings = analysis->sink.take_sorted();
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].code == "PCK004");
  INFO(findings[0].message);
  const std::string_view shown = analysis->sources.text(findings[0].where);
  CHECK(shown == given.at);
}

TEST_CASE("A code that exists already is refused", "[rules]") {
  const std::string taken = GENERATE("NEG001", "SPC001");
  std::string pack = pack_with("true");
  pack.replace(pack.find("ORG001"), 6, taken);
  const auto analysis = test::analyze(
      {{"spec.yaml", test::spec_with_posture("required", "required", false)}, {"pack.yaml", pack}});
  CHECK(test::codes(*analysis) == std::vector<std::string>{"PCK005"});
}

TEST_CASE("Entities with a finding of their own are left alone, the others are judged", "[rules]") {
  const auto analysis = test::analyze(
      {{"spec.yaml", kGateway + "partners:\n"
                                "  - {domain: a.example, type: federated, tls: maybe}\n"
                                "  - {domain: b.example, type: federated, dialback: true}\n"}});
  CHECK(test::codes(*analysis) == std::vector<std::string>{"SPC003", "NEG001"});
}

TEST_CASE("CAA records let the planned authority vouch for a domain, or not", "[rules]") {
  const auto verdicts = [](const std::string& issuer, const std::string& zone_file = "") {
    test::AnalyzeOptions options;
    options.files = {{"c.db", zone_file}};
    const auto analysis =
        test::analyze({{"spec.yaml",
                        "fedgate: 1\n"
                        "gateway:\n"
                        "  name: edge\n"
                        "  domains: [a.example, b.example, c.example]\n"
                        "  access_edge: {fqdn: sip.a.example}\n"
                        "certificates: [{name: edge, issuer: " +
                            issuer +
                            "}]\n"
                            "dns:\n"
                            "  zones:\n"
                            "    - {name: a.example, caa: [{tag: issue, value: digicert.com}]}\n"
                            "    - {name: b.example, caa: [{tag: issue, value: letsencrypt.org}]}\n"
                            "    - {name: c.example" +
                            (zone_file.empty() ? "" : ", zone_file: c.db") + "}\n"}},
                      options);
    REQUIRE(analysis->world.domains.size() == 3);
    std::vector<std::optional<bool>> all;
    for (const rules::DomainEntity& domain : analysis->world.domains) {
      all.push_back(domain.caa_allows);
    }
    return all;
  };
  using Verdicts = std::vector<std::optional<bool>>;
  CHECK(verdicts("{caa_identity: digicert.com}") == Verdicts{true, false, true});
  CHECK(verdicts("{trust: private}") == Verdicts{{}, {}, {}});
  const std::string zone = "$TTL 3600\n@ SOA ns root 1 2 3 4 5\n@ NS ns\n";
  CHECK(verdicts("{caa_identity: digicert.com}", zone + "@ CAA 0 issue \";\"\n") ==
        Verdicts{true, false, false});
  CHECK(verdicts("{caa_identity: digicert.com}", zone + "@ CAA 0 issue\n") ==
        Verdicts{true, false, {}});
}

TEST_CASE("What could not be read is not missing", "[rules]") {
  const auto rest = GENERATE(values<std::string>({
      "partners:\n  - {domain: a.example, type: federated\n",
      "partners: none\n",
      "partners: [none]\n",
      "partnrs: []\n",
  }));
  CAPTURE(rest);
  const auto codes = [](const std::string& other) {
    return test::codes(*test::analyze({{"1.yaml", kGateway}, {"2.yaml", other}}));
  };
  const auto has_empty_federation = [](const std::vector<std::string>& all) {
    return std::find(all.begin(), all.end(), "LYN008") != all.end();
  };
  CHECK(has_empty_federation(codes("partners: []\n")));
  CHECK(!has_empty_federation(codes(rest)));
}

TEST_CASE("CAA records decide by the requested name that is for a domain", "[rules]") {
  const auto analysis = test::analyze({{"spec.yaml",
                                        "fedgate: 1\n"
                                        "gateway:\n"
                                        "  name: edge\n"
                                        "  platform: prosody\n"
                                        "  domains: [chat.contoso.com]\n"
                                        "  access_edge: {fqdn: xmpp.contoso.com}\n"
                                        "certificates:\n"
                                        "  - name: edge\n"
                                        "    issuer: {caa_identity: digicert.com}\n"
                                        "    subject_alternative_names: [\"*.contoso.com\"]\n"
                                        "dns:\n"
                                        "  zones:\n"
                                        "    - name: contoso.com\n"
                                        "      caa: [{tag: issue, value: digicert.com}, {tag: "
                                        "issuewild, value: letsencrypt.org}]\n"}});
  REQUIRE(analysis->world.domains.size() == 1);
  CHECK(analysis->world.domains[0].is_certified == true);
  CHECK(analysis->world.domains[0].caa_allows == false);
}
