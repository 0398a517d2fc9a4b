// cel_conformance [--typed] FILE…: runs conformance vectors of the expression language, one JSON
// object a line. Two formats are told apart by their keys: vectors of cel-spec (`value` or `error`,
// with bindings), and cases of a parser (`ok`). Prints what failed, then passed and failed by
// profile with value vectors and error vectors apart, and closes with `N passed, N failed`.
//
// Vectors run in dynamic mode; with --typed, those that declare their variables and do not switch
// the checker off run with static types.
#include <cmath>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "rules/cel/parse.h"
#include "rules/cel/program.h"

namespace fedgate::cel {
namespace {

using Json = nlohmann::json;

struct Count {
  int passed = 0;
  int failed = 0;
};

// A vector's verdict; `detail` says what came instead.
struct Verdict {
  bool passed = false;
  std::string detail;
};

// Counts by profile and kind of vector.
using Report = std::map<std::string, Count>;

auto number_of(const Json& json) -> std::int64_t { return std::stoll(json.get<std::string>()); }

auto real_of(const std::string& text) -> double {
  if (text == "NaN") {
    return std::nan("");
  }
  if (text == "Infinity" || text == "-Infinity") {
    return text.front() == '-' ? -HUGE_VAL : HUGE_VAL;
  }
  return std::stod(text);
}

auto decode_base64(const std::string& text) -> std::string {
  static constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string result;
  std::uint32_t bits = 0;
  unsigned available = 0;
  for (const char letter : text) {
    if (letter == '=') {
      break;
    }
    bits = bits << 6U | static_cast<std::uint32_t>(kAlphabet.find(letter));
    available += 6;
    if (available >= 8) {
      available -= 8;
      result.push_back(static_cast<char>((bits >> available) & 0xFFU));
    }
  }
  return result;
}

// Makes the value that a vector describes, in the arena.
auto make_value(const Json& json, Arena& arena) -> Value {
  const std::string kind = json.at("t");
  if (kind == "null") {
    return Value::null();
  }
  if (kind == "timestamp") {
    return Value::timestamp(number_of(json.at("s")), json.at("n").get<std::int32_t>());
  }
  if (kind == "duration") {
    return Value::duration(number_of(json.at("s")), json.at("n").get<std::int64_t>());
  }
  const Json& v = json.at("v");
  if (kind == "bool") {
    return Value::boolean(v.get<bool>());
  }
  if (kind == "int") {
    return Value::integer(number_of(v));
  }
  if (kind == "uint") {
    return Value::uint(std::stoull(v.get<std::string>()));
  }
  if (kind == "double") {
    return Value::real(real_of(v.get<std::string>()));
  }
  if (kind == "string" || kind == "type") {
    const std::string_view text = arena.copy(v.get<std::string>());
    return kind == "type" ? Value::type(text) : Value::string(text);
  }
  if (kind == "bytes") {
    return Value::bytes(arena.copy(decode_base64(v.get<std::string>())));
  }
  if (kind == "list") {
    const std::span<Value> items = arena.make_array<Value>(v.size());
    for (std::size_t i = 0; i < v.size(); ++i) {
      items[i] = make_value(v[i], arena);
    }
    return list_of_values(items, arena);
  }
  const std::span<MapEntry> entries = arena.make_array<MapEntry>(v.size());
  for (std::size_t i = 0; i < v.size(); ++i) {
    entries[i] = {make_value(v[i][0], arena), make_value(v[i][1], arena)};
  }
  return map_of_entries(entries, arena);
}

auto matches(const Value& got, const Json& wanted, Arena& arena) -> bool;

auto matches_map(const MapView& map, const Json& wanted, Arena& arena) -> bool {
  if (map.size != wanted.size()) {
    return false;
  }
  for (const Json& entry : wanted) {
    bool found = false;
    for (std::size_t i = 0; i < map.size && !found; ++i) {
      found = matches(map.key_at(map.data, i, arena), entry[0], arena) &&
              matches(map.value_at(map.data, i, arena), entry[1], arena);
    }
    if (!found) {
      return false;
    }
  }
  return true;
}

// Same kind, then same value; NaN matches NaN and 0.0 matches -0.0.
auto matches(const Value& got, const Json& wanted, Arena& arena) -> bool {
  const std::string kind = wanted.at("t");
  if (kind == "list") {
    const Json& items = wanted.at("v");
    if (!got.is(Kind::list) || got.as_list().size != items.size()) {
      return false;
    }
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (!matches(got.as_list().at(got.as_list().data, i, arena), items[i], arena)) {
        return false;
      }
    }
    return true;
  }
  if (kind == "map") {
    return got.is(Kind::map) && matches_map(got.as_map(), wanted.at("v"), arena);
  }
  const Value value = make_value(wanted, arena);
  if (value.kind() != got.kind()) {
    return false;
  }
  switch (got.kind()) {
    case Kind::null:
      return true;
    case Kind::boolean:
      return got.as_boolean() == value.as_boolean();
    case Kind::integer:
      return got.as_integer() == value.as_integer();
    case Kind::uint:
      return got.as_uint() == value.as_uint();
    case Kind::real:
      return (std::isnan(got.as_real()) && std::isnan(value.as_real())) ||
             !(got.as_real() < value.as_real() || got.as_real() > value.as_real());
    case Kind::string:
    case Kind::bytes:
    case Kind::type:
      return got.text() == value.text();
    case Kind::timestamp:
      return got.timestamp_seconds() == value.timestamp_seconds() &&
             got.timestamp_nanos() == value.timestamp_nanos();
    case Kind::duration:
      return got.duration_nanos() == value.duration_nanos();
    case Kind::list:
    case Kind::map:
    case Kind::optional:
    case Kind::record:
    case Kind::ip:
    case Kind::cidr:
    case Kind::error:
    case Kind::dyn:
    case Kind::number:
    case Kind::param_a:
    case Kind::param_b:
      return false;
  }
  return false;
}

auto make_type(const Json& json) -> Type {
  static const std::map<std::string, Type> kTypes = {
      {"int", Type::integer()},
      {"uint", Type::uint()},
      {"double", Type::real()},
      {"bool", Type::boolean()},
      {"string", Type::string()},
      {"bytes", Type::bytes()},
      {"null_type", Type::null()},
      {"google.protobuf.Timestamp", Type::timestamp()},
      {"google.protobuf.Duration", Type::duration()}};
  if (json.is_string()) {
    const auto found = kTypes.find(json.get<std::string>());
    return found == kTypes.end() ? Type::dyn() : found->second;
  }
  if (json.contains("list")) {
    return Type::list(make_type(json.at("list")));
  }
  if (json.contains("map")) {
    return Type::map(make_type(json.at("map")[0]), make_type(json.at("map")[1]));
  }
  return json.contains("type") ? Type::type() : Type::dyn();
}

auto issues_text(const std::vector<Issue>& issues) -> std::string {
  std::string result = "does not compile";
  for (const Issue& issue : issues) {
    result += "; " + std::to_string(issue.begin) + ": " + issue.message;
  }
  return result;
}

auto run_vector(const Json& vector, bool typed) -> Verdict {
  Arena bindings;
  Arena arena;
  Environment environment;
  environment.set_dynamic(!typed || vector.value("disable_check", false));
  environment.set_container(vector.value("container", ""));
  std::map<std::string, Type> types;
  for (const Json& entry : vector.value("type_env", Json::array())) {
    types[entry.at("name")] = make_type(entry.at("type"));
  }
  std::vector<Value> variables;
  const Json values = vector.value("bindings", Json::object());
  for (const auto& [name, value] : values.items()) {
    environment.declare(name, environment.dynamic() ? Type::dyn() : types[name]);
    variables.push_back(make_value(value, bindings));
  }
  const bool wants_error = vector.contains("error");
  const auto program = compile(vector.at("expr").get<std::string>(), environment);
  if (!program) {
    return {wants_error, issues_text(program.error())};
  }
  const Value result = program->evaluate(variables, arena);
  if (wants_error) {
    return {result.is_error(), "gives `" + to_display(result) + "`, not an error"};
  }
  const bool passed = matches(result, vector.at("value"), arena);
  return {passed, "gives `" + to_display(result) + "`, not " + vector.at("value").dump()};
}

auto run_parse(const Json& vector) -> Verdict {
  const bool wants_ok = vector.at("ok");
  const auto ast = parse(vector.at("expr").get<std::string>(), Limits());
  return {ast.has_value() == wants_ok, ast ? "is accepted" : issues_text(ast.error())};
}

void run_line(const std::string& line, bool typed, Report& report) {
  const Json vector = Json::parse(line);
  if (vector.contains("skip")) {
    return;
  }
  const bool is_parse = vector.contains("ok");
  const bool wants_error = is_parse ? !vector.at("ok") : vector.contains("error");
  const Verdict verdict = is_parse ? run_parse(vector) : run_vector(vector, typed);
  const std::string profile = is_parse ? "parse" : vector.at("profile").get<std::string>();
  Count& count = report[profile + (wants_error ? " errors" : " values")];
  ++(verdict.passed ? count.passed : count.failed);
  if (!verdict.passed) {
    std::cout << "FAILED " << vector.at("id").get<std::string>() << ": " << vector.at("expr").dump()
              << " " << verdict.detail << "\n";
  }
}

auto run(std::span<char*> arguments) -> int {
  Report report;
  bool typed = false;
  for (const char* const argument : arguments) {
    if (std::string_view(argument) == "--typed") {
      typed = true;
      continue;
    }
    std::ifstream file(argument);
    if (!file) {
      std::cerr << "cannot read `" << argument << "`\n";
      return 3;
    }
    for (std::string line; std::getline(file, line);) {
      if (!line.empty()) {
        run_line(line, typed, report);
      }
    }
  }
  if (report.empty()) {
    std::cerr << "usage: cel_conformance [--typed] FILE…\n";
    return 2;
  }
  Count all;
  for (const auto& [profile, count] : report) {
    std::cout << profile << ": " << count.passed << " passed, " << count.failed << " failed\n";
    all.passed += count.passed;
    all.failed += count.failed;
  }
  std::cout << all.passed << " passed, " << all.failed << " failed\n";
  // The language is meant to be complete: whatever fails is a defect to look at.
  return all.failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace fedgate::cel

auto main(int argc, char** argv) -> int {
  return fedgate::cel::run(std::span(argv + 1, static_cast<std::size_t>(argc - 1)));
}
