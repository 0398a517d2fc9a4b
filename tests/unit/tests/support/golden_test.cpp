#include "tests/support/golden.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>
#include <vector>

#include <unistd.h>

#include "tests/support/catch.h"

using namespace fedgate::test;

namespace {

// A folder of its own for each test, removed at its end, also when the test fails as it should.
class Scratch {
 public:
  Scratch()
      : folder_(std::filesystem::temp_directory_path() /
                ("fedgate-golden-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder_);
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch(Scratch&&) = delete;
  auto operator=(const Scratch&) -> Scratch& = delete;
  auto operator=(Scratch&&) -> Scratch& = delete;

  [[nodiscard]] auto file(const std::string& name, const std::string& text) const
      -> std::filesystem::path {
    const auto path = folder_ / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  [[nodiscard]] auto folder() const -> std::filesystem::path { return folder_; }

 private:
  std::filesystem::path folder_;
};

// While golden files are being written nothing is compared, so a test that has to fail does so
// here.
void compare_only() {
  if (is_updating_golden()) {
    FAIL("golden files are being written");
  }
}

}  // namespace

TEST_CASE("golden: equal text passes, inputs come sorted, outputs of inputs are no orphans") {
  const Scratch scratch;
  const auto second = scratch.file("b.yaml", "");
  const auto first = scratch.file("a/z.yaml", "");
  const auto expected = scratch.file("b.out", "text\r\nwithout end");
  check_golden(expected, "text\r\nwithout end");
  CHECK(list_inputs(scratch.folder(), {".yaml", ".yml"}) == std::vector{first, second});
  check_no_orphans(scratch.folder(), ".out", {expected});
}

TEST_CASE("golden: other text fails", "[!shouldfail]") {
  compare_only();
  const Scratch scratch;
  check_golden(scratch.file("a.out", "one\n"), "two\n");
}

TEST_CASE("golden: text that differs in the last line's end fails", "[!shouldfail]") {
  compare_only();
  const Scratch scratch;
  check_golden(scratch.file("a.out", "one\n"), "one");
}

TEST_CASE("golden: a missing expected file fails", "[!shouldfail]") {
  compare_only();
  const Scratch scratch;
  check_golden(scratch.folder() / "a.out", "");
}

TEST_CASE("golden: an orphan fails", "[!shouldfail]") {
  compare_only();
  const Scratch scratch;
  static_cast<void>(scratch.file("a.out", "one\n"));
  check_no_orphans(scratch.folder(), ".out", {scratch.folder() / "b.out"});
}

TEST_CASE("golden: a folder without input fails", "[!shouldfail]") {
  compare_only();
  const Scratch scratch;
  static_cast<void>(list_inputs(scratch.folder(), {".yaml"}));
}
