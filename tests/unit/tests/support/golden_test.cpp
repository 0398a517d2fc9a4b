#include "tests/support/golden.h"

#include <vector>

#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"

using namespace fedgate::test;

namespace {

// While golden files are being written nothing is compared, so a test that has to fail does so
// here.
void compare_only() {
  if (is_updating_golden()) {
    FAIL("golden files are being written");
  }
}

}  // namespace

TEST_CASE("golden: equal text passes, inputs come sorted, outputs of inputs are no orphans") {
  const TemporaryFolder scratch;
  const auto second = scratch.write("b.yaml", "");
  const auto first = scratch.write("a/z.yaml", "");
  const auto expected = scratch.write("b.out", "text\r\nwithout end");
  check_golden(expected, "text\r\nwithout end");
  CHECK(list_inputs(scratch.path(), {".yaml", ".yml"}) == std::vector{first, second});
  check_no_orphans(scratch.path(), ".out", {expected});
}

TEST_CASE("golden: other text fails", "[!shouldfail]") {
  compare_only();
  const TemporaryFolder scratch;
  check_golden(scratch.write("a.out", "one\n"), "two\n");
}

TEST_CASE("golden: text that differs in the last line's end fails", "[!shouldfail]") {
  compare_only();
  const TemporaryFolder scratch;
  check_golden(scratch.write("a.out", "one\n"), "one");
}

TEST_CASE("golden: a missing expected file fails", "[!shouldfail]") {
  compare_only();
  const TemporaryFolder scratch;
  check_golden(scratch.path() / "a.out", "");
}

TEST_CASE("golden: an orphan fails", "[!shouldfail]") {
  compare_only();
  const TemporaryFolder scratch;
  static_cast<void>(scratch.write("a.out", "one\n"));
  check_no_orphans(scratch.path(), ".out", {scratch.path() / "b.out"});
}

TEST_CASE("golden: a folder without input fails", "[!shouldfail]") {
  compare_only();
  const TemporaryFolder scratch;
  static_cast<void>(list_inputs(scratch.path(), {".yaml"}));
}
