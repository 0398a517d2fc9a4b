#include "compiler/emit/quote/powershell.h"

#include "tests/support/catch.h"
#include "tests/unit/compiler/emit/compiled.h"

namespace fedgate {
namespace {

using emit::quote::powershell;

// What PowerShell makes of a verbatim string, by the language specification 3.0, section 2.3.5.2:
// each pair of single quotes, of whatever form, stands for its second one. Empty optional: the
// string ends before its last character, or never.
auto powershell_back(const std::string& literal) -> std::optional<std::string> {
  const auto quote_at = [&literal](std::size_t at) -> std::size_t {
    for (const std::string_view one : {"'", "‘", "’", "‚", "‛"}) {
      if (std::string_view(literal).substr(at).starts_with(one)) {
        return one.size();
      }
    }
    return 0;
  };
  std::string value;
  std::size_t at = quote_at(0);
  if (at == 0) {
    return std::nullopt;
  }
  while (at < literal.size()) {
    const std::size_t length = quote_at(at);
    if (length == 0) {
      value += literal[at++];
      continue;
    }
    const std::size_t second = at + length < literal.size() ? quote_at(at + length) : 0;
    if (second == 0) {
      return at + length == literal.size() ? std::optional(value) : std::nullopt;
    }
    value += literal.substr(at + length, second);
    at += length + second;
  }
  return std::nullopt;
}

TEST_CASE("each form of single quote is doubled, and nothing else is touched") {
  using Row = std::pair<std::string, std::string>;
  const auto [text, literal] = GENERATE(values<Row>({
      {"", "''"},
      {"contoso", "'contoso'"},
      {"it's", "'it''s'"},
      {"‘", "'‘‘'"},
      {"’", "'’’'"},
      {"‚", "'‚‚'"},
      {"‛", "'‛‛'"},
      {"“”„\"", "'“”„\"'"},
      {"‗†", "'‗†'"},
      {"$(x) `n ${ENV::x}", "'$(x) `n ${ENV::x}'"},
      {"c:\\new\\", "'c:\\new\\'"},
  }));
  CHECK(powershell(text) == literal);
}

TEST_CASE("PowerShell reads every text back") {
  for (const std::string& text : test::hostile_texts()) {
    INFO(text);
    CHECK(powershell_back(powershell(text)) == text);
    CHECK(powershell_back(powershell(text + text)) == text + text);
  }
  CHECK(powershell_back("'a’b'") == std::nullopt);
}

TEST_CASE("a comment is one line that is no directive") {
  CHECK(emit::quote::powershell_comment("requires -Version 9") == "# requires -Version 9");
  CHECK(emit::quote::powershell_comment("it’s") == "# it’s");
}

}  // namespace
}  // namespace fedgate
