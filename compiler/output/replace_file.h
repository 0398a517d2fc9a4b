// Single files beside a folder of artifacts: made, or replaced in one step.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace fedgate::output {

// Makes a file with these bytes; false, and nothing done, where something stands at `path`. Throws
// Failure where the folder is missing or cannot be written to.
[[nodiscard]] auto create_file(const std::string& path, std::string_view text) -> bool;

// Writes `text` to a new file beside `path`, syncs it and renames it over `path`, so that a reader
// sees the old bytes or the new ones. A symbolic link stays one: the file that it names is
// replaced. An existing file keeps its permissions. Throws Failure, and leaves the old file whole.
void replace_file(const std::string& path, std::string_view text);

// The same for several, by path: all new files are whole on disk before the first one takes its
// place, so that a full disk or a folder that cannot be written to leaves every old file.
void replace_files(const std::map<std::string, std::string>& texts);

}  // namespace fedgate::output
