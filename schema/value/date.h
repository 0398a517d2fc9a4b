// Date: a day of the proleptic Gregorian calendar from 1970-01-01 to 9999-12-31, without a time
// zone.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "schema/value/value_error.h"

namespace fedgate::value {

// Read and written as `2027-06-30` only (ISO 8601 and RFC 3339 full-date).
class Date {
 public:
  // 1970-01-01, which stands where a spec has no date.
  Date() = default;

  [[nodiscard]] static auto parse(std::string_view text) -> Parsed<Date>;
  // None where the calendar has no such day, or where it lies outside the range above.
  [[nodiscard]] static auto from_civil(int year, unsigned month, unsigned day)
      -> std::optional<Date>;
  // A day outside the range above becomes its nearer end.
  [[nodiscard]] static auto from_days_since_epoch(std::int64_t days) -> Date;

  [[nodiscard]] auto days_since_epoch() const -> std::int32_t { return days_; }
  [[nodiscard]] auto year() const -> int;
  [[nodiscard]] auto month() const -> unsigned;
  [[nodiscard]] auto day() const -> unsigned;
  [[nodiscard]] auto to_text() const -> std::string;

  // `days` later, or earlier where it is negative; stays inside the range above.
  [[nodiscard]] auto plus_days(std::int64_t days) const -> Date;
  // The number of days from this day to `other`, negative where `other` is earlier.
  [[nodiscard]] auto days_until(const Date& other) const -> std::int32_t;

  friend auto operator==(const Date&, const Date&) -> bool = default;
  friend auto operator<=>(const Date&, const Date&) -> std::strong_ordering = default;

 private:
  explicit Date(std::int32_t days) : days_(days) {}

  std::int32_t days_ = 0;
};

}  // namespace fedgate::value
