// Seconds, in which certificates, tables and zones count, and the days that they make.
#pragma once

#include <cstdint>

namespace fedgate {

inline constexpr std::int64_t kSecondsPerHour = 3'600;
inline constexpr std::int64_t kSecondsPerDay = 86'400;

// Rounded down, also below 0: the day of a point in time that counts from 1970-01-01 UTC.
[[nodiscard]] constexpr auto days_of(std::int64_t seconds) -> std::int64_t {
  return seconds / kSecondsPerDay - (seconds % kSecondsPerDay < 0 ? 1 : 0);
}

}  // namespace fedgate
