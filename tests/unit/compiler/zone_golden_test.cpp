// tests/golden/zones: one zone file for each defect with the whole report that a person sees,
// beside a valid twin that must be silent. An input has parts behind lines `#--- NAME`: `bad` and
// `good` are the two zone files, `spec` takes the place of federation.yaml, and any other part is a
// file of that name; `bad:` or `good:` in front of the name gives it to one of the two runs only.
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "compiler/report/report.h"
#include "tests/support/analysis.h"
#include "tests/support/catch.h"
#include "tests/support/golden.h"
#include "tests/support/human_report.h"

using namespace fedgate;

namespace {

using Parts = std::map<std::string, std::string>;

auto split_parts(const std::string& text) -> Parts {
  const std::string separator = "\n#--- ";
  Parts parts;
  std::size_t at = text.find(separator);
  while (at != std::string::npos) {
    const std::size_t name = at + separator.size();
    const std::size_t body = text.find('\n', name) + 1;
    // The line end before the next heading belongs to this part.
    at = text.find(separator, body - 1);
    parts[text.substr(name, body - 1 - name)] =
        text.substr(body, at == std::string::npos ? at : at + 1 - body);
  }
  return parts;
}

// The report on one of the two zone files, `bad` or `good`.
auto report_on(const Parts& parts, const std::string& shared_spec, const std::string& twin)
    -> std::string {
  test::AnalyzeOptions options;
  std::string spec = shared_spec;
  for (const auto& [name, text] : parts) {
    const std::size_t colon = name.find(':');
    if (colon != std::string::npos && name.substr(0, colon) != twin) {
      continue;
    }
    const std::string own_name = colon == std::string::npos ? name : name.substr(colon + 1);
    (own_name == "spec" ? spec : options.files[own_name]) = text;
  }
  options.files["zone.db"] = parts.at(twin);
  const auto analysis = test::analyze({{"federation.yaml", spec}}, options);
  return test::human_report(compiler::take_report(*analysis, *value::Date::parse(test::kTestDay)));
}

}  // namespace

TEST_CASE("A record set without end gives no findings without end", "[zonefile]") {
  const std::string spec =
      test::read_file(test::source_dir() / "tests" / "golden" / "zones" / "federation.yaml");
  const auto* const line = GENERATE("sip A 198.51.100.10\n", "sip NOTYPE{} x\n",
                                    "_xmpp-server._tcp SRV 0 0 5269 h{}\n", "sip CAA x\n");
  test::AnalyzeOptions options;
  std::string& zone = options.files["zone.db"];
  zone = "$TTL 1h\n@ SOA ns root 1 2 3 4 5\n@ NS ns\nns A 198.51.100.53\n";
  for (int i = 0; i < 1000; ++i) {
    zone += fmt::format(fmt::runtime(line), i);
  }
  const auto analysis = test::analyze({{"federation.yaml", spec}}, options);
  CHECK(test::codes(*analysis).size() < 500);
}

TEST_CASE("Zone goldens", "[zonefile][golden]") {
  const auto folder = test::source_dir() / "tests" / "golden" / "zones";
  const std::string shared = test::read_file(folder / "federation.yaml");
  std::vector<std::filesystem::path> expected_files;
  for (const auto& input : test::list_inputs(folder, {".zone"})) {
    const auto expected = std::filesystem::path(input).replace_extension(".out");
    DYNAMIC_SECTION(input.filename().string()) {
      const Parts parts = split_parts(test::read_file(input));
      CHECK_THAT(report_on(parts, shared, "good"),
                 Catch::Matchers::StartsWith("0 errors, 0 warnings, 0 infos "));
      const std::string bad = report_on(parts, shared, "bad");
      CHECK_THAT(bad, !Catch::Matchers::StartsWith("0 errors, 0 warnings, 0 infos "));
      test::check_golden(expected, bad);
    }
    expected_files.push_back(expected);
  }
  SECTION("no output without its input") { test::check_no_orphans(folder, ".out", expected_files); }
}
