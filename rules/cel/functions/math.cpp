// The math extension.
#include <cmath>
#include <cstdint>
#include <string_view>

#include "rules/cel/compare.h"
#include "rules/cel/functions/library.h"

namespace fedgate::cel {
namespace {

using Arguments = std::span<const Value>;

// The winner of two numbers, the first one of equals; it keeps its type.
template <Order Wanted>
auto better(const Value& champion, const Value& challenger) -> Value {
  return order(challenger, champion) == Wanted ? challenger : champion;
}

template <Order Wanted>
auto best_argument(Arguments arguments, Arena& /*arena*/) -> Value {
  Value best = arguments[0];
  for (const Value& argument : arguments.subspan(1)) {
    best = better<Wanted>(best, argument);
  }
  return best;
}

template <Order Wanted>
auto best_element(Arguments arguments, Arena& arena) -> Value {
  const ListView& list = arguments[0].as_list();
  if (list.size == 0) {
    return Value::error("the list is empty");
  }
  Value best;
  for (std::size_t i = 0; i < list.size; ++i) {
    const Value item = list.at(list.data, i, arena);
    if (!is_number(item.kind())) {
      return item.is_error() ? item : Value::error("an element of the list is no number");
    }
    best = i == 0 ? item : better<Wanted>(best, item);
    if (!arena.spend(1)) {
      return exhausted_error();
    }
  }
  return best;
}

template <Order Wanted>
void add_best(Environment& environment, std::string_view name) {
  std::vector<Overload> overloads;
  for (const Type& type : {Type::integer(), Type::uint(), Type::real()}) {
    overloads.push_back({{type}, type, &best_argument<Wanted>, true});
    overloads.push_back({{Type::list(type)}, type, &best_element<Wanted>});
  }
  overloads.push_back({{Type::number()}, Type::dyn(), &best_argument<Wanted>, true});
  overloads.push_back({{Type::list(Type::number())}, Type::dyn(), &best_element<Wanted>});
  environment.add_function(name, CallStyle::global, std::move(overloads));
}

template <double (*Apply)(double)>
auto apply_real(Arguments arguments, Arena& /*arena*/) -> Value {
  return Value::real(Apply(arguments[0].as_real()));
}

template <bool (*Predicate)(double)>
auto ask_real(Arguments arguments, Arena& /*arena*/) -> Value {
  return Value::boolean(Predicate(arguments[0].as_real()));
}

auto round_up(double value) -> double { return std::ceil(value); }
auto round_down(double value) -> double { return std::floor(value); }
auto round_half_away(double value) -> double { return std::round(value); }
auto round_to_zero(double value) -> double { return std::trunc(value); }
auto root(double value) -> double { return std::sqrt(value); }
auto is_nan(double value) -> bool { return std::isnan(value); }
auto is_infinite(double value) -> bool { return std::isinf(value); }
auto is_finite(double value) -> bool { return std::isfinite(value); }

auto absolute(Arguments arguments, Arena& /*arena*/) -> Value {
  const Value& value = arguments[0];
  if (value.is(Kind::real)) {
    return Value::real(std::fabs(value.as_real()));
  }
  if (value.is(Kind::integer) && value.as_integer() == INT64_MIN) {
    return Value::error("integer overflow");
  }
  return value.is(Kind::integer) && value.as_integer() < 0 ? Value::integer(-value.as_integer())
                                                           : value;
}

auto sign(Arguments arguments, Arena& /*arena*/) -> Value {
  const Value& value = arguments[0];
  if (value.is(Kind::uint)) {
    return Value::uint(value.as_uint() == 0 ? 0 : 1);
  }
  if (value.is(Kind::integer)) {
    const std::int64_t number = value.as_integer();
    return Value::integer((number > 0 ? 1 : 0) - (number < 0 ? 1 : 0));
  }
  const double real = value.as_real();
  if (std::isnan(real)) {
    return value;
  }
  return Value::real((real > 0 ? 1.0 : 0.0) - (real < 0 ? 1.0 : 0.0));
}

auto root_of(Arguments arguments, Arena& /*arena*/) -> Value {
  const Value& value = arguments[0];
  if (value.is(Kind::real)) {
    return Value::real(root(value.as_real()));
  }
  return Value::real(root(value.is(Kind::integer) ? static_cast<double>(value.as_integer())
                                                  : static_cast<double>(value.as_uint())));
}

// The 64 bits of an int or a uint, and back to the type of `like`.
auto bits_of(const Value& value) -> std::uint64_t {
  return value.is(Kind::uint) ? value.as_uint() : static_cast<std::uint64_t>(value.as_integer());
}

auto from_bits(std::uint64_t bits, const Value& like) -> Value {
  return like.is(Kind::uint) ? Value::uint(bits) : Value::integer(static_cast<std::int64_t>(bits));
}

auto bit_and(Arguments arguments, Arena& /*arena*/) -> Value {
  return from_bits(bits_of(arguments[0]) & bits_of(arguments[1]), arguments[0]);
}
auto bit_or(Arguments arguments, Arena& /*arena*/) -> Value {
  return from_bits(bits_of(arguments[0]) | bits_of(arguments[1]), arguments[0]);
}
auto bit_xor(Arguments arguments, Arena& /*arena*/) -> Value {
  return from_bits(bits_of(arguments[0]) ^ bits_of(arguments[1]), arguments[0]);
}
auto bit_not(Arguments arguments, Arena& /*arena*/) -> Value {
  return from_bits(~bits_of(arguments[0]), arguments[0]);
}

// Shifts are logical: zeros come in from both sides.
template <bool Left>
auto shift(Arguments arguments, Arena& /*arena*/) -> Value {
  const std::int64_t distance = arguments[1].as_integer();
  if (distance < 0) {
    return Value::error("a shift by a negative distance");
  }
  const std::uint64_t bits = bits_of(arguments[0]);
  if (distance >= 64) {
    return from_bits(0, arguments[0]);
  }
  return from_bits(Left ? bits << distance : bits >> distance, arguments[0]);
}

void add_bits(Environment& environment, std::string_view name, std::size_t operands,
              Value (*call)(Arguments, Arena&)) {
  std::vector<Overload> overloads;
  for (const Type& type : {Type::integer(), Type::uint()}) {
    overloads.push_back({std::vector<Type>(operands, type), type, call});
  }
  environment.add_function(name, CallStyle::global, std::move(overloads));
}

void add_shift(Environment& environment, std::string_view name, Value (*call)(Arguments, Arena&)) {
  std::vector<Overload> overloads;
  for (const Type& type : {Type::integer(), Type::uint()}) {
    overloads.push_back({{type, Type::integer()}, type, call});
  }
  environment.add_function(name, CallStyle::global, std::move(overloads));
}

}  // namespace

void add_math(Environment& environment) {
  add_best<Order::greater>(environment, "math.greatest");
  add_best<Order::less>(environment, "math.least");
  const Type real = Type::real();
  const auto add_real = [&](std::string_view name, const Type& result, auto* call) {
    environment.add_function(name, CallStyle::global, {{{real}, result, call}});
  };
  add_real("math.ceil", real, &apply_real<&round_up>);
  add_real("math.floor", real, &apply_real<&round_down>);
  add_real("math.round", real, &apply_real<&round_half_away>);
  add_real("math.trunc", real, &apply_real<&round_to_zero>);
  add_real("math.isNaN", Type::boolean(), &ask_real<&is_nan>);
  add_real("math.isInf", Type::boolean(), &ask_real<&is_infinite>);
  add_real("math.isFinite", Type::boolean(), &ask_real<&is_finite>);
  for (const Type& type : {Type::integer(), Type::uint(), real}) {
    environment.add_function("math.abs", CallStyle::global, {{{type}, type, &absolute}});
    environment.add_function("math.sign", CallStyle::global, {{{type}, type, &sign}});
    environment.add_function("math.sqrt", CallStyle::global, {{{type}, real, &root_of}});
  }
  add_bits(environment, "math.bitAnd", 2, &bit_and);
  add_bits(environment, "math.bitOr", 2, &bit_or);
  add_bits(environment, "math.bitXor", 2, &bit_xor);
  add_bits(environment, "math.bitNot", 1, &bit_not);
  add_shift(environment, "math.bitShiftLeft", &shift<true>);
  add_shift(environment, "math.bitShiftRight", &shift<false>);
}

}  // namespace fedgate::cel
