#include "compiler/emit/quote/line.h"

#include <csignal>
#include <cstdio>

#include <sys/wait.h>
#include <unistd.h>

#include "compiler/emit/quote/inf.h"
#include "compiler/emit/quote/markdown.h"
#include "compiler/emit/quote/openssl_config.h"
#include "compiler/emit/quote/powershell.h"
#include "compiler/emit/quote/zone.h"
#include "tests/support/catch.h"
#include "tests/unit/compiler/emit/compiled.h"

namespace fedgate {
namespace {

namespace quote = emit::quote;

// Whether the call ends the process, tried in a child.
template <typename Call>
auto aborts(Call call) -> bool {
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    // The runner's own handler would report the signal as a failure of the test.
    static_cast<void>(std::signal(SIGABRT, SIG_DFL));
    static_cast<void>(std::freopen("/dev/null", "w", stderr));
    call();
    ::_exit(0);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

TEST_CASE("no quoting function takes a text that is not one visible line") {
  using Quote = std::string (*)(std::string_view);
  const std::vector<Quote> functions = {&quote::powershell,     &quote::powershell_comment,
                                        &quote::openssl_config, &quote::inf,
                                        &quote::x500_value,     &quote::zone_string,
                                        &quote::zone_comment,   &quote::markdown_code};
  const std::vector<std::string> texts = {"a\nb",  "a\rb",     "a\tb",     std::string("a\0b", 3),
                                          "a\x7F", "a\u0085b", "a\u2028b", "a\u202Eb",
                                          "a\xFF", "a\xE2\x80"};
  for (const Quote function : functions) {
    for (const std::string& text : texts) {
      CHECK(aborts([&] { static_cast<void>(function(text)); }));
    }
    CHECK_FALSE(aborts([&] { static_cast<void>(function("visible ‘text’")); }));
  }
}

TEST_CASE("an owner name with any special character is refused") {
  for (const std::string name : {"", ".", "a.", ".a", "a b", "a\"b", "a;b", "a\\b", "*.a", "é"}) {
    INFO(name);
    CHECK(aborts([&] { static_cast<void>(quote::zone_name(name)); }));
  }
}

TEST_CASE("UTF-16 files start with a mark and use surrogate pairs") {
  using namespace std::string_literals;
  CHECK(quote::to_utf16_file("a\n") ==
        "\xFF\xFE"
        "a\0\n\0"s);
  CHECK(quote::to_utf16_file("é😀") == "\xFF\xFE\xE9\x00\x3D\xD8\x00\xDE"s);
}

}  // namespace
}  // namespace fedgate
