// The arithmetic of Evaluator.
#include <algorithm>
#include <cstdint>

#include "rules/cel/evaluator.h"
#include "rules/cel/functions/library.h"
#include "rules/cel/time.h"

namespace fedgate::cel {
namespace {

// Where an operation is not defined for the operands; calculate()'s caller makes the error of it.
auto undefined() -> Value { return Value::null(); }

auto overflow() -> Value { return Value::error("integer overflow"); }

auto calculate_integers(Op operation, std::int64_t left, std::int64_t right) -> Value {
  std::int64_t result = 0;
  if (operation == Op::add) {
    return __builtin_add_overflow(left, right, &result) ? overflow() : Value::integer(result);
  }
  if (operation == Op::subtract) {
    return __builtin_sub_overflow(left, right, &result) ? overflow() : Value::integer(result);
  }
  if (operation == Op::multiply) {
    return __builtin_mul_overflow(left, right, &result) ? overflow() : Value::integer(result);
  }
  if (right == 0) {
    return Value::error(operation == Op::divide ? "division by zero" : "modulus by zero");
  }
  if (left == INT64_MIN && right == -1) {
    return overflow();
  }
  return Value::integer(operation == Op::divide ? left / right : left % right);
}

auto calculate_uints(Op operation, std::uint64_t left, std::uint64_t right) -> Value {
  std::uint64_t result = 0;
  if (operation == Op::add) {
    return __builtin_add_overflow(left, right, &result) ? overflow() : Value::uint(result);
  }
  if (operation == Op::subtract) {
    return __builtin_sub_overflow(left, right, &result) ? overflow() : Value::uint(result);
  }
  if (operation == Op::multiply) {
    return __builtin_mul_overflow(left, right, &result) ? overflow() : Value::uint(result);
  }
  if (right == 0) {
    return Value::error(operation == Op::divide ? "division by zero" : "modulus by zero");
  }
  return Value::uint(operation == Op::divide ? left / right : left % right);
}

auto calculate_reals(Op operation, double left, double right) -> Value {
  if (operation == Op::add) {
    return Value::real(left + right);
  }
  if (operation == Op::subtract) {
    return Value::real(left - right);
  }
  if (operation == Op::multiply) {
    return Value::real(left * right);
  }
  return operation == Op::divide ? Value::real(left / right) : undefined();
}

auto calculate_durations(Op operation, std::int64_t left, std::int64_t right) -> Value {
  std::int64_t result = 0;
  const bool failed = operation == Op::add ? __builtin_add_overflow(left, right, &result)
                                           : __builtin_sub_overflow(left, right, &result);
  return failed ? Value::error("duration is out of range") : Value::duration_nanos(result);
}

auto concatenate_lists(const ListView& left, const ListView& right, Arena& arena) -> Value {
  const std::size_t size = left.size + right.size;
  const std::span<Value> items = arena.make_array<Value>(size);
  if (items.size() < size || !arena.spend(size)) {
    return exhausted_error();
  }
  for (std::size_t i = 0; i < left.size; ++i) {
    items[i] = left.at(left.data, i, arena);
  }
  for (std::size_t i = 0; i < right.size; ++i) {
    items[left.size + i] = right.at(right.data, i, arena);
  }
  return list_of_values(items, arena);
}

auto concatenate(const Value& left, const Value& right, Arena& arena) -> Value {
  if (left.is(Kind::list)) {
    return concatenate_lists(left.as_list(), right.as_list(), arena);
  }
  const std::string_view text = arena.concatenate(left.text(), right.text());
  if (text.data() == nullptr || !arena.spend(text.size() / 64)) {
    return exhausted_error();
  }
  return left.is(Kind::string) ? Value::string(text) : Value::bytes(text);
}

auto calculate_times(Op operation, const Value& left, const Value& right) -> Value {
  if (operation != Op::add && operation != Op::subtract) {
    return undefined();
  }
  if (left.is(Kind::duration) && right.is(Kind::duration)) {
    return calculate_durations(operation, left.duration_nanos(), right.duration_nanos());
  }
  if (left.is(Kind::timestamp) && right.is(Kind::duration)) {
    return add_duration(left, right, operation == Op::add ? 1 : -1);
  }
  if (left.is(Kind::duration) && right.is(Kind::timestamp) && operation == Op::add) {
    return add_duration(right, left, 1);
  }
  if (left.is(Kind::timestamp) && right.is(Kind::timestamp) && operation == Op::subtract) {
    return subtract_timestamps(left, right);
  }
  return undefined();
}

}  // namespace

auto calculate(Op operation, const Value& left, const Value& right, Arena& arena) -> Value {
  const Kind kind = left.kind();
  if (kind == Kind::timestamp || kind == Kind::duration) {
    return calculate_times(operation, left, right);
  }
  if (kind != right.kind()) {
    return undefined();
  }
  if (kind == Kind::integer) {
    return calculate_integers(operation, left.as_integer(), right.as_integer());
  }
  if (kind == Kind::uint) {
    return calculate_uints(operation, left.as_uint(), right.as_uint());
  }
  if (kind == Kind::real) {
    return calculate_reals(operation, left.as_real(), right.as_real());
  }
  const bool joins = kind == Kind::string || kind == Kind::bytes || kind == Kind::list;
  return joins && operation == Op::add ? concatenate(left, right, arena) : undefined();
}

}  // namespace fedgate::cel
