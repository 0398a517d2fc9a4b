#include "compiler/emit/quote/markdown.h"

#include "tests/support/catch.h"
#include "tests/unit/compiler/emit/compiled.h"

namespace fedgate {
namespace {

using emit::quote::markdown_block;
using emit::quote::markdown_code;

// What a reader shows for `code` in a paragraph or table cell, by CommonMark 0.31, sections 6.1 and
// 2.5: a code span of one backtick is literal, `<code>` holds text with numeric references.
auto markdown_back(const std::string& code) -> std::string {
  if (code.starts_with('`')) {
    const std::string text = code.substr(1, code.size() - 2);
    CHECK(text.find_first_of("`|") == std::string::npos);
    return text;
  }
  REQUIRE(code.starts_with("<code>"));
  REQUIRE(code.ends_with("</code>"));
  const std::string inner = code.substr(6, code.size() - 13);
  std::string text;
  for (std::size_t at = 0; at < inner.size(); ++at) {
    if (inner[at] == '&') {
      const std::size_t end = inner.find(';', at);
      text += static_cast<char>(std::stoi(inner.substr(at + 2, end - at - 2)));
      at = end;
    } else {
      CHECK(std::string_view("<>`|\\*_[]").find(inner[at]) == std::string_view::npos);
      text += inner[at];
    }
  }
  return text;
}

TEST_CASE("inline code is a span where a span can show it") {
  using Row = std::pair<std::string, std::string>;
  const auto [text, code] = GENERATE(values<Row>({
      {"contoso.com", "`contoso.com`"},
      {"<b> & *x* _y_", "`<b> & *x* _y_`"},
      {"a|b", "<code>a&#124;b</code>"},
      {"`", "<code>&#96;</code>"},
      {"c:\\x\\", "`c:\\x\\`"},
      {" a", "<code>&#32;a</code>"},
  }));
  CHECK(markdown_code(text) == code);
}

TEST_CASE("inline code shows every text") {
  for (const std::string& text : test::hostile_texts()) {
    INFO(text);
    CHECK(markdown_back(markdown_code(text)) == text);
  }
}

TEST_CASE("a block's fence is longer than any run of backticks in it") {
  CHECK(markdown_block("powershell", "a\n") == "```powershell\na\n```\n");
  CHECK(markdown_block("", "````\n`\n") == "`````\n````\n`\n`````\n");
}

}  // namespace
}  // namespace fedgate
