#include "schema/named_files.h"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "tests/support/analysis.h"
#include "tests/support/catch.h"

using namespace fedgate;

namespace {

constexpr std::string_view kNamedFilesHead =
    "fedgate: 1\n"
    "gateway:\n"
    "  name: edge\n"
    "  domains: [contoso.example]\n"
    "  access_edge: {fqdn: sip.contoso.example, addresses: [198.51.100.10]}\n";

auto spec_naming(const std::string& path) -> std::string {
  return std::string(kNamedFilesHead) +
         "dns:\n  zones: [{name: contoso.example, zone_file: " + path + "}]\n";
}

// The codes that the key's own reading gives.
auto file_codes(compiler::Analysis& analysis) -> std::vector<std::string> {
  std::vector<std::string> found;
  for (const std::string& code : test::codes(analysis)) {
    if (code >= "SPC020" && code <= "SPC024") {
      found.push_back(code);
    }
  }
  return found;
}

}  // namespace

TEST_CASE("a named file is looked for beside the spec file that names it", "[named_files]") {
  struct Row {
    std::string spec_file;
    std::string file;
  };
  const auto row = GENERATE(values<Row>({{"spec.yaml", "zones/a.db"},
                                         {"federation/spec.yaml", "federation/zones/a.db"},
                                         {"a/b/spec.json", "a/b/zones/a.db"},
                                         {"/srv/spec.yaml", "/srv/zones/a.db"},
                                         {"<stdin>", "zones/a.db"}}));
  CAPTURE(row.spec_file);
  test::AnalyzeOptions options;
  options.files[row.file] = "zone text";
  const std::string spec =
      row.spec_file.ends_with(".json")
          ? R"({"fedgate": 1, "gateway": {"name": "edge", "domains": ["contoso.example"],
                "access_edge": {"fqdn": "sip.contoso.example"}},
                "dns": {"zones": [{"name": "contoso.example", "zone_file": "zones/a.db"}]}})"
          : spec_naming("zones/a.db");
  const auto analysis = test::analyze({{row.spec_file, spec}}, options);
  const auto& zone = analysis->named_files.zones.at(0);
  REQUIRE(zone.has_value());
  CHECK(analysis->sources[*zone].name == row.file);
  CHECK(analysis->sources[*zone].text == "zone text");
  CHECK(file_codes(*analysis).empty());
}

TEST_CASE("a file that several certificates name is read once and reported for each",
          "[named_files]") {
  const std::string spec = std::string(kNamedFilesHead) +
                           "  certificate: first\n"
                           "certificates:\n"
                           "  - {name: first, certificate_file: a.pem}\n"
                           "  - {name: second, certificate_file: a.pem}\n";
  test::AnalyzeOptions options;
  const auto missing = test::analyze({{"spec.yaml", spec}}, options);
  CHECK(missing->named_files.files.empty());
  CHECK(file_codes(*missing) == std::vector<std::string>{"SPC020", "SPC020"});
  options.files["a.pem"] = "no certificate";
  const auto unusable = test::analyze({{"spec.yaml", spec}}, options);
  const spec::NamedFiles& named = unusable->named_files;
  CHECK(named.files.size() == 1);
  CHECK(named.certificates.at(0).issued == named.certificates.at(1).issued);
  CHECK(unusable->file_contents.issued.empty());
  const std::vector<std::string> found = test::codes(*unusable);
  CHECK(std::count(found.begin(), found.end(), "SPC025") == 2);
}

TEST_CASE("a zone file is read once, however often it is named and included", "[named_files]") {
  const std::string spec = std::string(kNamedFilesHead) +
                           "dns:\n  zones:\n"
                           "    - {name: contoso.example, zone_file: zones/a.db}\n"
                           "    - {name: fabrikam.example, zone_file: zones/a.db}\n"
                           "    - {name: northwind.example, zone_file: zones/b.db}\n";
  test::AnalyzeOptions options;
  options.files["zones/a.db"] = "$INCLUDE b.db\n";
  options.files["zones/b.db"] = "$INCLUDE ../zones/b.db\n";
  const auto analysis = test::analyze({{"spec.yaml", spec}}, options);
  const auto& files = analysis->named_files;
  REQUIRE(files.zones.at(0).has_value());
  REQUIRE(files.zones.at(2).has_value());
  CHECK(files.zones.at(1) == files.zones.at(0));
  CHECK(files.includes.at({*files.zones.at(0), "b.db"}) == *files.zones.at(2));
  CHECK(files.includes.at({*files.zones.at(2), "../zones/b.db"}) == *files.zones.at(2));
}

TEST_CASE("zone files do not count as included", "[named_files]") {
  std::string spec = std::string(kNamedFilesHead) + "dns:\n  zones:\n";
  test::AnalyzeOptions options;
  for (std::size_t i = 0; i <= zonefile::kMostIncludes; ++i) {
    const std::string name = fmt::format("z{}.example", i);
    spec += fmt::format("    - {{name: {0}, zone_file: {0}}}\n", name);
    options.files[name] = "$INCLUDE shared\n";
  }
  options.files["shared"] = "a 60 A 192.0.2.1\n";
  const auto analysis = test::analyze({{"spec.yaml", spec}}, options);
  CHECK(analysis->named_files.includes.size() == zonefile::kMostIncludes + 1);
}

TEST_CASE("a POSH document is read below the folder of the spec file", "[named_files]") {
  const auto read = [](const std::string& path) {
    std::string spec(kNamedFilesHead);
    spec += "  posh_file: " + path + "\n";
    test::AnalyzeOptions options;
    options.files["posh/xmpp-server.json"] = "{}";
    return test::analyze({{"spec.yaml", spec}}, options);
  };
  const auto found = read("posh/xmpp-server.json");
  REQUIRE(found->named_files.posh.has_value());
  CHECK(found->sources[*found->named_files.posh].text == "{}");
  const auto missing = read("xmpp-server.json");
  CHECK_FALSE(missing->named_files.posh.has_value());
  CHECK(file_codes(*missing) == std::vector<std::string>{"SPC020"});
}

TEST_CASE("a named file is read up to its limit", "[named_files]") {
  const std::string spec =
      std::string(kNamedFilesHead) + "certificates: [{name: edge, certificate_file: a.pem}]\n";
  test::AnalyzeOptions options;
  options.files["a.pem"] = std::string(spec::kLargestCertificateFile, 'x');
  const auto largest = test::analyze({{"spec.yaml", spec}}, options);
  CHECK(largest->named_files.certificates.at(0).issued.has_value());
  CHECK(file_codes(*largest).empty());
  options.files["a.pem"].push_back('x');
  const auto larger = test::analyze({{"spec.yaml", spec}}, options);
  CHECK_FALSE(larger->named_files.certificates.at(0).issued.has_value());
  CHECK(file_codes(*larger) == std::vector<std::string>{"SPC023"});
}
