// tests/golden/yaml: one file for each defect with its exact findings, and pass_ files with their
// trees. Every tree and finding that comes out is checked for its promises as well.
#include "tests/support/golden.h"

#include <string>
#include <vector>

#include "schema/diag/sink.h"
#include "schema/source/source_file.h"
#include "schema/yaml/print.h"
#include "schema/yaml/reader.h"
#include "tests/support/catch.h"
#include "tests/support/findings_text.h"
#include "tests/support/tree_check.h"

using namespace fedgate;

TEST_CASE("YAML and JSON goldens", "[yaml][golden]") {
  const auto folder = test::source_dir() / "tests" / "golden" / "yaml";
  std::vector<std::filesystem::path> expected_files;
  for (const auto& input : test::list_inputs(folder, {".yaml", ".json"})) {
    DYNAMIC_SECTION(input.filename().string()) {
      source::Sources sources;
      const source::FileId file = sources.add(input.filename().string(), test::read_file(input));
      diag::Sink sink;
      const yaml::Tree tree = yaml::read(sources, file, sink);
      const std::string findings = test::print_findings(sources, file, sink.take_sorted());
      const bool pass = input.filename().string().rfind("pass_", 0) == 0;
      CHECK(findings.empty() == pass);
      CHECK(test::find_broken_promise(sources, tree).empty());
      test::check_golden(std::filesystem::path(input).replace_extension(".out"),
                         pass ? yaml::print_tree(sources, tree) : findings);
    }
    expected_files.push_back(std::filesystem::path(input).replace_extension(".out"));
  }
  SECTION("no output without its input") { test::check_no_orphans(folder, ".out", expected_files); }
}
