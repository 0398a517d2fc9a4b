#include "compiler/run.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

#include "schema/source/spec_files.h"

namespace fedgate::compiler {

void load_files(Analysis& analysis, const source::FileSystem& files, RunFiles run) {
  std::vector<std::string> paths = run.specs;
  const std::set<std::string_view> specs(run.specs.begin(), run.specs.end());
  std::copy_if(run.rules.begin(), run.rules.end(), std::back_inserter(paths),
               [&](const std::string& path) { return !specs.contains(path); });
  source::LoadedSources loaded =
      source::load_sources(files, paths, std::move(run.standard_input), analysis.sink);
  analysis.sources = std::move(loaded.sources);
  std::set<source::FileId> packs;
  const std::set<std::string> rule_paths(
      paths.begin() + static_cast<std::ptrdiff_t>(run.specs.size()), paths.end());
  for (const source::FileId file : loaded.readable) {
    if (rule_paths.contains(analysis.sources[file].name)) {
      packs.insert(file);
    }
  }
  load(analysis, loaded.readable, packs);
}

}  // namespace fedgate::compiler
