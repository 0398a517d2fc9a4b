// Fixes of whole specs: after them the finding is gone, and every comment and blank line is there.
#include "compiler/fixes.h"

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "compiler/report/report.h"
#include "tests/support/analysis.h"
#include "tests/support/catch.h"
#include "tests/support/golden.h"

using namespace fedgate;

namespace {

auto report_of(compiler::Analysis& analysis) -> report::Report {
  return compiler::take_report(analysis, *value::Date::parse(test::kTestDay));
}

struct Mended {
  std::string text;
  std::vector<diag::Finding> findings;
  std::size_t applied = 0;
};

// Fixes one file until nothing changes, as `check --fix` does.
auto mend(const std::string& name, std::string text) -> Mended {
  Mended mended;
  for (int round = 0; round < 8; ++round) {
    const auto analysis = test::analyze({{name, text}});
    const source::FileId file = analysis->trees.front().file;
    report::Report report = report_of(*analysis);
    compiler::FixedTexts fixed = compiler::apply_fixes(*report.sources, report.findings);
    mended.findings = std::move(report.findings);
    const auto changed = fixed.texts.find(file);
    if (changed == fixed.texts.end() || changed->second == text) {
      break;
    }
    mended.applied += fixed.applied;
    text = changed->second;
  }
  mended.text = std::move(text);
  return mended;
}

// Comments and blank lines, in their order.
auto trivia(const std::string& text) -> std::vector<std::string> {
  std::vector<std::string> found;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t hash = line.find("# ");
    if (hash != std::string::npos) {
      found.push_back(line.substr(hash));
    } else if (line.find_first_not_of(" \r") == std::string::npos) {
      found.emplace_back();
    }
  }
  return found;
}

auto edit_at(std::uint32_t begin, std::uint32_t end, std::string text) -> diag::Finding {
  diag::Finding finding;
  finding.fix = diag::Fix{"x", {{{0, begin, end}, std::move(text)}}};
  return finding;
}

}  // namespace

TEST_CASE("Fixes that touch the same bytes wait", "[fix]") {
  source::Sources sources;
  sources.add("a", "0123456789");
  const auto fixed =
      compiler::apply_fixes(sources, {edit_at(2, 4, "x"), edit_at(3, 5, "y"), edit_at(4, 6, ""),
                                      edit_at(8, 8, "z"), edit_at(8, 8, "w"), edit_at(2, 4, "x")});
  CHECK(fixed.texts.at(0) == "01x67z89");
  CHECK(fixed.applied == 4);
  CHECK(fixed.postponed == 2);
}

TEST_CASE("A fix with several edits is applied whole or not at all", "[fix]") {
  source::Sources sources;
  sources.add("a", "0123456789");
  diag::Finding two;
  two.fix = diag::Fix{"x", {{{0, 0, 1}, "A"}, {{0, 5, 6}, "B"}}};
  const auto fixed = compiler::apply_fixes(sources, {edit_at(5, 7, "-"), two});
  CHECK(fixed.texts.at(0) == "01234-789");
  CHECK(fixed.postponed == 1);
}

TEST_CASE("Every fixable golden is mended", "[fix]") {
  const std::filesystem::path golden = test::source_dir() / "tests" / "golden";
  std::vector<std::filesystem::path> inputs;
  for (const auto& folder :
       {golden / "bind", golden / "rules", test::source_dir() / "samples" / "invalid"}) {
    const auto files = test::list_inputs(folder, {".yaml"});
    inputs.insert(inputs.end(), files.begin(), files.end());
  }
  std::size_t fixable_files = 0;
  for (const auto& input : inputs) {
    INFO(input);
    const std::string text = test::read_file(input);
    const auto analysis = test::analyze({{"spec.yaml", text}});
    const report::Report before = report_of(*analysis);
    std::vector<std::string> fixable;
    for (const diag::Finding& finding : before.findings) {
      if (finding.fix) {
        fixable.push_back(finding.fingerprint);
      }
    }
    if (fixable.empty()) {
      continue;
    }
    ++fixable_files;
    const Mended mended = mend("spec.yaml", text);
    CHECK(mended.applied >= fixable.size());
    for (const diag::Finding& finding : mended.findings) {
      INFO(finding.message);
      CHECK(!finding.fix);
      CHECK(finding.code.substr(0, 3) != "YML");
      CHECK(std::find(fixable.begin(), fixable.end(), finding.fingerprint) == fixable.end());
    }
    CHECK(trivia(mended.text) == trivia(text));
  }
  CHECK(fixable_files >= 10);
}

TEST_CASE("What mends a spec is shown by goldens", "[fix]") {
  const auto folder = test::source_dir() / "tests" / "golden" / "fix";
  std::vector<std::filesystem::path> expected_files;
  for (const auto& input : test::list_inputs(folder, {".yaml", ".json"})) {
    INFO(input);
    const Mended mended = mend(input.filename().string(), test::read_file(input));
    expected_files.push_back(input.string() + ".out");
    test::check_golden(expected_files.back(), mended.text);
  }
  test::check_no_orphans(folder, ".out", expected_files);
}
