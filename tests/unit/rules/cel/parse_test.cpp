#include "rules/cel/parse.h"

#include <string>
#include <string_view>

#include "tests/support/catch.h"
#include "tests/unit/rules/cel/run.h"

namespace fedgate::cel {
namespace {

// The first issue as `begin-end message`, or `fine`.
auto parse_issue(std::string_view expression) -> std::string {
  const auto ast = parse(expression, Limits());
  if (ast) {
    return "fine";
  }
  const Issue& issue = ast.error().back();
  return std::to_string(issue.begin) + "-" + std::to_string(issue.end) + " " + issue.message;
}

auto repeat(std::string_view text, std::size_t count) -> std::string {
  std::string result;
  for (std::size_t i = 0; i < count; ++i) {
    result += text;
  }
  return result;
}

TEST_CASE("literals have the values that they spell") {
  struct Row {
    std::string_view expression;
    std::string_view value;
  };
  const auto row = GENERATE(values<Row>({
      {"0", "0"},
      {"-9223372036854775808", "-9223372036854775808"},
      {"9223372036854775807", "9223372036854775807"},
      {"0xfF", "255"},
      {"-0x8000000000000000", "-9223372036854775808"},
      {"- // minus\n 5", "-5"},
      {"4--4", "8"},
      {"--5", "5"},
      {"18446744073709551615u", "18446744073709551615u"},
      {"0x10U", "16u"},
      {"1.5", "1.5"},
      {".25", "0.25"},
      {"1e3", "1000.0"},
      {"2.5E-3", "0.0025"},
      {"1e-400", "0.0"},
      {"true", "true"},
      {"null", "null"},
      {"truest", "error"},
      {"'a\"b'", R"("a"b")"},
      {R"("\x41\u00e9\U0001F600\101\?\`")", "\"A\u00e9\U0001F600A?`\""},
      {R"(r'\n')", R"("\n")"},
      {"'''a\n'b'''", "\"a\n'b\""},
      {R"("""a""b""")", R"("a""b")"},
      {R"(b'\xff\101é')",
       "b\"\xff"
       "A\u00e9\""},
      {R"(bR"\x")", R"(b"\x")"},
      {"''", "\"\""},
  }));
  CAPTURE(row.expression);
  CHECK(run_dynamic(row.expression) == row.value);
}

TEST_CASE("operators bind as tightly as CEL says") {
  struct Row {
    std::string_view expression;
    std::string_view value;
  };
  const auto row = GENERATE(values<Row>({
      {"1 + 2 * 3", "7"},
      {"(1 + 2) * 3", "9"},
      {"10 - 3 - 2", "5"},
      {"100 / 10 / 5", "2"},
      {"1 < 2 == true", "true"},
      {"true || false && false", "true"},
      {"false ? 1 : true ? 2 : 3", "2"},
      {"!true || true", "true"},
      {"!!true", "true"},
      {"-(1) - -1", "0"},
      {"[1, 2,][1]", "2"},
      {"[,]", "[]"},
      {"{'a': 1,}.a", "1"},
      {"1 in [1] && !(2 in[1])", "true"},
      {"{'a b': 1}.`a b`", "1"},
      {"{'for': 1}.for", "1"},
      {"size ( 'a' ) // comment", "1"},
      {"true ? [1][0] : {1: 2}[1]", "1"},
  }));
  CAPTURE(row.expression);
  CHECK(run_dynamic(row.expression) == row.value);
}

TEST_CASE("a syntax error names the place and what was expected there") {
  struct Row {
    std::string_view expression;
    std::string_view issue;
  };
  const auto row = GENERATE(values<Row>({
      {"", "0-0 expected an expression, got the end of the expression"},
      {"1 +", "3-3 expected an operand, got the end of the expression"},
      {"1 + + 2", "4-5 expected an operand, got `+`"},
      {"a b", "2-3 expected an operator or the end, got `b`"},
      {"a | b", "2-3 expected an operator or the end, got `|`"},
      {"f(1", "3-3 expected `,` or `)`, got the end of the expression"},
      {"(1", "2-2 expected `)`, got the end of the expression"},
      {"[1 2]", "3-4 expected `,` or `]`, got `2`"},
      {"a[1", "3-3 expected `]`, got the end of the expression"},
      {"{'a' 1}", "5-6 expected `:`, got `1`"},
      {"{1: 2", "5-5 expected `,` or `}`, got the end of the expression"},
      {"a ? b", "5-5 expected `:`, got the end of the expression"},
      {"a.", "2-2 expected the name of a field or a method, got the end of the expression"},
      {"a.true", "2-6 expected the name of a field or a method, got `true`"},
      {"a.?1", "3-4 expected the name of a field, got `1`"},
      {"a.`x", "4-4 expected a backtick, got the end of the expression"},
      {"'abc", "4-4 expected a closing `'`, got the end of the expression"},
      {"'''abc'", "7-7 expected a closing `'''`, got the end of the expression"},
      {"-!a", "1-2 expected an operand, got `!`"},
      {"a.`b`()", "5-6 expected an operator or the end, got `(`"},
      {"ü", "0-2 expected an expression, got `ü`"},
      {"f(1,)", "4-5 expected an expression, got `)`"},
      {"1.", "2-2 expected the name of a field or a method, got the end of the expression"},
      {"\x01", "0-1 expected an expression, got a control character"},
  }));
  CAPTURE(row.expression);
  CHECK(parse_issue(row.expression) == row.issue);
}

TEST_CASE("wrong literals, words and macros are issues of their own place") {
  struct Row {
    std::string_view expression;
    std::string_view issue;
  };
  const auto row = GENERATE(values<Row>({
      {"1 + 9223372036854775808", "4-23 `9223372036854775808` is out of range for int"},
      {"-9223372036854775809", "0-20 `-9223372036854775809` is out of range for int"},
      {"0x1FFFFFFFFFFFFFFFFu", "0-20 `0x1FFFFFFFFFFFFFFFFu` is out of range for uint"},
      {"1.99e90000009", "0-13 `1.99e90000009` is out of range for double"},
      {R"('a\q')", R"(2-4 `\q` is no escape in a string literal)"},
      {R"('\xF')", R"(1-4 `\xF` has too few digits in a string literal)"},
      {R"('\ud800')", R"(1-7 `\ud800` is no Unicode character in a string literal)"},
      {R"(b'\u0041')",
       R"(2-8 `\u0041` names a code point, which bytes cannot hold in a bytes literal)"},
      {"a + while", "4-9 `while` is a reserved word"},
      {"[1].map(var, 1)", "8-11 `var` is a reserved word"},
      {"[1].all(a.b, true)", "8-11 the variable of a macro must be a simple name"},
      {"[1].all(i, i, true)", "11-12 the two variables of a macro must have different names"},
      {"has(a)", "4-5 `has` takes the selection of a field, as in `has(a.b)`"},
      {"'\xff'", "1-2 the expression is not valid UTF-8"},
  }));
  CAPTURE(row.expression);
  CHECK(parse_issue(row.expression) == row.issue);
}

TEST_CASE("what is nested or large is accepted up to the limits") {
  CHECK(parse_issue(repeat("(", 200) + "1" + repeat(")", 200)) == "fine");
  CHECK(parse_issue(repeat("(", 260) + "1" + repeat(")", 260)) ==
        "250-250 the expression is nested too deeply");
  CHECK(parse_issue(repeat("-", 200) + "a") == "fine");
  CHECK(parse_issue(repeat("!", 260) + "a") == "10-261 the expression is nested too deeply");
  CHECK(parse_issue("a" + repeat(" + a", 200)) == "fine");
  CHECK(parse_issue("a" + repeat(".b", 300)).ends_with("the expression is nested too deeply"));
  CHECK(parse_issue(repeat("a ? b : ", 240) + "c") == "fine");
  // A conjunction is one level, however long it is.
  CHECK(parse_issue("a" + repeat(" && a", 3'000)) == "fine");
  CHECK(parse_issue("a" + repeat(" && a", 25'000)).ends_with("the expression is too long"));
  CHECK(parse_issue("[" + repeat("1,", 25'000) + "]").ends_with("has too many parts"));
}

}  // namespace
}  // namespace fedgate::cel
