// Duration: a span of time in whole seconds, as specs write it (`90s`, `10m`, `8h`, `199d`,
// `1h30m`).
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "schema/value/value_error.h"

namespace fedgate::value {

// Numbers with the units d, h, m, s, in this order and each at most once; never negative. A bare
// number is refused, because a reader cannot see its unit.
class Duration {
 public:
  // No time at all.
  Duration() = default;

  [[nodiscard]] static auto parse(std::string_view text) -> Parsed<Duration>;
  // `seconds` must not be negative.
  [[nodiscard]] static auto from_seconds(std::int64_t seconds) -> Duration;

  [[nodiscard]] auto seconds() const -> std::int64_t { return seconds_; }
  [[nodiscard]] auto is_zero() const -> bool { return seconds_ == 0; }
  // The shortest text that parse() reads as this duration and in which each number but the first is
  // below one of the next larger unit; of two equally short ones that with the larger units: `90m`,
  // `61m1s`, `1d1s`, `0s`.
  [[nodiscard]] auto to_text() const -> std::string;

  friend auto operator==(const Duration&, const Duration&) -> bool = default;
  friend auto operator<=>(const Duration&, const Duration&) -> std::strong_ordering = default;

 private:
  explicit Duration(std::int64_t seconds) : seconds_(seconds) {}

  std::int64_t seconds_ = 0;
};

}  // namespace fedgate::value
