// to_display: values in messages for people.
#include <array>
#include <cstdint>
#include <string>
#include <utility>

#include "rules/cel/address.h"
#include "rules/cel/number.h"
#include "rules/cel/record.h"
#include "rules/cel/time.h"
#include "rules/cel/value.h"

namespace fedgate::cel {
namespace {

// Deeper than anything that a message could show.
constexpr std::size_t kDeepest = 16;

auto display(const Value& value, std::size_t depth, Arena& arena) -> std::string;

auto display_list(const ListView& list, std::size_t depth, Arena& arena) -> std::string {
  std::string result;
  for (std::size_t i = 0; i < list.size; ++i) {
    result += i == 0 ? "" : ", ";
    result += display(list.at(list.data, i, arena), depth + 1, arena);
  }
  return result;
}

auto display_map(const MapView& map, std::size_t depth, Arena& arena) -> std::string {
  std::string result;
  for (std::size_t i = 0; i < map.size; ++i) {
    result += i == 0 ? "" : ", ";
    result += display(map.key_at(map.data, i, arena), depth + 1, arena) + ": ";
    result += display(map.value_at(map.data, i, arena), depth + 1, arena);
  }
  return result;
}

auto display_timestamp(const Value& value) -> std::string {
  TimeBuffer buffer;
  const std::string_view text = format_timestamp(value, buffer);
  constexpr std::string_view kMidnight = "T00:00:00Z";
  return std::string(text.ends_with(kMidnight) ? text.substr(0, text.size() - kMidnight.size())
                                               : text);
}

auto display_duration(const Value& value) -> std::string {
  static constexpr std::array<std::pair<std::int64_t, char>, 4> kUnits = {
      {{86400, 'd'}, {3600, 'h'}, {60, 'm'}, {1, 's'}}};
  const std::int64_t nanos = value.duration_nanos();
  if (nanos % kNanosPerSecond == 0 && nanos != 0) {
    const std::int64_t seconds = nanos / kNanosPerSecond;
    for (const auto& [size, letter] : kUnits) {
      // `90s` stays as it is; `60s` is a whole minute.
      if (seconds % size == 0) {
        return std::to_string(seconds / size) + letter;
      }
    }
  }
  TimeBuffer buffer;
  return std::string(format_duration(value, buffer));
}

auto display(const Value& value, std::size_t depth, Arena& arena) -> std::string {
  NumberBuffer number;
  AddressBuffer address;
  switch (value.kind()) {
    case Kind::boolean:
      return value.as_boolean() ? "true" : "false";
    case Kind::integer:
      return std::to_string(value.as_integer());
    case Kind::uint:
      return std::to_string(value.as_uint());
    case Kind::real:
      return std::string(format_real(value.as_real(), number));
    case Kind::string:
    case Kind::bytes:
    case Kind::type:
    case Kind::error:
      return std::string(value.text());
    case Kind::timestamp:
      return display_timestamp(value);
    case Kind::duration:
      return display_duration(value);
    case Kind::list:
      return depth > kDeepest ? "…" : display_list(value.as_list(), depth, arena);
    case Kind::map:
      return depth > kDeepest ? "…" : display_map(value.as_map(), depth, arena);
    case Kind::optional:
      if (value.optional_inner() == nullptr) {
        return "";
      }
      return depth > kDeepest ? "…" : display(*value.optional_inner(), depth + 1, arena);
    case Kind::record:
      return value.record_type()->name;
    case Kind::ip:
    case Kind::cidr:
      return std::string(format_address(value, address));
    case Kind::null:
    case Kind::dyn:
    case Kind::number:
    case Kind::param_a:
    case Kind::param_b:
      return "null";
  }
  return "";
}

}  // namespace

auto to_display(const Value& value) -> std::string {
  // For what host lists allocate when they are read.
  Arena arena;
  return display(value, 0, arena);
}

}  // namespace fedgate::cel
