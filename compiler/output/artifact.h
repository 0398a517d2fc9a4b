// Artifact: one output file of `compile`, before it is on disk. Emitters make them; folder.h writes
// and compares them.
#pragma once

#include <string>

namespace fedgate::output {

struct Artifact {
  std::string
      path;  // relative, with `/` between its components, none of which is empty, `.` or `..`
  std::string text;
};

// The artifact that lists all others: `{"artifacts": [{"path": …, "size": …, "sha256": …}, …], …}`.
// A folder of artifacts is recognized by it, and a file belongs to fedgate where it is listed.
inline constexpr const char* kManifestPath = "manifest.json";

}  // namespace fedgate::output
