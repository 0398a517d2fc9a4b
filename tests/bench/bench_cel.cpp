// How often a second the expression language evaluates what rules typically ask, on one core.
// Seconds are processor time, so that a busy machine shows the same figures.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

#include "rules/cel/program.h"

namespace fedgate::cel {
namespace {

struct Partner {
  std::string domain = "northwind.example";
  std::string tls = "not_supported";
  std::string sasl = "required";
  bool dialback = false;
  std::vector<std::string> additional_domains = {
      "a.northwind.example", "b.northwind.example", "chat.northwind.example",
      "sales.northwind.example", "conference.northwind.example"};
};

auto text_value(const std::string& text, Arena& /*arena*/) -> Value { return Value::string(text); }

auto partner_of(const void* object) -> const Partner& {
  return *static_cast<const Partner*>(object);
}

template <auto Member>
auto get_text(const void* object, Arena& /*arena*/) -> Value {
  return Value::string(partner_of(object).*Member);
}

auto get_dialback(const void* object, Arena& /*arena*/) -> Value {
  return Value::boolean(partner_of(object).dialback);
}

auto get_additional_domains(const void* object, Arena& arena) -> Value {
  return list_of<&text_value>(partner_of(object).additional_domains, arena);
}

auto partner_type() -> RecordType {
  return {
      "partner",
      {{"domain", Type::string(), &get_text<&Partner::domain>, nullptr, ""},
       {"tls", Type::string(), &get_text<&Partner::tls>, nullptr, ""},
       {"sasl", Type::string(), &get_text<&Partner::sasl>, nullptr, ""},
       {"dialback", Type::boolean(), &get_dialback, nullptr, ""},
       {"additional_domains", Type::list(Type::string()), &get_additional_domains, nullptr, ""}}};
}

auto processor_time() -> std::chrono::duration<double> {
  return std::chrono::duration<double>(static_cast<double>(std::clock()) / CLOCKS_PER_SEC);
}

// Evaluates for about a second and prints the rate; false where the result is not true.
auto measure(std::string_view expression, const Environment& environment, const Value& partner)
    -> bool {
  const auto program = compile(expression, environment, Type::boolean());
  if (!program) {
    std::printf("%s\n", program.error().front().message.c_str());
    return false;
  }
  Arena arena;
  std::uint64_t count = 0;
  bool all_true = true;
  const auto start = processor_time();
  std::chrono::duration<double> spent{};
  while (spent.count() < 1.0) {
    constexpr int kBatch = 10'000;
    for (int i = 0; i < kBatch; ++i) {
      arena.reset();
      all_true = program->evaluate({&partner, 1}, arena).is_true() && all_true;
    }
    count += kBatch;
    spent = processor_time() - start;
  }
  std::printf("%12.0f evaluations/s  %.*s\n", static_cast<double>(count) / spent.count(),
              static_cast<int>(expression.size()), expression.data());
  return all_true;
}

auto run() -> int {
  const RecordType type = partner_type();
  const Partner partner;
  Environment environment;
  environment.declare("partner", Type::record(&type));
  const Value value = Value::record(&type, &partner);
  bool ok = measure(
      R"(partner.tls == "not_supported" && partner.sasl == "required" && !partner.dialback)",
      environment, value);
  ok = measure(R"(partner.additional_domains.all(d, d.endsWith("." + partner.domain)))",
               environment, value) &&
       ok;
  return ok ? 0 : 1;
}

}  // namespace
}  // namespace fedgate::cel

auto main() -> int { return fedgate::cel::run(); }
