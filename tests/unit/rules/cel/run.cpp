#include "tests/unit/rules/cel/run.h"

#include <cmath>

#include "rules/cel/functions/library.h"

namespace fedgate::cel {
namespace {

auto show_with(const Value& value, Arena& arena) -> std::string {
  if (value.is(Kind::string)) {
    return "\"" + std::string(value.text()) + "\"";
  }
  if (value.is(Kind::bytes)) {
    return "b\"" + std::string(value.text()) + "\"";
  }
  if (value.is(Kind::null)) {
    return "null";
  }
  if (value.is(Kind::type)) {
    return "type(" + std::string(value.text()) + ")";
  }
  if (value.is(Kind::list)) {
    std::string result;
    for (std::size_t i = 0; i < value.as_list().size; ++i) {
      result += (i == 0 ? "" : ", ") +
                show_with(value.as_list().at(value.as_list().data, i, arena), arena);
    }
    return "[" + result + "]";
  }
  if (value.is(Kind::map)) {
    const MapView& map = value.as_map();
    std::string result;
    for (std::size_t i = 0; i < map.size; ++i) {
      result += (i == 0 ? "" : ", ") + show_with(map.key_at(map.data, i, arena), arena) + ": " +
                show_with(map.value_at(map.data, i, arena), arena);
    }
    return "{" + result + "}";
  }
  if (value.is(Kind::optional)) {
    const Value* const inner = value.optional_inner();
    return inner == nullptr ? "none" : "optional(" + show_with(*inner, arena) + ")";
  }
  if (value.is_error()) {
    return "error";
  }
  const std::string text(to_cel_string(value, arena).text());
  if (value.is(Kind::uint)) {
    return text + "u";
  }
  if (value.is(Kind::real)) {
    return text.find_first_of(".eN") == std::string::npos && std::isfinite(value.as_real())
               ? text + ".0"
               : text;
  }
  if (value.is(Kind::timestamp)) {
    return "timestamp(" + text + ")";
  }
  if (value.is(Kind::duration)) {
    return "duration(" + text + ")";
  }
  return value.is(Kind::ip) || value.is(Kind::cidr) ? "address(" + text + ")" : text;
}

auto run(std::string_view expression, bool dynamic) -> std::string {
  Environment environment;
  environment.set_dynamic(dynamic);
  const auto program = compile(expression, environment);
  if (!program) {
    std::string result = "invalid:";
    for (const Issue& issue : program.error()) {
      result += " " + issue.message;
    }
    return result;
  }
  Arena arena;
  return show(program->evaluate({}, arena));
}

}  // namespace

auto show(const Value& value) -> std::string {
  Arena arena;
  return show_with(value, arena);
}

auto run_dynamic(std::string_view expression) -> std::string { return run(expression, true); }

auto run_typed(std::string_view expression) -> std::string { return run(expression, false); }

auto first_issue(std::string_view expression, const Environment& environment, const Type& expected)
    -> std::string {
  const auto program = compile(expression, environment, expected);
  if (program) {
    return "fine";
  }
  const Issue& issue = program.error().front();
  return std::to_string(issue.begin) + "-" + std::to_string(issue.end) + " " + issue.message;
}

}  // namespace fedgate::cel
