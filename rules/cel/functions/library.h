// The standard library of CEL and its extensions, by family; Environment() adds them all. Private
// to rules/cel.
#pragma once

#include <cstddef>
#include <string_view>

#include "rules/cel/arena.h"
#include "rules/cel/environment.h"
#include "rules/cel/value.h"

namespace fedgate::cel {

// The signatures of the operators, under the names of operator_function(); the evaluator has their
// meaning built in.
void add_operators(Environment& environment);
// bool, bytes, double, duration, dyn, int, string, timestamp, type, uint.
void add_conversions(Environment& environment);
// size.
void add_collections(Environment& environment);
// The accessors of timestamps and durations.
void add_times(Environment& environment);
// contains, endsWith, matches, startsWith and the strings extension.
void add_strings(Environment& environment);
void add_math(Environment& environment);
void add_encoders(Environment& environment);
void add_optionals(Environment& environment);
void add_network(Environment& environment);

// The body of `matches` for a pattern that is only known at run time.
[[nodiscard]] auto matches_pattern(std::span<const Value> arguments, Arena& arena) -> Value;

// `format.format(arguments)` of the strings extension.
[[nodiscard]] auto format_text(std::string_view format, const ListView& arguments, Arena& arena)
    -> Value;

// What `string(x)` gives, or an error value where there is no such conversion.
[[nodiscard]] auto to_cel_string(const Value& value, Arena& arena) -> Value;

// What `type(x)` gives.
[[nodiscard]] auto type_of(const Value& value) -> Value;

// A string value of arena memory; the exhausted error where `text` has no memory.
[[nodiscard]] auto string_or_exhausted(std::string_view text) -> Value;

}  // namespace fedgate::cel
