#include "tests/support/golden.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "compiler/output/unified_diff.h"
#include "tests/support/catch.h"

namespace fedgate::test {

namespace {

// Catch2 offers no channel from its command line to a test case, so the runner's switch has to live
// somewhere; it is set once, before the first test.
auto update_switch() -> bool& {
  static bool update = false;
  return update;
}

auto shown_path(const std::filesystem::path& path) -> std::string {
  const auto relative = path.lexically_relative(source_dir());
  return relative.empty() || *relative.begin() == ".." ? path.string() : relative.string();
}

auto read_bytes(const std::filesystem::path& path, std::string& bytes) -> bool {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) {
    return false;
  }
  bytes.assign(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
  return !stream.bad();
}

void write_bytes(const std::filesystem::path& path, std::string_view bytes) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream stream(path, std::ios::binary | std::ios::trunc);
  stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  stream.close();
  if (!stream) {
    FAIL("cannot write " << shown_path(path));
  }
}

auto files_below(const std::filesystem::path& folder) -> std::vector<std::filesystem::path> {
  std::vector<std::filesystem::path> files;
  if (!std::filesystem::is_directory(folder)) {
    FAIL("no such folder: " << shown_path(folder));
  }
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      files.push_back(entry.path());
    }
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace

auto source_dir() -> std::filesystem::path { return FEDGATE_SOURCE_DIR; }

void set_update_golden(bool update) { update_switch() = update; }

auto is_updating_golden() -> bool { return update_switch(); }

auto read_file(const std::filesystem::path& path) -> std::string {
  std::string bytes;
  if (!read_bytes(path, bytes)) {
    FAIL("cannot read " << shown_path(path));
  }
  return bytes;
}

void check_golden(const std::filesystem::path& expected_file, std::string_view actual) {
  std::string expected;
  const bool exists = read_bytes(expected_file, expected);
  if (is_updating_golden()) {
    if (!exists || expected != actual) {
      write_bytes(expected_file, actual);
    }
    SUCCEED("written");
    return;
  }
  if (!exists) {
    FAIL_CHECK(shown_path(expected_file)
               << " is missing; to accept what follows, run ./dev golden-update\n"
               << actual);
    return;
  }
  if (expected != actual) {
    const std::string name = shown_path(expected_file);
    FAIL_CHECK("differs from " << name << "; to accept, run ./dev golden-update\n"
                               << output::unified_diff(expected, actual, name, "actual"));
    return;
  }
  SUCCEED("as expected");
}

auto list_inputs(const std::filesystem::path& folder, const std::vector<std::string>& endings)
    -> std::vector<std::filesystem::path> {
  std::vector<std::filesystem::path> inputs;
  for (auto& file : files_below(folder)) {
    const std::string name = file.filename().string();
    const auto matches = [&name](const std::string& ending) { return name.ends_with(ending); };
    if (std::ranges::any_of(endings, matches)) {
      inputs.push_back(std::move(file));
    }
  }
  if (inputs.empty()) {
    FAIL("no input in " << shown_path(folder));
  }
  return inputs;
}

void check_no_orphans(const std::filesystem::path& folder, std::string_view ending,
                      const std::vector<std::filesystem::path>& expected_files) {
  for (const auto& file : files_below(folder)) {
    const bool is_expected = std::ranges::find(expected_files, file) != expected_files.end();
    if (!file.filename().string().ends_with(ending) || is_expected) {
      continue;
    }
    if (is_updating_golden()) {
      std::filesystem::remove(file);
    } else {
      FAIL_CHECK(shown_path(file) << " has no input any more; run ./dev golden-update");
    }
  }
}

}  // namespace fedgate::test
