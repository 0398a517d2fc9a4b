// Which files a run reads, and reading them. The command line calls this first; then comes
// yaml::read for each file.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "schema/base/expected.h"
#include "schema/diag/sink.h"
#include "schema/source/file_system.h"
#include "schema/source/source_file.h"

namespace fedgate::source {

// The path that stands for standard input, and the name of that file in findings.
inline constexpr std::string_view kStandardInput = "-";
inline constexpr std::string_view kStandardInputName = "<stdin>";

// The most bytes of one file that are read.
inline constexpr std::size_t kLargestFile = std::size_t{64} << 20U;

// A path on the command line that gives nothing to read: wrong usage, not a finding.
struct PathError {
  enum class Kind {
    missing,  // Nothing is there.
    no_spec,  // A folder without any *.yaml or *.yml below it.
    outside,  // A link below a folder to a spec file that is not below it.
  } kind = Kind::missing;
  std::string path;

  // One sentence, lower-case start, no final period.
  [[nodiscard]] auto message() const -> std::string;
};

// The files to read for `paths`, each once, in the order of `paths`. A folder stands for every
// *.yaml and *.yml below it, hidden files and folders left out, sorted bytewise by path; a file
// named directly is read whatever its ending, a pipe or a link too; `-` is kept as it is. No path
// at all stands for the current folder. Throws Failure where a folder cannot be listed.
[[nodiscard]] auto find_spec_files(const FileSystem& files, std::span<const std::string> paths)
    -> Expected<std::vector<std::string>, PathError>;

struct LoadedSources {
  Sources sources;
  // The files that were read, in the order of the paths; one that is too large is a finding and
  // left out here.
  std::vector<FileId> readable;
};

// Reads `paths` (as find_spec_files orders them), many files by several threads. `standard_input`
// is the text for the path `-`. Throws Failure where a file cannot be read.
[[nodiscard]] auto load_sources(const FileSystem& files, std::span<const std::string> paths,
                                std::string standard_input, diag::Sink& sink) -> LoadedSources;

}  // namespace fedgate::source
