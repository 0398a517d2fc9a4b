// The conversions between types, and `type` and `size`.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>

#include "rules/cel/address.h"
#include "rules/cel/compare.h"
#include "rules/cel/functions/library.h"
#include "rules/cel/kind_name.h"
#include "rules/cel/number.h"
#include "rules/cel/record.h"
#include "rules/cel/time.h"
#include "rules/cel/unicode.h"

namespace fedgate::cel {
namespace {

using Arguments = std::span<const Value>;

// 2^63 and 2^64: the first doubles that are out of range.

auto identity(Arguments arguments, Arena& /*arena*/) -> Value { return arguments[0]; }

auto bad_text(std::string_view text, std::string_view type, Arena& arena) -> Value {
  return Value::error(arena, arena.concatenate("`", text, "` is no "), type);
}

auto to_int(Arguments arguments, Arena& arena) -> Value {
  const Value& value = arguments[0];
  if (value.is(Kind::uint)) {
    return value.as_uint() > INT64_MAX ? Value::error("number is out of range for int")
                                       : Value::integer(static_cast<std::int64_t>(value.as_uint()));
  }
  if (value.is(Kind::real)) {
    // Both ends are out of range; a NaN fails every comparison.
    const double real = value.as_real();
    return real > -kTwoTo63 && real < kTwoTo63 ? Value::integer(static_cast<std::int64_t>(real))
                                               : Value::error("number is out of range for int");
  }
  if (value.is(Kind::timestamp)) {
    return Value::integer(value.timestamp_seconds());
  }
  const auto parsed = parse_integer(value.text());
  return parsed ? Value::integer(*parsed) : bad_text(value.text(), "int", arena);
}

auto to_uint(Arguments arguments, Arena& arena) -> Value {
  const Value& value = arguments[0];
  if (value.is(Kind::integer)) {
    return value.as_integer() < 0 ? Value::error("number is out of range for uint")
                                  : Value::uint(static_cast<std::uint64_t>(value.as_integer()));
  }
  if (value.is(Kind::real)) {
    const double real = value.as_real();
    return real >= 0 && real < kTwoTo64 ? Value::uint(static_cast<std::uint64_t>(real))
                                        : Value::error("number is out of range for uint");
  }
  const auto parsed = parse_uint(value.text(), 10);
  return parsed ? Value::uint(*parsed) : bad_text(value.text(), "uint", arena);
}

auto to_double(Arguments arguments, Arena& arena) -> Value {
  const Value& value = arguments[0];
  if (value.is(Kind::integer)) {
    return Value::real(static_cast<double>(value.as_integer()));
  }
  if (value.is(Kind::uint)) {
    return Value::real(static_cast<double>(value.as_uint()));
  }
  const std::string_view text = value.text();
  if (text == "NaN") {
    return Value::real(std::nan(""));
  }
  if (text == "Infinity" || text == "+Infinity" || text == "-Infinity") {
    return Value::real(text.front() == '-' ? -HUGE_VAL : HUGE_VAL);
  }
  const auto parsed = parse_real(text);
  return parsed ? Value::real(*parsed) : bad_text(text, "double", arena);
}

auto to_bool(Arguments arguments, Arena& arena) -> Value {
  static constexpr std::array<std::string_view, 5> kTrue = {"1", "t", "true", "True", "TRUE"};
  static constexpr std::array<std::string_view, 5> kFalse = {"0", "f", "false", "False", "FALSE"};
  const std::string_view text = arguments[0].text();
  if (std::find(kTrue.begin(), kTrue.end(), text) != kTrue.end()) {
    return Value::boolean(true);
  }
  if (std::find(kFalse.begin(), kFalse.end(), text) != kFalse.end()) {
    return Value::boolean(false);
  }
  return bad_text(text, "bool", arena);
}

auto to_bytes(Arguments arguments, Arena& /*arena*/) -> Value {
  return Value::bytes(arguments[0].text());
}

auto to_string_value(Arguments arguments, Arena& arena) -> Value {
  return to_cel_string(arguments[0], arena);
}

auto to_timestamp(Arguments arguments, Arena& arena) -> Value {
  return arguments[0].is(Kind::string) ? parse_timestamp(arguments[0].text(), arena)
                                       : Value::timestamp(arguments[0].as_integer());
}

auto to_duration(Arguments arguments, Arena& arena) -> Value {
  return parse_duration(arguments[0].text(), arena);
}

auto type_function(Arguments arguments, Arena& /*arena*/) -> Value { return type_of(arguments[0]); }

auto size_of(Arguments arguments, Arena& /*arena*/) -> Value {
  const Value& value = arguments[0];
  std::size_t size = 0;
  if (value.is(Kind::string)) {
    size = count_code_points(value.text());
  } else if (value.is(Kind::bytes)) {
    size = value.text().size();
  } else {
    size = value.is(Kind::list) ? value.as_list().size : value.as_map().size;
  }
  return Value::integer(static_cast<std::int64_t>(size));
}

// A conversion to `result` from each of `from`, and from itself.
void add_conversion(Environment& environment, std::string_view name, const Type& result,
                    std::initializer_list<Type> from, Value (*call)(Arguments, Arena&)) {
  std::vector<Overload> overloads = {{{result}, result, &identity}};
  for (const Type& type : from) {
    overloads.push_back({{type}, result, call});
  }
  environment.add_function(name, CallStyle::global, std::move(overloads));
}

}  // namespace

auto string_or_exhausted(std::string_view text) -> Value {
  return text.data() == nullptr ? exhausted_error() : Value::string(text);
}

auto type_of(const Value& value) -> Value {
  return Value::type(value.is(Kind::record) ? std::string_view(value.record_type()->name)
                                            : kind_name(value.kind()));
}

auto to_cel_string(const Value& value, Arena& arena) -> Value {
  NumberBuffer number;
  TimeBuffer time;
  if (value.is(Kind::string)) {
    return value;
  }
  if (value.is(Kind::boolean)) {
    return Value::string(value.as_boolean() ? "true" : "false");
  }
  if (value.is(Kind::bytes)) {
    return find_invalid_utf8(value.text()) ? Value::error("bytes are not valid UTF-8")
                                           : Value::string(value.text());
  }
  if (value.is(Kind::integer) || value.is(Kind::uint)) {
    char* const first = number.data();
    char* const last = first + number.size();
    const auto end = value.is(Kind::integer) ? std::to_chars(first, last, value.as_integer())
                                             : std::to_chars(first, last, value.as_uint());
    return string_or_exhausted(arena.copy({first, static_cast<std::size_t>(end.ptr - first)}));
  }
  if (value.is(Kind::real)) {
    return string_or_exhausted(arena.copy(format_real(value.as_real(), number)));
  }
  if (value.is(Kind::timestamp)) {
    return string_or_exhausted(arena.copy(format_timestamp(value, time)));
  }
  if (value.is(Kind::duration)) {
    return string_or_exhausted(arena.copy(format_duration(value, time)));
  }
  if (value.is(Kind::ip) || value.is(Kind::cidr)) {
    AddressBuffer address;
    return string_or_exhausted(arena.copy(format_address(value, address)));
  }
  return Value::error(arena, "no overload of `string` fits (", kind_name(value.kind()), ")");
}

void add_conversions(Environment& environment) {
  const Type string = Type::string();
  const Type integer = Type::integer();
  add_conversion(environment, "int", integer,
                 {Type::uint(), Type::real(), string, Type::timestamp()}, &to_int);
  add_conversion(environment, "uint", Type::uint(), {integer, Type::real(), string}, &to_uint);
  add_conversion(environment, "double", Type::real(), {integer, Type::uint(), string}, &to_double);
  add_conversion(environment, "bool", Type::boolean(), {string}, &to_bool);
  add_conversion(environment, "bytes", Type::bytes(), {string}, &to_bytes);
  add_conversion(environment, "string", string,
                 {Type::boolean(), integer, Type::uint(), Type::real(), Type::bytes(),
                  Type::timestamp(), Type::duration(), Type::ip(), Type::cidr()},
                 &to_string_value);
  add_conversion(environment, "timestamp", Type::timestamp(), {string, integer}, &to_timestamp);
  add_conversion(environment, "duration", Type::duration(), {string}, &to_duration);
  environment.add_function("dyn", CallStyle::global, {{{Type::param_a()}, Type::dyn(), &identity}});
  environment.add_function("type", CallStyle::global,
                           {{{Type::param_a()}, Type::type(), &type_function}});
}

void add_collections(Environment& environment) {
  for (const CallStyle style : {CallStyle::global, CallStyle::method}) {
    std::vector<Overload> overloads;
    for (const Type& type : {Type::string(), Type::bytes(), Type::list(Type::param_a()),
                             Type::map(Type::param_a(), Type::param_b())}) {
      overloads.push_back({{type}, Type::integer(), &size_of});
    }
    environment.add_function("size", style, std::move(overloads));
  }
}

}  // namespace fedgate::cel
