// Usage: write_folder_driver compile -o DIR SPEC
// Writes artifacts as `fedgate compile` does, without a spec language: SPEC holds three numbers,
// the version that is written into every artifact, how many artifacts there are, and their size.
// For tests that kill or starve the writing alone. Exit status as that of fedgate.
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "compiler/output/folder.h"
#include "schema/base/failure.h"
#include "tests/support/sample_artifacts.h"

namespace {

using namespace fedgate;

auto make_artifacts(std::istream& spec) -> std::vector<output::Artifact> {
  std::size_t version = 0;
  std::size_t count = 0;
  std::size_t size = 0;
  spec >> version >> count >> size;
  std::vector<output::Artifact> artifacts;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string text = fmt::format("version {} artifact {}\n", version, i);
    std::string whole;
    while (whole.size() < size) {
      whole += text;
    }
    // Some paths are in both versions, some in one.
    artifacts.push_back({i % 3 == 0 ? fmt::format("common/{}.txt", i)
                                    : fmt::format("version-{}/{}/{}.txt", version, i % 5, i),
                         std::move(whole)});
  }
  return test::with_manifest(std::move(artifacts));
}

}  // namespace

auto main(int argc, char* argv[]) -> int {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() != 4 || arguments[0] != "compile" || arguments[1] != "-o") {
    fmt::print(stderr, "usage: write_folder_driver compile -o DIR SPEC\n");
    return 2;
  }
  std::ifstream spec(arguments[3]);
  try {
    const auto written = output::write_folder(arguments[2], make_artifacts(spec));
    if (!written) {
      fmt::print(stderr, "{}\n", output::to_text(written.error(), arguments[2]));
      return 1;
    }
  } catch (const Failure& failure) {
    fmt::print(stderr, "{}\n", failure.what());
    return 3;
  }
  return 0;
}
