// The same spec gives the same bytes, however its files, partners and keys are shuffled: only the
// hash of the spec itself may differ.
#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "compiler/emit/emit.h"
#include "tests/support/analysis.h"
#include "tests/support/catch.h"

using namespace fedgate;

namespace {

struct Shuffled {
  std::mt19937 random;

  auto lines(std::vector<std::string> items, const std::string& first, const std::string& indent)
      -> std::string {
    std::shuffle(items.begin(), items.end(), random);
    std::string text;
    for (const std::string& item : items) {
      text += (text.empty() ? first : indent) + item + "\n";
    }
    return text;
  }

  auto files() -> test::Files {
    const std::string gateway =
        "fedgate: 1\ngateway:\n" +
        lines({"name: edge", "domains: [contoso.example, fabrikam.example]",
               "web_conferencing_edge: {fqdn: web.contoso.example}", "certificate: edge",
               "access_edge: {addresses: [198.51.100.10], fqdn: sip.contoso.example}",
               "keep_alive_interval: 200s"},
              "  ", "  ");
    std::vector<std::string> partners;
    for (int i = 0; i < 12; ++i) {
      const std::string domain = "p" + std::to_string(i * 7 % 12) + ".example";
      partners.push_back(lines({"domain: " + domain, "type: public_unverified", "sasl: optional",
                                "dialback: true", "description: \"partner " + domain + "\"",
                                "additional_domains: [b." + domain + ", a." + domain + "]"},
                               "  - ", "    "));
    }
    std::shuffle(partners.begin(), partners.end(), random);
    test::Files files = {{"gateway.yaml", gateway}};
    for (std::size_t i = 0; i < 3; ++i) {
      std::string text = "partners:\n";
      for (std::size_t k = i; k < partners.size(); k += 3) {
        text += partners[k];
      }
      files.emplace_back("partners" + std::to_string(i) + ".yaml", text);
    }
    std::vector<std::string> certificates = {
        "  - {name: edge, subject: {organization: Contoso, country: US}}\n",
        "  - {name: backup, subject: {common_name: backup.contoso.example}, "
        "subject_alternative_names: [backup.contoso.example]}\n"};
    std::vector<std::string> zones = {"    - {name: contoso.example}\n",
                                      "    - {name: fabrikam.example, priority: 5}\n"};
    std::shuffle(certificates.begin(), certificates.end(), random);
    std::shuffle(zones.begin(), zones.end(), random);
    files.emplace_back("rest.yaml", "certificates:\n" + certificates[0] + certificates[1] +
                                        "dns:\n  zones:\n" + zones[0] + zones[1]);
    std::shuffle(files.begin(), files.end(), random);
    return files;
  }
};

auto artifacts(const test::Files& files) -> std::vector<output::Artifact> {
  const auto analysis = test::analyze(files);
  for (const auto& finding : analysis->sink.findings()) {
    INFO(finding.message);
    REQUIRE(finding.severity != diag::Severity::error);
  }
  return emit::emit_all(compiler::plan_of(*analysis));
}

}  // namespace

TEST_CASE("Shuffling a spec changes no artifact", "[determinism]") {
  Shuffled first{std::mt19937(1)};
  const auto expected = artifacts(first.files());
  REQUIRE(expected.size() >= 10);
  for (unsigned seed = 2; seed < 30; ++seed) {
    Shuffled other{std::mt19937(seed)};
    const auto actual = artifacts(other.files());
    REQUIRE(actual.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      INFO("seed " << seed << ", " << expected[i].path);
      CHECK(actual[i].path == expected[i].path);
      if (expected[i].path != "manifest.json") {
        CHECK(actual[i].text == expected[i].text);
      }
    }
  }
}

TEST_CASE("Compiling twice gives the same bytes", "[determinism]") {
  Shuffled one{std::mt19937(1)};
  const test::Files files = one.files();
  const auto first = artifacts(files);
  const auto second = artifacts(files);
  REQUIRE(first.size() == second.size());
  for (std::size_t i = 0; i < first.size(); ++i) {
    CHECK(first[i].text == second[i].text);
  }
}
