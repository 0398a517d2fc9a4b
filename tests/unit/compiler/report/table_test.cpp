#include "compiler/report/table.h"

#include <string>

#include "tests/support/catch.h"

using namespace fedgate;

TEST_CASE("cells of a Markdown table bring no tag and no link", "[report]") {
  struct Row {
    std::string about;
    std::string cell;
    std::string expected;
  };
  const auto row = GENERATE(values<Row>({
      {"plain", "a_b *c*", "a_b *c*"},
      {"a bar and a backslash", "a|b\\", "a\\|b\\\\"},
      {"a line end", "a\nb", "a b"},
      {"a tag", "<img src=x>", "\\<img src=x>"},
      {"a link", "[a](https://evil.example)", "\\[a](https://evil.example)"},
      {"a code span", "`a <= b[0]` < c", "`a <= b[0]` \\< c"},
      {"a bar in a code span", "`a || b`", "`a \\|\\| b`"},
      {"a backtick alone", "`<img>", "`\\<img>"},
      {"backticks that do not match", "``<a>`<b>", "``\\<a>`\\<b>"},
      {"a longer code span", "``<a>`<b>`` <c>", "``<a>`<b>`` \\<c>"},
  }));
  CAPTURE(row.about);
  const report::Table table{{"x"}, {{row.cell}}};
  CHECK(report::render(table, report::TableFormat::markdown) ==
        "| x |\n|---|\n| " + row.expected + " |\n");
}
