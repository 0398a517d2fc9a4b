// Equality, order and lookup of values as CEL defines them. Private to rules/cel, besides tests.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "rules/cel/arena.h"
#include "rules/cel/value.h"

namespace fedgate::cel {

// How two values that can be compared stand to each other; `unordered` where a NaN takes part.
enum class Order : std::uint8_t { less, equal, greater, unordered };

// `a == b`: numbers by value across int, uint and double, lists by element, maps by key and value;
// values of different types are unequal. Spends steps for elements; where they run out the result
// means nothing and the arena is exhausted.
[[nodiscard]] auto equal(const Value& left, const Value& right, Arena& arena) -> bool;

// The order behind `<`: of bools, numbers, strings, bytes, timestamps and durations. Nothing for
// values that have no order. An int or uint and a double are compared as doubles, as CEL asks for.
[[nodiscard]] auto order(const Value& left, const Value& right) -> std::optional<Order>;

// Whether the value may be a key of a map: bool, int, uint or string.
[[nodiscard]] auto is_key(const Value& value) -> bool;

// A total order of keys: negative, zero or positive. An int and a uint of the same number are
// equal.
[[nodiscard]] auto compare_keys(const Value& left, const Value& right) -> int;

// The value at `key`, which may be of any kind; a double finds the integer that equals it.
[[nodiscard]] auto find_in_map(const MapView& map, const Value& key, Arena& arena)
    -> std::optional<Value>;

// Whether an element equals `wanted`.
[[nodiscard]] auto list_contains(const ListView& list, const Value& wanted, Arena& arena) -> bool;

// The index that `value` names (an int, a uint or an integral double), or nothing where it names no
// element of a list of `size`.
[[nodiscard]] auto list_index(const Value& value, std::size_t size) -> std::optional<std::size_t>;

// Of text: bytes that start a code point.
[[nodiscard]] auto count_code_points(std::string_view text) -> std::size_t;

}  // namespace fedgate::cel
