#include "rules/cel/zone.h"

#include <chrono>
#include <stdexcept>
#include <string>

#include <date/tz.h>

namespace fedgate::cel {
namespace {

auto is_digit(char byte) -> bool { return byte >= '0' && byte <= '9'; }

// `[+-]hh:mm`, the sign and the first digit of the hours may be left out.
auto fixed_offset(std::string_view zone) -> std::optional<std::int64_t> {
  const bool negative = zone.starts_with('-');
  if (negative || zone.starts_with('+')) {
    zone.remove_prefix(1);
  }
  if (zone.size() == 4 || zone.size() == 5) {
    const std::size_t colon = zone.size() - 3;
    std::int64_t hours = 0;
    for (const char digit : zone.substr(0, colon)) {
      if (!is_digit(digit)) {
        return std::nullopt;
      }
      hours = hours * 10 + (digit - '0');
    }
    if (zone[colon] != ':' || !is_digit(zone[colon + 1]) || !is_digit(zone[colon + 2])) {
      return std::nullopt;
    }
    const std::int64_t minutes = (zone[colon + 1] - '0') * 10 + (zone[colon + 2] - '0');
    if (hours > 23 || minutes > 59) {
      return std::nullopt;
    }
    const std::int64_t offset = hours * 3600 + minutes * 60;
    return negative ? -offset : offset;
  }
  return std::nullopt;
}

}  // namespace

auto zone_offset(std::string_view zone, std::int64_t seconds) -> std::optional<std::int64_t> {
  if (zone == "UTC") {
    return 0;
  }
  if (const auto fixed = fixed_offset(zone)) {
    return fixed;
  }
  // `localtime` is the zone of this machine, on which no verdict may depend.
  if (zone == "localtime") {
    return std::nullopt;
  }
  // The library says by exception that a name is unknown or that there is no database. It is built
  // to read the system's files and downloads nothing.
  try {
    const date::time_zone* const found = date::locate_zone(std::string(zone));
    const date::sys_seconds instant{std::chrono::seconds(seconds)};
    return found->get_info(instant).offset.count();
  } catch (const std::runtime_error&) {
    return std::nullopt;
  }
}

}  // namespace fedgate::cel
