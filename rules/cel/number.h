// Numbers as text: what literals and conversions read and write. Private to rules/cel.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace fedgate::cel {

// The first numbers above int and uint.
inline constexpr double kTwoTo63 = 9223372036854775808.0;
inline constexpr double kTwoTo64 = 18446744073709551616.0;

// Decimal digits with an optional sign, the whole text, in range.
[[nodiscard]] auto parse_integer(std::string_view text) -> std::optional<std::int64_t>;
// Digits of the given base (10 or 16) without a sign.
[[nodiscard]] auto parse_uint(std::string_view text, int base) -> std::optional<std::uint64_t>;
// A decimal floating-point number with an optional sign. Too small is 0, too large is nothing.
[[nodiscard]] auto parse_real(std::string_view text) -> std::optional<double>;

// Long enough for every double in plain notation: 309 digits before the point or 324 after it.
using NumberBuffer = std::array<char, 400>;

// The shortest text that reads back as the same number: `0.5`, `-0.0045`, `1e+21`; `NaN`,
// `Infinity`, `-Infinity`. Exponents are for numbers below 0.0001 and from 10^21 up; a whole number
// has no point.
[[nodiscard]] auto format_real(double value, NumberBuffer& buffer) -> std::string_view;
// The same without exponents.
[[nodiscard]] auto format_real_plain(double value, NumberBuffer& buffer) -> std::string_view;

}  // namespace fedgate::cel
