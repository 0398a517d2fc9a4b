// Parses, checks and evaluates any text as an expression, without types and with them. Limits are
// low, so that an input that runs into them is quick.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/cel/program.h"
#include "schema/base/check.h"

namespace fedgate::cel {
namespace {

struct Peer {
  std::string tls = "required";
};

struct Partner {
  std::string domain = "northwind.example";
  bool dialback = true;
  std::int64_t limit = 20;
  std::vector<std::string> names = {"a.example", "b.example", "ü.example"};
  Peer peer;
};

auto text_value(const std::string& text, Arena& /*arena*/) -> Value { return Value::string(text); }

auto partner_of(const void* object) -> const Partner& {
  return *static_cast<const Partner*>(object);
}

auto peer_type() -> const RecordType& {
  static const RecordType kType = {"peer",
                                   {{"tls", Type::string(),
                                     [](const void* object, Arena&) {
                                       return Value::string(static_cast<const Peer*>(object)->tls);
                                     },
                                     nullptr, ""}}};
  return kType;
}

auto partner_type() -> const RecordType& {
  static const RecordType kType = {
      "partner",
      {{"domain", Type::string(),
        [](const void* object, Arena&) { return Value::string(partner_of(object).domain); },
        nullptr, ""},
       {"dialback", Type::boolean(),
        [](const void* object, Arena&) { return Value::boolean(partner_of(object).dialback); },
        nullptr, ""},
       {"limit", Type::integer(),
        [](const void* object, Arena&) { return Value::integer(partner_of(object).limit); },
        [](const void* object) {
          return partner_of(object).limit != 20 ? Presence::present : Presence::absent;
        },
        ""},
       {"names", Type::list(Type::string()),
        [](const void* object, Arena& arena) {
          return list_of<&text_value>(partner_of(object).names, arena);
        },
        nullptr, ""},
       {"peer", Type::record(&peer_type()),
        [](const void* object, Arena&) {
          return Value::record(&peer_type(), &partner_of(object).peer);
        },
        nullptr, ""}}};
  return kType;
}

auto make_environment(bool dynamic) -> Environment {
  Environment environment;
  environment.set_dynamic(dynamic);
  environment.declare("partner", Type::record(&partner_type()));
  environment.declare("as_of", Type::timestamp());
  environment.declare("any", Type::dyn());
  Limits limits;
  limits.nodes = 2'000;
  limits.steps = 20'000;
  environment.set_limits(limits);
  return environment;
}

void run(std::string_view expression, const Environment& environment) {
  const auto program = compile(expression, environment);
  if (!program) {
    FEDGATE_CHECK(!program.error().empty(), "a failure without an issue");
    for (const Issue& issue : program.error()) {
      FEDGATE_CHECK(issue.begin <= issue.end && issue.end <= expression.size(),
                    "an issue outside of the expression");
    }
    return;
  }
  constexpr std::size_t kMemory = std::size_t{1} << 20U;
  Arena arena(kMemory);
  const Partner partner;
  const std::vector<Value> variables = {Value::record(&partner_type(), &partner),
                                        Value::timestamp(1'795'000'000), Value::integer(7)};
  const Value result = program->evaluate(variables, arena);
  FEDGATE_CHECK(!to_display(result).empty() || !result.is_error(), "an error without a message");
  static_cast<void>(program->selection_path());
}

}  // namespace
}  // namespace fedgate::cel

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int {
  // The interface hands over octets; text is made of them.
  const std::string expression(data, data + size);
  // Made once: it takes longer than most inputs do.
  static const auto kTyped = fedgate::cel::make_environment(false);
  static const auto kDynamic = fedgate::cel::make_environment(true);
  fedgate::cel::run(expression, kTyped);
  fedgate::cel::run(expression, kDynamic);
  return 0;
}
