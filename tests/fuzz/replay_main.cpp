// Runs a fuzz target once over every file of the folders and files named on the command line, so
// that the corpus is a test in every build, with any compiler.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int;

namespace {

auto list_files(const std::filesystem::path& path) -> std::vector<std::filesystem::path> {
  if (!std::filesystem::is_directory(path)) {
    return {path};
  }
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(path)) {
    if (entry.is_regular_file()) {
      files.push_back(entry.path());
    }
  }
  std::ranges::sort(files);
  return files;
}

// Returns false where the file cannot be read. The bytes are copied to memory of their exact size,
// so that a sanitizer sees a read past the end.
auto replay(const std::filesystem::path& file) -> bool {
  std::ifstream stream(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  if (!stream) {
    return false;
  }
  const std::vector<std::uint8_t> bytes(text.begin(), text.end());
  static_cast<void>(LLVMFuzzerTestOneInput(bytes.data(), bytes.size()));
  return true;
}

}  // namespace

auto main(int argc, char* argv[]) -> int {
  int runs = 0;
  for (const std::string& argument : std::vector<std::string>(argv + 1, argv + argc)) {
    for (const auto& file : list_files(argument)) {
      // Named before the run: after a crash the last line tells the input.
      static_cast<void>(std::fprintf(stderr, "%s\n", file.c_str()));
      if (!replay(file)) {
        static_cast<void>(std::fputs("cannot read the file\n", stderr));
        return 1;
      }
      ++runs;
    }
  }
  if (runs == 0) {
    static_cast<void>(std::fputs("no input: the corpus folder is empty\n", stderr));
    return 1;
  }
  static_cast<void>(std::printf("%d inputs replayed\n", runs));
  return 0;
}
