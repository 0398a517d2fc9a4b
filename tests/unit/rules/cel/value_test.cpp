#include "rules/cel/value.h"

#include <string>
#include <vector>

#include "rules/cel/record.h"
#include "tests/support/catch.h"
#include "tests/unit/rules/cel/run.h"

namespace fedgate::cel {
namespace {

TEST_CASE("values print for people") {
  Arena arena;
  const RecordType record = {"partner", {}};
  const std::vector<Value> items = {Value::string("a"), Value::integer(-1), Value::uint(2)};
  const std::vector<MapEntry> entries = {{Value::string("k"), Value::real(0.5)},
                                         {Value::boolean(true), Value::null()}};
  const Value inner = Value::integer(3);
  CHECK(to_display(Value::string("a b")) == "a b");
  CHECK(to_display(Value::boolean(true)) == "true");
  CHECK(to_display(Value::real(1.0)) == "1");
  CHECK(to_display(Value::null()) == "null");
  CHECK(to_display(list_of_values(items, arena)) == "a, -1, 2");
  CHECK(to_display(map_of_entries(entries, arena)) == "k: 0.5, true: null");
  CHECK(to_display(Value::timestamp(1'795'305'600)) == "2026-11-22");
  CHECK(to_display(Value::timestamp(1'795'305'601)) == "2026-11-22T00:00:01Z");
  CHECK(to_display(Value::duration(90)) == "90s");
  CHECK(to_display(Value::duration(600)) == "10m");
  CHECK(to_display(Value::duration(8 * 3600)) == "8h");
  CHECK(to_display(Value::duration(199 * 86400)) == "199d");
  CHECK(to_display(Value::duration(-60)) == "-1m");
  CHECK(to_display(Value::duration(0)) == "0s");
  CHECK(to_display(Value::duration(0, 1'500'000)) == "0.0015s");
  CHECK(to_display(Value::optional(nullptr)).empty());
  CHECK(to_display(Value::optional(&inner)) == "3");
  CHECK(to_display(Value::record(&record, nullptr)) == "partner");
  CHECK(to_display(Value::error("no such key")) == "no such key");
}

TEST_CASE("values out of range are errors") {
  CHECK(show(Value::timestamp(253'402'300'799, 999'999'999)) ==
        "timestamp(9999-12-31T23:59:59.999999999Z)");
  CHECK(Value::timestamp(253'402'300'800).is_error());
  CHECK(show(Value::timestamp(-62'135'596'800)) == "timestamp(0001-01-01T00:00:00Z)");
  CHECK(Value::timestamp(-62'135'596'801).is_error());
  CHECK(Value::timestamp(0, 1'000'000'000).is_error());
  CHECK(!Value::duration(9'223'372'036, 854'775'807).is_error());
  CHECK(Value::duration(9'223'372'036, 854'775'808).is_error());
}

TEST_CASE("maps of a host are searched entry by entry where they have no lookup") {
  static const std::vector<MapEntry> entries = {{Value::string("a"), Value::integer(1)},
                                                {Value::uint(7), Value::integer(2)}};
  const MapView view = {nullptr, entries.size(),
                        [](const void*, std::size_t index, Arena&) { return entries[index].key; },
                        [](const void*, std::size_t index, Arena&) { return entries[index].value; },
                        nullptr};
  Environment environment;
  environment.declare("m", Type::dyn());
  Arena arena;
  const std::vector<Value> variables = {Value::map(&view)};
  for (const std::string expression : {"m.a == 1", "m[7] == 2", "m[7.0] == 2", "!('b' in m)",
                                       "m == {7: 2.0, 'a': 1}", "!has(m.b)", "m.size() == 2"}) {
    CAPTURE(expression);
    const auto program = compile(expression, environment);
    REQUIRE(program.has_value());
    CHECK(program->evaluate(variables, arena).is_true());
  }
}

TEST_CASE("an arena refuses what passes its limit and goes on after a rewind") {
  Arena arena(std::size_t{16} << 10U);
  const Arena::Mark mark = arena.mark();
  std::size_t count = 0;
  while (arena.allocate(1000, 8) != nullptr) {
    ++count;
  }
  CHECK(count >= 12);
  CHECK(count <= 16);
  CHECK(arena.exhausted());
  arena.rewind(mark);
  arena.refill(1);
  CHECK(arena.allocate(4000, 1) != nullptr);
  CHECK(arena.make_array<Value>(SIZE_MAX / 8).empty());
  CHECK(arena.exhausted());
  CHECK(arena.spend(1));
  CHECK(!arena.spend(1));
}

}  // namespace
}  // namespace fedgate::cel
