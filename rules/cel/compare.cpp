#include "rules/cel/compare.h"

#include <cmath>
#include <compare>

#include "rules/cel/number.h"
#include "rules/cel/record.h"

namespace fedgate::cel {
namespace {

// 2^63 and 2^64, which doubles hold exactly.

template <typename T>
auto order_of(const T& left, const T& right) -> Order {
  if (left < right) {
    return Order::less;
  }
  return right < left ? Order::greater : Order::equal;
}

auto order_of_doubles(double left, double right) -> Order {
  if (std::isnan(left) || std::isnan(right)) {
    return Order::unordered;
  }
  return order_of(left, right);
}

auto reversed(Order order) -> Order {
  if (order == Order::less) {
    return Order::greater;
  }
  return order == Order::greater ? Order::less : order;
}

auto order_int_double(std::int64_t left, double right) -> Order {
  if (right < -kTwoTo63) {
    return Order::greater;
  }
  if (right > kTwoTo63) {
    return Order::less;
  }
  return order_of_doubles(static_cast<double>(left), right);
}

auto order_uint_double(std::uint64_t left, double right) -> Order {
  if (right < 0) {
    return Order::greater;
  }
  if (right > kTwoTo64) {
    return Order::less;
  }
  return order_of_doubles(static_cast<double>(left), right);
}

auto order_int_uint(std::int64_t left, std::uint64_t right) -> Order {
  return left < 0 ? Order::less : order_of(static_cast<std::uint64_t>(left), right);
}

auto order_numbers(const Value& left, const Value& right) -> Order {
  if (left.is(Kind::integer)) {
    if (right.is(Kind::integer)) {
      return order_of(left.as_integer(), right.as_integer());
    }
    return right.is(Kind::uint) ? order_int_uint(left.as_integer(), right.as_uint())
                                : order_int_double(left.as_integer(), right.as_real());
  }
  if (left.is(Kind::uint)) {
    if (right.is(Kind::uint)) {
      return order_of(left.as_uint(), right.as_uint());
    }
    return right.is(Kind::real) ? order_uint_double(left.as_uint(), right.as_real())
                                : reversed(order_int_uint(right.as_integer(), left.as_uint()));
  }
  if (right.is(Kind::real)) {
    return order_of_doubles(left.as_real(), right.as_real());
  }
  return reversed(order_numbers(right, left));
}

auto equal_lists(const ListView& left, const ListView& right, Arena& arena) -> bool {
  if (left.size != right.size) {
    return false;
  }
  for (std::size_t i = 0; i < left.size; ++i) {
    if (!equal(left.at(left.data, i, arena), right.at(right.data, i, arena), arena)) {
      return false;
    }
  }
  return true;
}

auto equal_maps(const MapView& left, const MapView& right, Arena& arena) -> bool {
  if (left.size != right.size) {
    return false;
  }
  for (std::size_t i = 0; i < left.size; ++i) {
    const Value key = left.key_at(left.data, i, arena);
    const std::optional<Value> other = find_in_map(right, key, arena);
    if (!other || !equal(left.value_at(left.data, i, arena), *other, arena)) {
      return false;
    }
  }
  return true;
}

auto equal_records(const Value& left, const Value& right, Arena& arena) -> bool {
  if (left.record_type() != right.record_type()) {
    return false;
  }
  if (left.object() == right.object()) {
    return true;
  }
  for (const Field& field : left.record_type()->fields) {
    const Presence in_left = presence_of(field, left.object());
    const Presence in_right = presence_of(field, right.object());
    if (in_left != in_right) {
      return false;
    }
    if (in_left == Presence::present &&
        !equal(field.get(left.object(), arena), field.get(right.object(), arena), arena)) {
      return false;
    }
  }
  return true;
}

auto equal_optionals(const Value* left, const Value* right, Arena& arena) -> bool {
  if (left == nullptr || right == nullptr) {
    return left == right;
  }
  return equal(*left, *right, arena);
}

auto equal_same_kind(const Value& left, const Value& right, Arena& arena) -> bool {
  const Kind kind = left.kind();
  if (kind == Kind::list) {
    return equal_lists(left.as_list(), right.as_list(), arena);
  }
  if (kind == Kind::map) {
    return equal_maps(left.as_map(), right.as_map(), arena);
  }
  if (kind == Kind::record) {
    return equal_records(left, right, arena);
  }
  if (kind == Kind::optional) {
    return equal_optionals(left.optional_inner(), right.optional_inner(), arena);
  }
  if (kind == Kind::type) {
    return left.text() == right.text();
  }
  if (kind == Kind::ip || kind == Kind::cidr) {
    return left.address() == right.address() &&
           (kind == Kind::ip || left.prefix_length() == right.prefix_length());
  }
  return kind == Kind::null || order(left, right) == Order::equal;
}

}  // namespace

auto equal(const Value& left, const Value& right, Arena& arena) -> bool {
  if (left.kind() == right.kind() && (left.is(Kind::string) || left.is(Kind::bytes))) {
    // 64 bytes of strings of the same size are a step.
    return left.text().size() == right.text().size() && arena.spend(1 + left.text().size() / 64) &&
           left.text() == right.text();
  }
  if (is_number(left.kind()) && is_number(right.kind())) {
    return order_numbers(left, right) == Order::equal;
  }
  if (left.kind() != right.kind() || !arena.spend(1)) {
    return false;
  }
  if (!arena.enter_level()) {
    return false;
  }
  const bool result = equal_same_kind(left, right, arena);
  arena.leave_level();
  return result;
}

auto order(const Value& left, const Value& right) -> std::optional<Order> {
  if (is_number(left.kind()) && is_number(right.kind())) {
    return order_numbers(left, right);
  }
  if (left.kind() != right.kind()) {
    return std::nullopt;
  }
  if (left.is(Kind::string) || left.is(Kind::bytes)) {
    return order_of(left.text(), right.text());
  }
  if (left.is(Kind::boolean)) {
    return order_of(left.as_boolean(), right.as_boolean());
  }
  if (left.is(Kind::duration)) {
    return order_of(left.duration_nanos(), right.duration_nanos());
  }
  if (left.is(Kind::timestamp)) {
    return left.timestamp_seconds() == right.timestamp_seconds()
               ? order_of(left.timestamp_nanos(), right.timestamp_nanos())
               : order_of(left.timestamp_seconds(), right.timestamp_seconds());
  }
  return std::nullopt;
}

auto is_key(const Value& value) -> bool {
  return value.is(Kind::boolean) || value.is(Kind::integer) || value.is(Kind::uint) ||
         value.is(Kind::string);
}

auto compare_keys(const Value& left, const Value& right) -> int {
  const auto rank = [](const Value& key) {
    if (key.is(Kind::boolean)) {
      return 0;
    }
    return key.is(Kind::string) ? 2 : 1;
  };
  if (rank(left) != rank(right)) {
    return rank(left) - rank(right);
  }
  const std::optional<Order> found = order(left, right);
  if (!found || *found == Order::equal) {
    return 0;
  }
  return *found == Order::less ? -1 : 1;
}

auto find_in_map(const MapView& map, const Value& key, Arena& arena) -> std::optional<Value> {
  Value wanted = key;
  if (key.is(Kind::real)) {
    const double number = key.as_real();
    if (std::trunc(number) != number || number < -kTwoTo63 || number >= kTwoTo64) {
      return std::nullopt;
    }
    wanted = number < kTwoTo63 ? Value::integer(static_cast<std::int64_t>(number))
                               : Value::uint(static_cast<std::uint64_t>(number));
  }
  if (!is_key(wanted)) {
    return std::nullopt;
  }
  if (map.find != nullptr) {
    return map.find(map.data, wanted, arena);
  }
  for (std::size_t i = 0; i < map.size; ++i) {
    const Value candidate = map.key_at(map.data, i, arena);
    if (!arena.spend(1)) {
      return std::nullopt;
    }
    if (is_key(candidate) && compare_keys(candidate, wanted) == 0) {
      return map.value_at(map.data, i, arena);
    }
  }
  return std::nullopt;
}

auto list_contains(const ListView& list, const Value& wanted, Arena& arena) -> bool {
  for (std::size_t i = 0; i < list.size && arena.spend(1); ++i) {
    if (equal(list.at(list.data, i, arena), wanted, arena)) {
      return true;
    }
  }
  return false;
}

auto list_index(const Value& value, std::size_t size) -> std::optional<std::size_t> {
  std::uint64_t index = 0;
  if (value.is(Kind::integer) && value.as_integer() >= 0) {
    index = static_cast<std::uint64_t>(value.as_integer());
  } else if (value.is(Kind::uint)) {
    index = value.as_uint();
  } else if (value.is(Kind::real) && value.as_real() >= 0 && value.as_real() < kTwoTo63 &&
             std::trunc(value.as_real()) == value.as_real()) {
    index = static_cast<std::uint64_t>(value.as_real());
  } else {
    return std::nullopt;
  }
  return index < size ? std::optional<std::size_t>(index) : std::nullopt;
}

auto count_code_points(std::string_view text) -> std::size_t {
  std::size_t count = 0;
  for (const char byte : text) {
    count += (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U ? 1U : 0U;
  }
  return count;
}

}  // namespace fedgate::cel
