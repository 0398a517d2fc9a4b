// tests/golden/bind and tests/golden/rules: one spec for each defect with the whole report that a
// person sees, and pass_ files that must be silent.
#include "tests/support/golden.h"

#include <string>
#include <vector>

#include "compiler/report/report.h"
#include "schema/print.h"
#include "tests/support/analysis.h"
#include "tests/support/catch.h"
#include "tests/support/human_report.h"

using namespace fedgate;

namespace {

// What one golden input holds: spec files, and files and symbolic links that these name.
struct Input {
  test::Files spec;
  test::AnalyzeOptions options;

  void add(const std::string& heading, std::string text) {
    constexpr std::string_view kArrow = " -> ";
    constexpr std::string_view kKey = "key of ";
    const std::size_t arrow = heading.find(kArrow);
    if (arrow != std::string::npos) {
      options.links[heading.substr(0, arrow)] = heading.substr(arrow + kArrow.size());
    } else if (heading.starts_with(kKey)) {
      options.keys[heading.substr(kKey.size())] = text.substr(0, text.find('\n'));
    } else if (heading.ends_with(".yaml")) {
      spec.emplace_back(heading, std::move(text));
    } else {
      options.files[heading] = std::move(text);
    }
  }
};

// Files of a folder that belong together are separated by lines `#--- name.yaml` in one golden
// input; `#--- name -> target` is a symbolic link, and `#--- key of name` the digest of a private
// key's public half, given for that certificate.
auto split_files(const std::string& name, const std::string& text) -> Input {
  constexpr std::string_view kSeparator = "#--- ";
  Input input;
  std::size_t begin = 0;
  std::string file_name = name;
  while (begin < text.size()) {
    if (text.compare(begin, kSeparator.size(), kSeparator) == 0) {
      const std::size_t end = text.find('\n', begin);
      file_name = text.substr(begin + kSeparator.size(), end - begin - kSeparator.size());
      begin = end + 1;
    }
    // A heading may follow at once: the file before it is empty.
    const std::size_t next = text.find("\n" + std::string(kSeparator), begin == 0 ? 0 : begin - 1);
    const std::size_t end = next == std::string::npos ? text.size() : next + 1;
    input.add(file_name, text.substr(begin, end - begin));
    begin = end;
  }
  return input;
}

void check_folder(const std::string& name) {
  const auto folder = test::source_dir() / "tests" / "golden" / name;
  std::vector<std::filesystem::path> expected_files;
  for (const auto& input : test::list_inputs(folder, {".yaml"})) {
    DYNAMIC_SECTION(name << "/" << input.filename().string()) {
      const std::string file = input.filename().string();
      const Input spec = split_files(file, test::read_file(input));
      const auto analysis = test::analyze(spec.spec, spec.options);
      const report::Report report =
          compiler::take_report(*analysis, *value::Date::parse(test::kTestDay));
      const bool pass = file.rfind("pass_", 0) == 0;
      CHECK(report.findings.empty() == pass);
      test::check_golden(std::filesystem::path(input).replace_extension(".out"),
                         pass ? spec::print_spec(analysis->sources, analysis->model.spec)
                              : test::human_report(report));
    }
    expected_files.push_back(std::filesystem::path(input).replace_extension(".out"));
  }
  SECTION(name + ": no output without its input") {
    test::check_no_orphans(folder, ".out", expected_files);
  }
}

}  // namespace

TEST_CASE("Spec goldens", "[bind][golden]") { check_folder("bind"); }

TEST_CASE("Rule goldens", "[rules][golden]") { check_folder("rules"); }
