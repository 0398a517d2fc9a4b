#include "compiler/emit/quote/lua.h"

#include "tests/support/catch.h"
#include "tests/unit/compiler/emit/compiled.h"

namespace fedgate {
namespace {

using emit::quote::lua;

// The value of a short literal string in double quotes (Lua 5.4 Reference Manual, section 3.1), for
// the two escapes that are used; the end-to-end tests read with Lua itself.
auto lua_back(const std::string& literal) -> std::string {
  REQUIRE(literal.size() >= 2);
  REQUIRE(literal.front() == '"');
  REQUIRE(literal.back() == '"');
  std::string value;
  for (std::size_t i = 1; i + 1 < literal.size(); ++i) {
    REQUIRE(literal[i] != '"');
    if (literal[i] == '\\') {
      ++i;
      REQUIRE(i + 1 < literal.size());
      REQUIRE((literal[i] == '"' || literal[i] == '\\'));
    }
    value += literal[i];
  }
  return value;
}

TEST_CASE("Lua strings stand in double quotes") {
  using Row = std::pair<std::string, std::string>;
  const auto [text, literal] = GENERATE(values<Row>({
      {"", R"("")"},
      {"it's", R"("it's")"},
      {R"(say "hi")", R"("say \"hi\"")"},
      {R"(c:\new\)", R"("c:\\new\\")"},
      {"]] --[[", R"("]] --[[")"},
      {"bücher", R"("bücher")"},
  }));
  CHECK(lua(text) == literal);
}

TEST_CASE("hostile texts come back from their Lua string") {
  for (const std::string& text : test::hostile_texts()) {
    CHECK(lua_back(lua(text)) == text);
  }
}

}  // namespace
}  // namespace fedgate
