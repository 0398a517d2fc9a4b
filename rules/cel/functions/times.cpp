// The accessors of timestamps and durations.
#include <array>
#include <optional>
#include <string_view>

#include "rules/cel/functions/library.h"
#include "rules/cel/time.h"
#include "rules/cel/zone.h"

namespace fedgate::cel {
namespace {

using Arguments = std::span<const Value>;

constexpr std::int64_t kNanosPerMillisecond = 1'000'000;

auto full_year(const CivilTime& time) -> int { return time.year; }
auto month(const CivilTime& time) -> int { return time.month - 1; }
auto date(const CivilTime& time) -> int { return time.day; }
auto day_of_month(const CivilTime& time) -> int { return time.day - 1; }
auto day_of_week(const CivilTime& time) -> int { return time.weekday; }
auto day_of_year(const CivilTime& time) -> int { return time.yearday; }
auto hours(const CivilTime& time) -> int { return time.hour; }
auto minutes(const CivilTime& time) -> int { return time.minute; }
auto seconds(const CivilTime& time) -> int { return time.second; }

// Reads a part of the calendar, in UTC or in the zone of the second argument.
template <auto Part>
auto read_part(Arguments arguments, Arena& arena) -> Value {
  std::int64_t local = arguments[0].timestamp_seconds();
  if (arguments.size() == 2) {
    const std::optional<std::int64_t> offset = zone_offset(arguments[1].text(), local);
    if (!offset) {
      return Value::error(arena, "unknown time zone `", arguments[1].text(), "`");
    }
    local += *offset;
  }
  return Value::integer(Part(civil_time(local)));
}

// Milliseconds are the same in every zone, but the zone must exist.
auto read_milliseconds(Arguments arguments, Arena& arena) -> Value {
  const Value checked = read_part<&seconds>(arguments, arena);
  return checked.is_error() ? checked
                            : Value::integer(arguments[0].timestamp_nanos() / kNanosPerMillisecond);
}

template <std::int64_t Unit>
auto whole_units(Arguments arguments, Arena& /*arena*/) -> Value {
  return Value::integer(arguments[0].duration_nanos() / Unit);
}

auto duration_milliseconds(Arguments arguments, Arena& /*arena*/) -> Value {
  return Value::integer(arguments[0].duration_nanos() % kNanosPerSecond / kNanosPerMillisecond);
}

void add_accessor(Environment& environment, std::string_view name,
                  Value (*call)(Arguments, Arena&)) {
  environment.add_function(name, CallStyle::method,
                           {{{Type::timestamp()}, Type::integer(), call},
                            {{Type::timestamp(), Type::string()}, Type::integer(), call}});
}

void add_duration_accessor(Environment& environment, std::string_view name,
                           Value (*call)(Arguments, Arena&)) {
  environment.add_function(name, CallStyle::method, {{{Type::duration()}, Type::integer(), call}});
}

}  // namespace

void add_times(Environment& environment) {
  add_accessor(environment, "getFullYear", &read_part<&full_year>);
  add_accessor(environment, "getMonth", &read_part<&month>);
  add_accessor(environment, "getDate", &read_part<&date>);
  add_accessor(environment, "getDayOfMonth", &read_part<&day_of_month>);
  add_accessor(environment, "getDayOfWeek", &read_part<&day_of_week>);
  add_accessor(environment, "getDayOfYear", &read_part<&day_of_year>);
  add_accessor(environment, "getHours", &read_part<&hours>);
  add_accessor(environment, "getMinutes", &read_part<&minutes>);
  add_accessor(environment, "getSeconds", &read_part<&seconds>);
  add_accessor(environment, "getMilliseconds", &read_milliseconds);
  constexpr std::int64_t kSecond = kNanosPerSecond;
  add_duration_accessor(environment, "getHours", &whole_units<3600 * kSecond>);
  add_duration_accessor(environment, "getMinutes", &whole_units<60 * kSecond>);
  add_duration_accessor(environment, "getSeconds", &whole_units<kSecond>);
  add_duration_accessor(environment, "getMilliseconds", &duration_milliseconds);
}

}  // namespace fedgate::cel
