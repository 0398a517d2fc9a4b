// Replaces one file in one step.
#pragma once

#include <string>
#include <string_view>

namespace fedgate::output {

// Writes `text` to a new file beside `path`, syncs it and renames it over `path`, so that a reader
// sees the old bytes or the new ones. A symbolic link stays one: the file that it names is
// replaced. An existing file keeps its permissions. Throws Failure, and leaves the old file whole.
void replace_file(const std::string& path, std::string_view text);

}  // namespace fedgate::output
