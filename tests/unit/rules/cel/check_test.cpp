// What the checker says of expressions before they run: places, wording, suggestions, types.
#include "rules/cel/check.h"

#include <string>
#include <string_view>

#include "tests/support/catch.h"
#include "tests/unit/rules/cel/run.h"

namespace fedgate::cel {
namespace {

auto no_value(const void* /*object*/, Arena& /*arena*/) -> Value { return Value::null(); }

auto checked_peer() -> const RecordType& {
  static const RecordType type = {"peer", {{"tls", Type::string(), &no_value, nullptr, ""}}};
  return type;
}

auto checked_partner() -> const RecordType& {
  static const RecordType type = {
      "partner",
      {{"domain", Type::string(), &no_value, nullptr, ""},
       {"dialback", Type::boolean(), &no_value, nullptr, ""},
       {"limit", Type::integer(), &no_value, nullptr, ""},
       {"names", Type::list(Type::string()), &no_value, nullptr, ""},
       {"peer", Type::record(&checked_peer()), &no_value, nullptr, ""},
       {"tags", Type::map(Type::string(), Type::integer()), &no_value, nullptr, ""},
       {"until", Type::timestamp(), &no_value, nullptr, ""},
       {"address", Type::ip(), &no_value, nullptr, ""}}};
  return type;
}

auto checked_environment() -> Environment {
  Environment environment;
  environment.declare("partner", Type::record(&checked_partner()));
  environment.declare("as_of", Type::timestamp());
  environment.declare("any", Type::dyn());
  environment.add_function("subdomainOf", CallStyle::global,
                           {{{Type::string(), Type::string()}, Type::boolean(), nullptr}});
  return environment;
}

TEST_CASE("a wrong name is an issue at the name, with the nearest known one") {
  struct Row {
    std::string_view expression;
    std::string_view issue;
  };
  const auto row = GENERATE(values<Row>({
      {"partnr.domain", "0-6 unknown variable `partnr`; did you mean `partner`?"},
      {"partner.doman == 'x'", "8-13 `partner` has no field `doman`; did you mean `domain`?"},
      {"partner.peer.zzz", "13-16 `peer` has no field `zzz`"},
      {"has(partner.peer.tsl)", "17-20 `peer` has no field `tsl`; did you mean `tls`?"},
      {"partner.?pear", "9-13 `partner` has no field `pear`; did you mean `peer`?"},
      {"partner.domain.startWith('x')",
       "15-24 unknown function `startWith`; did you mean `startsWith`?"},
      {"partner.names.exist(n, true)", "14-19 unknown function `exist`; did you mean `exists`?"},
      {"subdomainof('a', 'b')", "0-11 unknown function `subdomainof`; did you mean `subdomainOf`?"},
      {"math.absolut(1)", "5-12 unknown function `math.absolut`; did you mean `math.abs`?"},
      {"math.cell(1.5)", "5-9 unknown function `math.cell`; did you mean `math.ceil`?"},
      {"contains('a', 'b')", "0-8 `contains` is called as a method: `x.contains(…)`"},
      {"'1.1.1.1'.isIP()", "10-14 `isIP` is called as a function: `isIP(…)`"},
      {"partner.names.all(n, m == 'x')", "21-22 unknown variable `m`"},
      {"[1].map(x)", "4-7 `map` takes other arguments"},
  }));
  CAPTURE(row.expression);
  CHECK(first_issue(row.expression, checked_environment()) == row.issue);
}

TEST_CASE("an impossible operation is an issue that names the types") {
  struct Row {
    std::string_view expression;
    std::string_view issue;
  };
  const auto row = GENERATE(values<Row>({
      {"partner.domain == 5", "15-17 no overload fits `string == int`"},
      {"partner.limit + 1.0", "14-15 no overload fits `int + double`"},
      {"partner.dialback && partner.domain", "20-34 expected bool, got string"},
      {"!partner.domain", "0-1 no overload fits `!string`"},
      {"partner.limit ? 1 : 2", "0-13 expected bool, got int"},
      {"true ? 1 : 'a'", "0-14 the branches differ in type: int and string"},
      {"partner.domain.size", "15-19 string has no fields"},
      {"partner.names.peer", "14-18 list(string) has no fields"},
      {"partner.names['a']", "13-18 a list is indexed by int, got string"},
      {"partner.tags[1]", "12-15 the keys of the map are string, got int"},
      {"partner[0]", "7-10 partner cannot be indexed"},
      {"1 in partner.names", "2-4 no overload fits `int in list(string)`"},
      {"partner.domain.startsWith(1)",
       "15-25 no overload fits `string.startsWith(int)`; known: `string.startsWith(string)`"},
      {"partner.names.all(n, n)", "21-22 expected bool, got string"},
      {"partner.names.all(n, n > 1)", "23-24 no overload fits `string > int`"},
      {"partner.domain.all(c, true)", "15-18 `all` works on a list or a map, got string"},
      {"partner.names.optMap(n, n)", "14-20 `optMap` works on an optional, got list(string)"},
      {"{1.5: 2}", "1-4 map keys must be bool, int, uint or string, got double"},
      {"[?1]", "2-3 an entry after `?` must be optional, got int"},
      {"partner.domain.matches('(')", "23-26 invalid pattern of `matches`: missing ): ("},
      {"partner == null && partner.limit == null", "33-35 no overload fits `int == null_type`"},
      {"as_of - as_of > 5", "14-15 no overload fits `duration > int`"},
      {"foo.Bar{x: 1}", "0-7 messages cannot be constructed; `foo.Bar` is no message type"},
      {"partner.tags.x + 'a'", "15-16 no overload fits `int + string`"},
      {"partner.?limit + 1", "15-16 no overload fits `optional(int) + int`"},
      {"cel.bind(x, partner.names, x + 1)", "29-30 no overload fits `list(string) + int`"},
      {"math.greatest('a', 1)",
       "5-13 no overload fits `math.greatest(string, int)`; known: `math.greatest(int)`, "
       "`math.greatest(list(int))`, `math.greatest(uint)`, `math.greatest(list(uint))`"},
  }));
  CAPTURE(row.expression);
  CHECK(first_issue(row.expression, checked_environment()) == row.issue);
}

TEST_CASE("what is fine is typed, and what is dyn waits for run time") {
  struct Row {
    std::string_view expression;
    std::string_view type;
  };
  const auto row = GENERATE(values<Row>({
      {"partner", "partner"},
      {"partner.peer", "peer"},
      {"partner.?peer.tls", "optional(string)"},
      {"partner.?peer.tls.orValue('none')", "string"},
      {"partner.names.filter(n, n != '')", "list(string)"},
      {"partner.names.map(n, n.size())", "list(int)"},
      {"partner.names[0]", "string"},
      {"partner.tags.map(k, k)", "list(string)"},
      {"partner.tags.transformMap(k, v, v > 1)", "map(string, bool)"},
      {"partner.tags.transformList(k, v, v)", "list(int)"},
      {"{'a': [1, 2]}", "map(string, list(int))"},
      {"[1, 'a']", "list(dyn)"},
      {"[]", "list(dyn)"},
      {"[] + [1]", "list(dyn)"},
      {"any", "dyn"},
      {"any.field.other", "dyn"},
      {"any + 1", "int"},
      {"any + any", "dyn"},
      {"any == 'x'", "bool"},
      {"any.startsWith(any)", "bool"},
      {"dyn(partner.limit) + 1.0", "double"},
      {"true ? any : 1", "dyn"},
      {"as_of + duration('1h') - as_of", "duration"},
      {"partner.until == null", "bool"},
      {"optional.of(partner.names).value()", "list(string)"},
      {"cel.bind(n, partner.names, n)", "list(string)"},
      {"type(partner) == type", "bool"},
      {"[[[[[[[[1]]]]]]]]", "list(list(list(list(list(list(dyn))))))"},
      {"[[[[[[[[1]]]]]]]][0][0][0][0][0][0][0][0] + 1", "int"},
      {"math.greatest(1, 2)", "int"},
      {"math.greatest(1, 2.0)", "dyn"},
      {"partner.address.isLoopback()", "bool"},
  }));
  CAPTURE(row.expression);
  const auto program = compile(row.expression, checked_environment());
  if (!program) {
    FAIL(program.error().front().message);
  }
  CHECK(to_string(program->result_type()) == row.type);
}

TEST_CASE("the result has the expected type, or may have it") {
  const Environment environment = checked_environment();
  CHECK(first_issue("partner.domain", environment, Type::boolean()) ==
        "0-14 expected bool, got string");
  CHECK(first_issue("partner.dialback", environment, Type::boolean()) == "fine");
  CHECK(first_issue("any.thing", environment, Type::boolean()) == "fine");
}

TEST_CASE("every wrong part is reported once, in the order of the text") {
  const auto program = compile("partner.domian == 'x' && partner.nmes.all(n, n.foo()) && partnerr",
                               checked_environment());
  REQUIRE(!program);
  REQUIRE(program.error().size() == 4);
  CHECK(program.error()[0].begin == 8);
  CHECK(program.error()[1].begin == 33);
  CHECK(program.error()[2].begin == 47);
  CHECK(program.error()[3].begin == 57);
}

TEST_CASE("in dynamic mode nothing of this is an issue, but an error at run time") {
  Environment environment;
  environment.set_dynamic(true);
  for (const std::string_view expression :
       {"unknown", "unknown.field", "unknown(1)", "1.unknown()", "1 + 'a'", "!1", "[1]['a']",
        "1 ? 2 : 3", "'a'.matches('(')", "1.all(x, true)", "math.nothing(1)", "1 && 1", "-'a'",
        "1.orValue(2)", "optional.none().or(2)", "'%d'.format(['a'])", "[?1]", "{?'a': 1}"}) {
    CAPTURE(expression);
    CHECK(first_issue(expression, environment) == "fine");
    CHECK(run_dynamic(expression) == "error");
  }
}

}  // namespace
}  // namespace fedgate::cel
