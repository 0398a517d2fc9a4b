#include "compiler/output/replace_file.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "schema/base/failure.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"

using namespace fedgate;
using test::TemporaryFolder;

namespace {

namespace fs = std::filesystem;

auto text_of(const fs::path& path) -> std::string {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

auto entries_in(const fs::path& folder) -> std::ptrdiff_t {
  return std::distance(fs::directory_iterator(folder), fs::directory_iterator());
}

}  // namespace

TEST_CASE("files are replaced behind links, with their permissions", "[output]") {
  const TemporaryFolder folder;
  const fs::path real = folder.write("real/a.yaml", "old");
  fs::permissions(real, fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink("real/a.yaml", folder.path() / "link.yaml");
  const fs::path other = folder.write("b.yaml", "old");
  output::replace_files({{folder / "link.yaml", "new a"}, {other.string(), "new b"}});
  CHECK(text_of(real) == "new a");
  CHECK(text_of(other) == "new b");
  CHECK(fs::is_symlink(folder.path() / "link.yaml"));
  CHECK(fs::status(real).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
}

TEST_CASE("where one file cannot be replaced, none is", "[output]") {
  const TemporaryFolder folder;
  const fs::path first = folder.write("a.yaml", "old");
  fs::create_directory(folder.path() / "z.yaml");
  CHECK_THROWS_AS(output::replace_files({{first.string(), "new"}, {folder / "z.yaml", "new"}}),
                  Failure);
  CHECK_THROWS_AS(
      output::replace_files({{first.string(), "new"}, {folder / "missing/z.yaml", "new"}}),
      Failure);
  CHECK(text_of(first) == "old");
  CHECK(entries_in(folder.path()) == 2);
}

TEST_CASE("a file is made only where nothing stands", "[output]") {
  const TemporaryFolder folder;
  CHECK(output::create_file(folder / "a.yaml", "text"));
  CHECK(text_of(folder / "a.yaml") == "text");
  CHECK_FALSE(output::create_file(folder / "a.yaml", "other"));
  CHECK(text_of(folder / "a.yaml") == "text");
  CHECK_THROWS_AS(output::create_file(folder / "missing/a.yaml", "text"), Failure);
}
