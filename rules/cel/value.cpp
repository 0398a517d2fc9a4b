#include "rules/cel/value.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <numeric>

#include "rules/cel/compare.h"
#include "rules/cel/time.h"

namespace fedgate::cel {
namespace {

auto value_at(const void* data, std::size_t index, Arena& /*arena*/) -> Value {
  return static_cast<const Value*>(data)[index];
}

// What the entries of a literal map become: the entries in their own order and, for lookups, their
// indices in the order of keys.
struct SortedMap {
  std::span<const MapEntry> entries;
  std::span<std::uint32_t> order;
};

auto entry_key(const void* data, std::size_t index, Arena& /*arena*/) -> Value {
  return static_cast<const SortedMap*>(data)->entries[index].key;
}

auto entry_value(const void* data, std::size_t index, Arena& /*arena*/) -> Value {
  return static_cast<const SortedMap*>(data)->entries[index].value;
}

auto find_entry(const void* data, const Value& key, Arena& /*arena*/) -> std::optional<Value> {
  const auto& map = *static_cast<const SortedMap*>(data);
  const auto found = std::lower_bound(map.order.begin(), map.order.end(), key,
                                      [&](std::uint32_t index, const Value& wanted) {
                                        return compare_keys(map.entries[index].key, wanted) < 0;
                                      });
  if (found == map.order.end() || compare_keys(map.entries[*found].key, key) != 0) {
    return std::nullopt;
  }
  return map.entries[*found].value;
}

}  // namespace

auto Value::timestamp(std::int64_t seconds, std::int32_t nanos) -> Value {
  if (seconds < kFirstSecond || seconds > kLastSecond || nanos < 0 || nanos >= kNanosPerSecond) {
    return error("timestamp is outside the years 1 to 9999");
  }
  Value result(Kind::timestamp);
  result.payload_.integer = seconds;
  result.extra_.nanos = nanos;
  return result;
}

auto Value::duration(std::int64_t seconds, std::int64_t nanos) -> Value {
  std::int64_t total = 0;
  if (__builtin_mul_overflow(seconds, std::int64_t{kNanosPerSecond}, &total) ||
      __builtin_add_overflow(total, nanos, &total)) {
    return error("duration is out of range");
  }
  return duration_nanos(total);
}

auto Value::ip(const std::array<std::uint8_t, 16>& address, std::uint8_t family) -> Value {
  Value result(Kind::ip);
  std::memcpy(&result.payload_.uint, address.data(), 8);
  std::memcpy(&result.extra_.bits, address.data() + 8, 8);
  result.family_ = family;
  return result;
}

auto Value::cidr(const std::array<std::uint8_t, 16>& address, std::uint8_t family,
                 std::uint8_t prefix_length) -> Value {
  Value result = ip(address, family);
  result.kind_ = Kind::cidr;
  result.prefix_ = prefix_length;
  return result;
}

auto Value::error(Arena& arena, std::string_view first, std::string_view second,
                  std::string_view third) -> Value {
  const std::string_view message = arena.concatenate(first, second, third);
  return message.data() == nullptr ? exhausted_error() : error(message);
}

auto Value::address() const -> std::array<std::uint8_t, 16> {
  assert(is(Kind::ip) || is(Kind::cidr));
  std::array<std::uint8_t, 16> result{};
  std::memcpy(result.data(), &payload_.uint, 8);
  std::memcpy(result.data() + 8, &extra_.bits, 8);
  return result;
}

auto Value::address_family() const -> std::uint8_t {
  assert(is(Kind::ip) || is(Kind::cidr));
  return family_;
}

auto Value::prefix_length() const -> std::uint8_t {
  assert(is(Kind::cidr));
  return prefix_;
}

auto exhausted_error() -> Value {
  return Value::error("the expression takes more steps or memory than an evaluation may use");
}

namespace {

constexpr std::string_view kUnknown = "the value is not known";

}  // namespace

auto unknown_error() -> Value { return Value::error(kUnknown); }

auto is_unknown(const Value& value) -> bool { return value.is_error() && value.text() == kUnknown; }

auto list_of_values(std::span<const Value> items, Arena& arena) -> Value {
  const auto* view = arena.make<ListView>(items.data(), items.size(), &value_at);
  return view == nullptr ? exhausted_error() : Value::list(view);
}

auto map_of_entries(std::span<const MapEntry> entries, Arena& arena) -> Value {
  for (const MapEntry& entry : entries) {
    if (!is_key(entry.key)) {
      return Value::error("map keys must be bool, int, uint or string");
    }
  }
  const std::span<std::uint32_t> order = arena.make_array<std::uint32_t>(entries.size());
  auto* map = arena.make<SortedMap>(entries, order);
  if ((order.data() == nullptr && !entries.empty()) || map == nullptr ||
      !arena.spend(entries.size())) {
    return exhausted_error();
  }
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t left, std::uint32_t right) {
    return compare_keys(entries[left].key, entries[right].key) < 0;
  });
  for (std::size_t i = 1; i < order.size(); ++i) {
    if (compare_keys(entries[order[i - 1]].key, entries[order[i]].key) == 0) {
      return Value::error("a key occurs twice in a map");
    }
  }
  const auto* view =
      arena.make<MapView>(map, entries.size(), &entry_key, &entry_value, &find_entry);
  return view == nullptr ? exhausted_error() : Value::map(view);
}

}  // namespace fedgate::cel
