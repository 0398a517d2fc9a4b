// Golden files: expected text that lies beside its input. A test computes the actual text and hands
// it to check_golden(); `./dev golden-update` accepts what the program says now.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace fedgate::test {

// The root of the source tree, for tests that read files of the repository.
[[nodiscard]] auto source_dir() -> std::filesystem::path;

// Set once by the runner, before any test.
void set_update_golden(bool update);
[[nodiscard]] auto is_updating_golden() -> bool;

// Reads a whole file as bytes. A file that cannot be read fails the running test.
[[nodiscard]] auto read_file(const std::filesystem::path& path) -> std::string;

// Fails the running test unless the file holds exactly `actual`; the message is a unified diff and
// the command that accepts it. A missing file is a failure. Under --update-golden the file is
// written instead, and its folder made.
void check_golden(const std::filesystem::path& expected_file, std::string_view actual);

// Files below `folder` whose name ends in one of `endings` (".yaml"), sorted by path. A folder
// without any fails the running test, so that a wrong path cannot pass for success.
[[nodiscard]] auto list_inputs(const std::filesystem::path& folder,
                               const std::vector<std::string>& endings)
    -> std::vector<std::filesystem::path>;

// Fails the running test for each file below `folder` with `ending` (".out") that is not in
// `expected_files`: the output of an input that is gone. Under --update-golden it is deleted.
void check_no_orphans(const std::filesystem::path& folder, std::string_view ending,
                      const std::vector<std::filesystem::path>& expected_files);

}  // namespace fedgate::test
