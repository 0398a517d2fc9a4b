// The operators, macros and error semantics of the language.
#include <string_view>

#include "tests/support/catch.h"
#include "tests/unit/rules/cel/run.h"

namespace fedgate::cel {
namespace {

struct EvaluationRow {
  std::string_view expression;
  std::string_view value;
};

TEST_CASE("arithmetic stays within its type and its range") {
  const auto row = GENERATE(values<EvaluationRow>({
      {"7 / 2", "3"},
      {"-7 / 2", "-3"},
      {"-7 % 3", "-1"},
      {"7u % 4u", "3u"},
      {"1 / 0", "error"},
      {"1 % 0", "error"},
      {"1u / 0u", "error"},
      {"1.0 / 0.0", "Infinity"},
      {"-1.0 / 0.0", "-Infinity"},
      {"0.0 / 0.0", "NaN"},
      {"1.5 % 1.0", "error"},
      {"9223372036854775807 + 1", "error"},
      {"-9223372036854775808 - 1", "error"},
      {"9223372036854775807 * 2", "error"},
      {"-9223372036854775808 / -1", "error"},
      {"-9223372036854775808 % -1", "error"},
      {"-(-9223372036854775808)", "error"},
      {"1u - 2u", "error"},
      {"18446744073709551615u + 1u", "error"},
      {"-1u", "error"},
      {"1 + 1u", "error"},
      {"1 + 1.0", "error"},
      {"'a' + 'b'", R"("ab")"},
      {"b'a' + b'b'", R"(b"ab")"},
      {"'a' + b'b'", "error"},
      {"'a' - 'b'", "error"},
      {"[1] + ['a']", R"([1, "a"])"},
      {"[1] * [2]", "error"},
      {"1.0 + 0.5 * 2.0 - 1.0", "1.0"},
  }));
  CAPTURE(row.expression);
  CHECK(run_dynamic(row.expression) == row.value);
}

TEST_CASE("equality is by value across numbers, by content of lists and maps, and never an error") {
  const auto row = GENERATE(values<EvaluationRow>({
      {"1 == 1u", "true"},
      {"1 == 1.0", "true"},
      {"1u != 1.5", "true"},
      {"1 == '1'", "false"},
      {"null == false", "false"},
      {"0.0 == -0.0", "true"},
      {"0.0 / 0.0 == 0.0 / 0.0", "false"},
      {"[0.0 / 0.0] == [0.0 / 0.0]", "false"},
      {"[1, [2u]] == [1.0, [2]]", "true"},
      {"[1] == [1, 2]", "false"},
      {"{'a': 1, 'b': 2} == {'b': 2.0, 'a': 1u}", "true"},
      {"{1: 'x'} == {1u: 'x'}", "true"},
      {"{1: 'x'} == {2: 'x'}", "false"},
      {"b'a' == b'a'", "true"},
      {"type(1) == int && type(type(1)) == type", "true"},
      {"timestamp(0) == timestamp('1970-01-01T00:00:00Z')", "true"},
      {"duration('60s') != duration('1m')", "false"},
      {"(1 / 0) == 1", "error"},
  }));
  CAPTURE(row.expression);
  CHECK(run_dynamic(row.expression) == row.value);
}

TEST_CASE("order is defined within a type and across numbers") {
  const auto row = GENERATE(values<EvaluationRow>({
      {"1 < 1.5", "true"},
      {"2u > 1", "true"},
      {"-1 < 0u", "true"},
      {"9223372036854775807 < 9223372036854775808u", "true"},
      {"9223372036854775807 < 9223372036854775808.0", "false"},
      {"9223372036854775807 >= 9223372036854775808.0", "true"},
      {"18446744073709551615u < 18446744073709551616.0", "false"},
      {"18446744073709551615u < 18446744073709555712.0", "true"},
      {"1 < 0.0 / 0.0", "false"},
      {"1 >= 0.0 / 0.0", "false"},
      {"'a' < 'b' && 'a' < 'aa' && 'Z' < 'a'", "true"},
      {"b'\\x01' > b'\\x00\\xff'", "true"},
      {"false < true", "true"},
      {"duration('-1s') < duration('0s')", "true"},
      {"timestamp(1) <= timestamp(1)", "true"},
      {"[1] < [2]", "error"},
      {"null < null", "error"},
      {"'1' < 2", "error"},
  }));
  CAPTURE(row.expression);
  CHECK(run_dynamic(row.expression) == row.value);
}

TEST_CASE("logical operators absorb errors where the other side decides") {
  const auto row = GENERATE(values<EvaluationRow>({
      {"false && 1 / 0 == 1", "false"},
      {"1 / 0 == 1 && false", "false"},
      {"1 / 0 == 1 && true", "error"},
      {"true || unknown", "true"},
      {"unknown || true", "true"},
      {"unknown(1) || false", "error"},
      {"'a' && false", "false"},
      {"true || 32", "true"},
      {"'a' || false", "error"},
      {"true && true && 1 / 0 > 0 && false", "false"},
      {"true ? 1 : 1 / 0", "1"},
      {"false ? 1 / 0 : 2", "2"},
      {"1 / 0 > 0 ? 1 : 2", "error"},
      {"1 ? 1 : 2", "error"},
      {"!1", "error"},
      {"!(1 / 0 > 0)", "error"},
  }));
  CAPTURE(row.expression);
  CHECK(run_dynamic(row.expression) == row.value);
}

TEST_CASE("elements and entries are found by index and key") {
  const auto row = GENERATE(values<EvaluationRow>({
      {"[1, 2, 3][1]", "2"},
      {"[1, 2, 3][1u]", "2"},
      {"[1, 2, 3][2.0]", "3"},
      {"[1, 2, 3][0.5]", "error"},
      {"[1, 2, 3][3]", "error"},
      {"[1, 2, 3][-1]", "error"},
      {"[1]['a']", "error"},
      {"{1: 'a', 2u: 'b'}[2]", R"("b")"},
      {"{1: 'a', 2u: 'b'}[1.0]", R"("a")"},
      {"{1: 'a'}[1.5]", "error"},
      {"{'a': {'b': 2}}.a.b", "2"},
      {"{'a': 1}.b", "error"},
      {"{'a': 1}[b'a']", "error"},
      {"{true: 1}[true]", "1"},
      {"'abc'[0]", "error"},
      {"'abc'.size", "error"},
      {"1 in {1: 2}", "true"},
      {"1.0 in {1u: 2}", "true"},
      {"b'' in {1: 2}", "false"},
      {"1.0 in [0, 1u]", "true"},
      {"'a' in [1, null]", "false"},
      {"1 in 1", "error"},
      {"{1.5: 1}", "error"},
      {"{null: 1}", "error"},
      {"{0: 1, 0u: 2}", "error"},
      {"{'a': 1, 'b': 2, 'a': 3}", "error"},
      {"has({'a': null}.a)", "true"},
      {"has({'a': 1}.b)", "false"},
      {"has({'a': {}}.b.c)", "error"},
      {"has([1].a)", "error"},
  }));
  CAPTURE(row.expression);
  CHECK(run_dynamic(row.expression) == row.value);
}

TEST_CASE("macros over lists and maps") {
  const auto row = GENERATE(values<EvaluationRow>({
      {"[1, 2].all(x, x > 0)", "true"},
      {"[].all(x, 1 / 0 > 0)", "true"},
      {"[0, 1].all(x, 1 / x > 1)", "false"},
      {"[0, 1].all(x, 1 / x > 0)", "error"},
      {"[1].all(x, 1)", "error"},
      {"[0, 2].exists(x, 4 / x == 2)", "true"},
      {"[0, 2].exists(x, 4 / x == 3)", "error"},
      {"[].exists(x, true)", "false"},
      {"{'a': 1}.exists(k, k == 'a')", "true"},
      {"1.all(x, true)", "error"},
      {"[1, 2, 2].exists_one(x, x == 1)", "true"},
      {"[1, 2, 2].existsOne(x, x == 2)", "false"},
      {"[1, 0].exists_one(x, 1 / x == 1)", "error"},
      {"[1, 2, 3].filter(x, x % 2 == 1)", "[1, 3]"},
      {"[1, 2].filter(x, 1)", "error"},
      {"{'a': 1, 'b': 2}.filter(k, k > 'a')", R"(["b"])"},
      {"[1, 2].map(x, x * x)", "[1, 4]"},
      {"[1, 2, 3].map(x, x > 1, x * 10)", "[20, 30]"},
      {"[1, 0].map(x, 1 / x)", "error"},
      {"[[1, 2], [3]].map(l, l.map(x, x + l.size()))", "[[3, 4], [4]]"},
      {"[1].exists(x, [2].exists(x, x == 2) && x == 1)", "true"},
      {"[3, 4].all(i, v, v == i + 3)", "true"},
      {"{'a': 1}.all(k, v, k == 'a' && v == 1)", "true"},
      {"[5, 6].exists(i, v, i == 1 && v == 6)", "true"},
      {"[5, 6].existsOne(i, v, v > 4)", "false"},
      {"[5, 6].transformList(i, v, v * i)", "[0, 6]"},
      {"{'a': 1}.transformList(k, v, v > 1, k)", "[]"},
      {"{'a': 1, 'b': 2}.transformMap(k, v, v > 1, k + k)", R"({"b": "bb"})"},
      {"['x'].transformMap(i, v, v)", R"({0: "x"})"},
      {"{'a': 1}.transformMapEntry(k, v, {v: k})", R"({1: "a"})"},
      {"{'a': 1, 'b': 1}.transformMapEntry(k, v, {v: k})", "error"},
      {"cel.bind(x, 2, x * x)", "4"},
      {"cel.bind(x, 1 / 0, true)", "true"},
      {"cel.bind(x, 1, cel.bind(y, x + 1, [x, y]))", "[1, 2]"},
      {"cel.bind(x, 1, [x].map(x, x + 1) + [x])", "[2, 1]"},
  }));
  CAPTURE(row.expression);
  CHECK(run_dynamic(row.expression) == row.value);
}

TEST_CASE("optionals chain, and are empty instead of failing") {
  const auto row = GENERATE(values<EvaluationRow>({
      {"optional.none()", "none"},
      {"optional.of(null)", "optional(null)"},
      {"optional.ofNonZeroValue('')", "none"},
      {"optional.ofNonZeroValue(duration('0s'))", "none"},
      {"optional.ofNonZeroValue([0])", "optional([0])"},
      {"{'a': 1}.?a", "optional(1)"},
      {"{'a': 1}.?b", "none"},
      {"{'a': {'b': 2}}.?a.b", "optional(2)"},
      {"{'a': {'b': 2}}.?a.?c.d", "none"},
      {"[1][?0]", "optional(1)"},
      {"[1][?1]", "none"},
      {"[1][?'a']", "error"},
      {"{1: 2}[?1u]", "optional(2)"},
      {"optional.of([7])[0]", "optional(7)"},
      {"optional.of([7])[3]", "none"},
      {"1.?a", "error"},
      {"optional.none().hasValue()", "false"},
      {"optional.none().value()", "error"},
      {"optional.none().orValue(5)", "5"},
      {"optional.of(4).orValue(1 / 0)", "4"},
      {"optional.none().or(optional.of(3)).value()", "3"},
      {"optional.of(1).or(1 / 0)", "optional(1)"},
      {"optional.none().or(1)", "error"},
      {"optional.of(2).optMap(x, x + 1)", "optional(3)"},
      {"optional.none().optMap(x, x + 1)", "none"},
      {"optional.of({}).optFlatMap(m, m.?a)", "none"},
      {"optional.of(1).optFlatMap(x, x)", "error"},
      {"[?optional.of(1), 2, ?optional.none()]", "[1, 2]"},
      {"{?'a': optional.none(), ?'b': optional.of(2)}", R"({"b": 2})"},
      {"[?1]", "error"},
      {"has({'a': {}}.?a.b)", "false"},
      {"has(optional.none().b)", "false"},
      {"optional.of(1) == optional.of(1u)", "true"},
      {"optional.of(1) == optional.none()", "false"},
      {"optional.unwrap([optional.of(1), optional.none()])", "[1]"},
      {"[optional.of(1)].unwrapOpt()", "[1]"},
      {"type(optional.none()) == optional_type", "true"},
  }));
  CAPTURE(row.expression);
  CHECK(run_dynamic(row.expression) == row.value);
}

TEST_CASE("names are looked up from the innermost scope outwards") {
  Environment environment;
  environment.set_container("a.b");
  environment.declare("a.b.x", Type::integer());
  environment.declare("a.x", Type::integer());
  environment.declare("x", Type::integer());
  environment.declare("p.q", Type::map(Type::string(), Type::integer()));
  environment.declare("p.q.r", Type::integer());
  const std::vector<MapEntry> entries = {{Value::string("r"), Value::integer(50)},
                                         {Value::string("s"), Value::integer(60)}};
  Arena arena;
  const std::vector<Value> variables = {Value::integer(1), Value::integer(2), Value::integer(3),
                                        map_of_entries(entries, arena), Value::integer(40)};
  const auto row = GENERATE(values<EvaluationRow>({
      {"x", "1"},
      {".x", "3"},
      {"a.x", "2"},
      {"b.x", "1"},
      {"p.q.r", "40"},
      {"p.q.s", "60"},
      {"p.q['r']", "50"},
      {"[7].map(x, x)", "[7]"},
      {"[7].map(x, .x)", "[3]"},
      {"[{'q': 1}].map(p, p.q)", "[1]"},
      {"google.protobuf.Timestamp", "type(google.protobuf.Timestamp)"},
  }));
  CAPTURE(row.expression);
  const auto program = compile(row.expression, environment);
  REQUIRE(program.has_value());
  CHECK(show(program->evaluate(variables, arena)) == row.value);
}

}  // namespace
}  // namespace fedgate::cel
