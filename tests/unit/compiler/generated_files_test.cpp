// Files of the repository that fedgate itself writes are what it would write now.
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "compiler/emit/gateway_schema.h"
#include "compiler/report/platform_reference.h"
#include "compiler/report/report.h"
#include "compiler/report/rule_list.h"
#include "compiler/report/rule_reference.h"
#include "compiler/report/variable_reference.h"
#include "rules/facts/negotiation.h"
#include "rules/pack_schema.h"
#include "schema/describe.h"
#include "tests/support/analysis.h"
#include "tests/support/catch.h"
#include "tests/support/golden.h"

using namespace fedgate;

namespace {

// `page` with what stands between its two markers replaced by `part`.
auto with_part(std::string page, std::string_view part) -> std::string {
  constexpr std::string_view kBegin = "<!-- fedgate rules --format markdown -->\n";
  constexpr std::string_view kEnd = "<!-- end -->\n";
  const std::size_t begin = page.find(kBegin) + kBegin.size();
  const std::size_t end = page.find(kEnd);
  REQUIRE(page.find(kBegin) != std::string::npos);
  REQUIRE(end != std::string::npos);
  return page.replace(begin, end - begin, fmt::format("\n{}\n", part));
}

}  // namespace

TEST_CASE("The pages about rules are fresh", "[generated]") {
  const auto folder = test::source_dir() / "rules";
  const auto analysis =
      test::analyze({{"spec.yaml", test::spec_with_posture("required", "required", false)}});
  test::check_golden(folder / "README.md", with_part(test::read_file(folder / "README.md"),
                                                     report::rules_markdown(analysis->rules)));
  test::check_golden(folder / "reference.md", report::variable_reference());
}

TEST_CASE("Generated files are fresh", "[generated]") {
  const auto schema = test::source_dir() / "schema";
  test::check_golden(schema / "spec.schema.json", spec::spec_json_schema());
  test::check_golden(schema / "gateway.schema.json", emit::gateway_json_schema());
  test::check_golden(schema / "pack.schema.json", rules::pack_json_schema());
  test::check_golden(schema / "report.schema.json", report::report_json_schema());
  test::check_golden(schema / "reference.md", spec::spec_reference());
  test::check_golden(test::source_dir() / "compiler/emit/platforms.md",
                     report::platform_reference());
}
