// The start of a run: files from a file system into an analysis. What the command line and the
// language server share.
#pragma once

#include <string>
#include <vector>

#include "compiler/pipeline.h"
#include "schema/source/file_system.h"

namespace fedgate::compiler {

// The files of a run, as find_spec_files() gives them.
struct RunFiles {
  std::vector<std::string> specs;
  // Read as rule packs, whatever they hold; one that is among `specs` counts as one of those.
  std::vector<std::string> rules;
  // The text for the path `-`.
  std::string standard_input;
};

// Reads all files and loads them (see load()). Throws Failure where a file cannot be read.
void load_files(Analysis& analysis, const source::FileSystem& files, RunFiles run);

}  // namespace fedgate::compiler
