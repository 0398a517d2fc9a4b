// Programs over a host's data: records, lists, functions, paths, and the limits of an evaluation.
#include "rules/cel/program.h"

#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "tests/support/catch.h"
#include "tests/unit/rules/cel/run.h"

namespace fedgate::cel {
namespace {

struct Peer {
  std::string tls;
};

struct Partner {
  std::string domain;
  std::vector<std::string> names;
  std::vector<Peer> peers;
  const Peer* peer = nullptr;
};

auto partner_of(const void* object) -> const Partner& {
  return *static_cast<const Partner*>(object);
}

auto peer_type() -> const RecordType& {
  static const RecordType type = {"peer",
                                  {{"tls", Type::string(),
                                    [](const void* object, Arena&) {
                                      return Value::string(static_cast<const Peer*>(object)->tls);
                                    },
                                    nullptr, ""}}};
  return type;
}

auto text_value(const std::string& text, Arena& /*arena*/) -> Value { return Value::string(text); }

auto peer_value(const Peer& peer, Arena& /*arena*/) -> Value {
  return Value::record(&peer_type(), &peer);
}

auto partner_type() -> const RecordType& {
  static const RecordType type = {
      "partner",
      {{"domain", Type::string(),
        [](const void* object, Arena&) { return Value::string(partner_of(object).domain); },
        nullptr, ""},
       {"names", Type::list(Type::string()),
        [](const void* object, Arena& arena) {
          return list_of<&text_value>(partner_of(object).names, arena);
        },
        nullptr, ""},
       {"peers", Type::list(Type::record(&peer_type())),
        [](const void* object, Arena& arena) {
          return list_of<&peer_value>(partner_of(object).peers, arena);
        },
        nullptr, ""},
       {"peer", Type::record(&peer_type()),
        [](const void* object, Arena&) {
          return Value::record(&peer_type(), partner_of(object).peer);
        },
        [](const void* object) {
          return partner_of(object).peer != nullptr ? Presence::present : Presence::absent;
        },
        ""},
       {"unread", Type::boolean(), [](const void*, Arena&) { return Value::boolean(true); },
        [](const void*) { return Presence::unknown; }, ""}}};
  return type;
}

auto make_environment() -> Environment {
  Environment environment;
  environment.declare("partner", Type::record(&partner_type()));
  environment.declare("other", Type::record(&partner_type()));
  environment.add_function(
      "labels", CallStyle::method,
      {{{Type::string()}, Type::integer(), [](std::span<const Value> arguments, Arena&) {
          std::int64_t count = 1;
          for (const char byte : arguments[0].text()) {
            count += byte == '.' ? 1 : 0;
          }
          return Value::integer(count);
        }}});
  return environment;
}

TEST_CASE("host records and lists are read in place") {
  struct Row {
    std::string_view expression;
    std::string_view value;
  };
  const auto row = GENERATE(values<Row>({
      {"partner.domain", R"("b.example")"},
      {"partner.names", R"(["x.b.example", "y.b.example"])"},
      {"partner.names.all(n, n.endsWith('.' + partner.domain))", "true"},
      {"partner.names[1].labels() + 'a.b'.labels()", "5"},
      {"partner.names.exists(n, n in other.names)", "false"},
      {"partner.names + ['z']", R"(["x.b.example", "y.b.example", "z"])"},
      {"partner.names == ['x.b.example', 'y.b.example']", "true"},
      {"partner.peers.map(p, p.tls)", R"(["required", "optional"])"},
      {"partner.peers.filter(p, p.tls == 'optional').size()", "1"},
      {"partner.peer.tls", R"("required")"},
      {"has(partner.peer) && !has(other.peer)", "true"},
      {"other.peer.tls", "error"},
      {"other.?peer.tls.orValue('none')", R"("none")"},
      {"partner.?peer.tls.value()", R"("required")"},
      {"dyn(partner).peer.tls", R"("required")"},
      {"dyn(partner).nothing", "error"},
      {"has(dyn(partner).nothing)", "error"},
      {"dyn(other).peer", "error"},
      {"partner == partner && partner != other", "true"},
      {"partner.peer == partner.peers[0]", "true"},
      {"partner.peer == partner.peers[1]", "false"},
      {"[partner, other].map(p, p.domain)", R"(["b.example", "c.example"])"},
      {"string(type(partner) == type(other)) + partner.domain", R"("trueb.example")"},
  }));
  CAPTURE(row.expression);
  const Peer required{"required"};
  const Partner partner{
      "b.example", {"x.b.example", "y.b.example"}, {{"required"}, {"optional"}}, &required};
  const Partner other{"c.example", {}, {}, nullptr};
  const auto program = compile(row.expression, make_environment());
  if (!program) {
    FAIL(program.error().front().message);
  }
  Arena arena;
  const std::vector<Value> variables = {Value::record(&partner_type(), &partner),
                                        Value::record(&partner_type(), &other)};
  CHECK(show(program->evaluate(variables, arena)) == row.value);
}

TEST_CASE("what is not known is an error of its own, which `||` and `&&` do without") {
  const Environment environment = make_environment();
  const Partner partner;
  const std::vector<Value> variables(2, Value::record(&partner_type(), &partner));
  const auto result_of = [&](std::string_view expression) {
    CAPTURE(expression);
    const auto program = compile(expression, environment);
    REQUIRE(program.has_value());
    Arena arena;
    return program->evaluate(variables, arena);
  };
  for (const std::string_view expression :
       {"partner.unread", "!partner.unread", "has(partner.unread)", "partner.unread && true",
        "dyn(partner).unread", "partner.?unread.orValue(false)", "[partner].exists(p, p.unread)"}) {
    CAPTURE(expression);
    CHECK(is_unknown(result_of(expression)));
  }
  CHECK(result_of("partner.unread || partner.domain == ''").is_true());
  CHECK(result_of("partner.domain != '' && partner.unread").is_false());
  CHECK(!is_unknown(result_of("partner.peer.tls == ''")));
}

TEST_CASE("a plain selection has a path, anything else has none") {
  const Environment environment = make_environment();
  const auto program = compile("other.peer.tls", environment);
  REQUIRE(program.has_value());
  const auto path = program->selection_path();
  REQUIRE(path.has_value());
  CHECK(path->slot == 1);
  REQUIRE(path->steps.size() == 2);
  CHECK(path->steps[0].record == &partner_type());
  CHECK(path->steps[0].field == 3);
  CHECK(path->steps[1].record == &peer_type());
  CHECK(path->steps[1].field == 0);
  const auto variable = compile("partner", environment);
  REQUIRE(variable.has_value());
  CHECK(variable->selection_path()->steps.empty());
  for (const std::string_view expression :
       {"partner.names[0]", "partner.peer.tls + ''", "partner.?peer", "has(partner.peer)", "1"}) {
    CAPTURE(expression);
    const auto none = compile(expression, environment);
    REQUIRE(none.has_value());
    CHECK(!none->selection_path().has_value());
  }
}

TEST_CASE("a program knows the variables that it reads") {
  const auto program = compile("other.domain == 'x' || [1].all(partner, true)", make_environment());
  REQUIRE(program.has_value());
  CHECK(program->variables_read() == std::vector<std::size_t>{1});
}

// Evaluates with so many steps and bytes.
auto run_limited(std::string_view expression, std::uint64_t steps, std::size_t bytes) -> Value {
  Environment environment;
  environment.set_dynamic(true);
  Limits limits;
  limits.steps = steps;
  environment.set_limits(limits);
  const auto program = compile(expression, environment);
  REQUIRE(program.has_value());
  Arena arena(bytes);
  const Value result = program->evaluate({}, arena);
  CHECK(result.is_error() == arena.exhausted());
  return result;
}

TEST_CASE("an evaluation ends when its steps or its memory run out, and nothing absorbs that") {
  constexpr std::size_t kBytes = std::size_t{1} << 16U;
  constexpr std::uint64_t kSteps = 100'000;
  // Ten nested loops over ten elements are 10^10 steps.
  std::string loops = "true";
  for (int i = 0; i < 10; ++i) {
    loops = "[0,1,2,3,4,5,6,7,8,9].all(x, " + loops + ")";
  }
  CHECK(run_limited(loops, kSteps, kBytes).text() == exhausted_error().text());
  CHECK(run_limited(loops + " || true", kSteps, kBytes).text() == exhausted_error().text());
  CHECK(run_limited("false && " + loops, kSteps, kBytes).is_false());
  // Each of thirty bindings doubles the text.
  std::string doubling = "x.size()";
  for (int i = 0; i < 30; ++i) {
    doubling = "cel.bind(x, x + x, " + doubling + ")";
  }
  doubling = "cel.bind(x, 'a', " + doubling + ")";
  CHECK(run_limited(doubling, kSteps, kBytes).text() == exhausted_error().text());
  CHECK(run_limited("'" + std::string(60'000, 'a') + "'.replace('', 'b').size()", kSteps, kBytes)
            .text() == exhausted_error().text());
  // A search costs the product of its sizes.
  const std::string search =
      "'" + std::string(40'000, 'a') + "'.contains('" + std::string(20'000, 'a') + "b')";
  CHECK(run_limited(search, kSteps, kBytes).is_error());
  CHECK(run_limited(search, 10'000'000, kBytes).is_false());
}

TEST_CASE("what a predicate allocates is given back after each element") {
  constexpr std::size_t kBytes = std::size_t{1} << 14U;
  const std::string expression =
      "[0,1,2,3,4,5,6,7,8,9].all(a, [0,1,2,3,4,5,6,7,8,9].all(b, "
      "[0,1,2,3,4,5,6,7,8,9].all(c, ('" +
      std::string(100, 'x') + "' + 'y').size() == 101)))";
  CHECK(run_limited(expression, 1'000'000, kBytes).is_true());
}

TEST_CASE("values that nest too deeply for a recursion are an error, not a crash") {
  // Each binding wraps the value in a hundred lists.
  std::string expression = "x == y";
  for (const std::string_view name : {"x", "y"}) {
    for (int i = 0; i < 20; ++i) {
      expression = "cel.bind(" + std::string(name) + ", " + std::string(100, '[') +
                   std::string(name) + std::string(100, ']') + ", " + expression + ")";
    }
    expression = "cel.bind(" + std::string(name) + ", 1, " + expression + ")";
  }
  CHECK(run_limited(expression, 1'000'000, std::size_t{1} << 20U).text() ==
        exhausted_error().text());
}

TEST_CASE("an arena serves one evaluation after the other from the same memory") {
  Environment environment;
  const auto program = compile("('a' + 'b') + ('c' + 'd')", environment);
  REQUIRE(program.has_value());
  Arena arena;
  const Value first = program->evaluate({}, arena);
  CHECK(first.text() == "abcd");
  const char* const memory = first.text().data();
  arena.reset();
  CHECK(program->evaluate({}, arena).text().data() == memory);
}

TEST_CASE("threads share a program") {
  const Environment environment;
  const auto program =
      compile("['a.b', 'c'].filter(n, n.matches('^[a-z]+$')) == ['c']", environment);
  REQUIRE(program.has_value());
  std::vector<int> good(4);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < good.size(); ++i) {
    threads.emplace_back([&program, &good, i] {
      Arena arena;
      for (int round = 0; round < 1000; ++round) {
        arena.reset();
        good[i] += program->evaluate({}, arena).is_true() ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  CHECK(good == std::vector<int>(4, 1000));
}

}  // namespace
}  // namespace fedgate::cel
