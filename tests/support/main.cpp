// The test runner: Catch2's own command line plus --update-golden.
// NOLINTNEXTLINE(readability-identifier-naming): the name is Catch2's.
#define CATCH_CONFIG_RUNNER
// A diff in a failure message keeps its lines whole.
#define CATCH_CONFIG_CONSOLE_WIDTH 240
#include "tests/support/catch.h"
#include "tests/support/golden.h"

auto main(int argc, char* argv[]) -> int {
  Catch::Session session;
  bool update_golden = false;
#if __has_include(<catch2/catch_all.hpp>)
  using Catch::Clara::Opt;
#else
  using Catch::clara::Opt;
#endif
  session.cli(session.cli() | Opt(update_golden)["--update-golden"](
                                  "write expected files instead of comparing with them"));
  const int usage = session.applyCommandLine(argc, argv);
  if (usage != 0) {
    return usage;
  }
  fedgate::test::set_update_golden(update_golden);
  return session.run();
}
