// The samples of the repository do what their documents say: contoso compiles to the artifacts in
// its expected/ folder, and each file of invalid has the findings in expected/.
#include <set>
#include <string>
#include <vector>

#include "compiler/emit/emit.h"
#include "compiler/report/report.h"
#include "tests/support/analysis.h"
#include "tests/support/catch.h"
#include "tests/support/golden.h"
#include "tests/support/human_report.h"

using namespace fedgate;

TEST_CASE("Sample contoso", "[samples]") {
  const auto folder = test::source_dir() / "samples" / "contoso";
  const auto analysis =
      test::analyze({{"federation.yaml", test::read_file(folder / "federation.yaml")}});
  const bool has_errors = analysis->sink.has_errors();
  const auto plan = compiler::plan_of(*analysis);
  const report::Report report =
      compiler::take_report(*analysis, *value::Date::parse(test::kTestDay));
  INFO(test::human_report(report));
  REQUIRE(!has_errors);
  std::vector<std::filesystem::path> expected_files;
  for (const output::Artifact& artifact : emit::emit_all(plan)) {
    expected_files.push_back(folder / "expected" / artifact.path);
    test::check_golden(expected_files.back(), artifact.text);
  }
  test::check_no_orphans(folder / "expected", "", expected_files);
}

TEST_CASE("Sample invalid", "[samples]") {
  const auto folder = test::source_dir() / "samples" / "invalid";
  std::vector<std::filesystem::path> expected_files;
  for (const auto& input : test::list_inputs(folder, {".yaml"})) {
    const std::string name = input.filename().string();
    INFO(name);
    const auto analysis = test::analyze({{name, test::read_file(input)}});
    const report::Report report =
        compiler::take_report(*analysis, *value::Date::parse(test::kTestDay));
    const bool is_invalid =
        name.rfind("warning-", 0) != 0 || name.rfind("warning-not-supported", 0) == 0;
    CHECK((report::count(report.findings).errors > 0) == is_invalid);
    CHECK(report::count(report.findings).errors + report::count(report.findings).warnings > 0);
    expected_files.push_back(folder / "expected" / (input.stem().string() + ".out"));
    test::check_golden(expected_files.back(), test::human_report(report));
  }
  test::check_no_orphans(folder / "expected", ".out", expected_files);
}
