// Timestamps and durations: the proleptic Gregorian calendar, RFC 3339 and duration texts. Private
// to rules/cel.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "rules/cel/arena.h"
#include "rules/cel/value.h"

namespace fedgate::cel {

constexpr std::int32_t kNanosPerSecond = 1'000'000'000;
// 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z.
constexpr std::int64_t kFirstSecond = -62135596800;
constexpr std::int64_t kLastSecond = 253402300799;

struct CivilTime {
  int year = 0;
  // 1 to 12, 1 to 31.
  int month = 0;
  int day = 0;
  // 0 is Sunday.
  int weekday = 0;
  // 0 is 1 January.
  int yearday = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
};

// The calendar at so many seconds after 1970-01-01T00:00:00, both in the same zone.
[[nodiscard]] auto civil_time(std::int64_t seconds) -> CivilTime;

// RFC 3339, section 5.6, with `T` and `Z` in upper case; digits past nanoseconds are dropped. Not a
// timestamp: an error value in the arena.
[[nodiscard]] auto parse_timestamp(std::string_view text, Arena& arena) -> Value;

// A sign, then numbers with units (h, m, s, ms, us, ns), e.g. `1h30m`, `-1.5s`; `0` needs no unit.
[[nodiscard]] auto parse_duration(std::string_view text, Arena& arena) -> Value;

using TimeBuffer = std::array<char, 48>;

// `2009-02-13T23:31:30Z`, with as many digits of a fraction as it takes.
[[nodiscard]] auto format_timestamp(const Value& timestamp, TimeBuffer& buffer) -> std::string_view;
// In seconds: `60s`, `-0.001s`.
[[nodiscard]] auto format_duration(const Value& duration, TimeBuffer& buffer) -> std::string_view;

// The sum or difference of timestamps and durations, or an error value out of range. `sign` is 1
// or -1.
[[nodiscard]] auto add_duration(const Value& timestamp, const Value& duration, int sign) -> Value;
[[nodiscard]] auto subtract_timestamps(const Value& left, const Value& right) -> Value;

}  // namespace fedgate::cel
