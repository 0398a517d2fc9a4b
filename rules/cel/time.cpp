#include "rules/cel/time.h"

#include <charconv>
#include <chrono>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "schema/base/seconds.h"

namespace fedgate::cel {
namespace {

// Reads the parts of a fixed format from the front of a text.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  // Exactly `count` digits as a number.
  auto digits(std::size_t count) -> int {
    if (rest_.size() < count) {
      return fail();
    }
    int value = 0;
    const char* const end = rest_.data() + count;
    const auto [stop, error] = std::from_chars(rest_.data(), end, value);
    if (error != std::errc() || stop != end || rest_.front() == '-') {
      return fail();
    }
    rest_.remove_prefix(count);
    return value;
  }

  void expect(char wanted) {
    if (!accept(wanted)) {
      ok_ = false;
    }
  }

  auto accept(char wanted) -> bool {
    if (rest_.empty() || rest_.front() != wanted) {
      return false;
    }
    rest_.remove_prefix(1);
    return true;
  }

  // The digits of a fraction, of which there must be one, as nanoseconds.
  auto fraction() -> std::int32_t {
    std::int32_t nanos = 0;
    std::int32_t unit = kNanosPerSecond / 10;
    ok_ = ok_ && !rest_.empty() && is_digit(rest_.front());
    while (!rest_.empty() && is_digit(rest_.front())) {
      nanos += unit * (rest_.front() - '0');
      unit /= 10;
      rest_.remove_prefix(1);
    }
    return nanos;
  }

  [[nodiscard]] auto done() const -> bool { return ok_ && rest_.empty(); }

 private:
  static auto is_digit(char byte) -> bool { return byte >= '0' && byte <= '9'; }
  auto fail() -> int {
    ok_ = false;
    return 0;
  }

  std::string_view rest_;
  bool ok_ = true;
};

// The seconds that local time is ahead of UTC: `Z` or `+hh:mm`.
auto read_offset(Reader& reader) -> std::optional<std::int64_t> {
  if (reader.accept('Z')) {
    return 0;
  }
  const bool negative = reader.accept('-');
  if (!negative) {
    reader.expect('+');
  }
  const int hours = reader.digits(2);
  reader.expect(':');
  const int minutes = reader.digits(2);
  if (hours > 23 || minutes > 59) {
    return std::nullopt;
  }
  const std::int64_t offset = hours * 3600 + minutes * 60;
  return negative ? -offset : offset;
}

// One unit of a duration at the front of `text`: its nanoseconds; removed from `text`.
auto read_unit(std::string_view& text) -> std::optional<std::int64_t> {
  // `ms` stands before `m`. Both code points that people write for micro are known.
  static constexpr std::array<std::pair<std::string_view, std::int64_t>, 8> kUnits = {{
      {"ns", 1},
      {"us", 1'000},
      {"\xC2\xB5s", 1'000},
      {"\xCE\xBCs", 1'000},
      {"ms", 1'000'000},
      {"s", 1'000'000'000},
      {"m", 60'000'000'000},
      {"h", 3'600'000'000'000},
  }};
  for (const auto& [name, nanos] : kUnits) {
    if (text.starts_with(name)) {
      text.remove_prefix(name.size());
      return nanos;
    }
  }
  return std::nullopt;
}

// Digits with an optional point at the front of `text`: the whole part as a negative number, whose
// range is the larger one, and the fraction as a numerator over a power of ten. Nothing where there
// is no digit or the whole part overflows.
struct Decimal {
  std::int64_t negative_whole = 0;
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;
};

auto read_decimal(std::string_view& text) -> std::optional<Decimal> {
  Decimal result;
  bool any = false;
  const auto next = [&]() -> std::optional<int> {
    if (text.empty() || text.front() < '0' || text.front() > '9') {
      return std::nullopt;
    }
    const int digit = text.front() - '0';
    text.remove_prefix(1);
    any = true;
    return digit;
  };
  while (const auto digit = next()) {
    std::int64_t& whole = result.negative_whole;
    if (__builtin_mul_overflow(whole, std::int64_t{10}, &whole) ||
        __builtin_sub_overflow(whole, std::int64_t{*digit}, &whole)) {
      return std::nullopt;
    }
  }
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    while (const auto digit = next()) {
      // What is below a nanosecond of an hour does not count.
      if (result.denominator < 10'000'000'000'000) {
        result.numerator = result.numerator * 10 + *digit;
        result.denominator *= 10;
      }
    }
  }
  return any ? std::optional<Decimal>(result) : std::nullopt;
}

auto duration_error(std::string_view text, Arena& arena) -> Value {
  return Value::error(arena, "`", text, "` is not a duration such as `90s` or `1h30m`");
}

}  // namespace

auto civil_time(std::int64_t seconds) -> CivilTime {
  namespace chrono = std::chrono;
  std::int64_t days = seconds / kSecondsPerDay;
  std::int64_t of_day = seconds % kSecondsPerDay;
  if (of_day < 0) {
    of_day += kSecondsPerDay;
    --days;
  }
  const chrono::sys_days day{chrono::days(days)};
  const chrono::year_month_day date(day);
  const chrono::sys_days new_year = date.year() / chrono::January / 1;
  CivilTime result;
  result.year = static_cast<int>(date.year());
  result.month = static_cast<int>(static_cast<unsigned>(date.month()));
  result.day = static_cast<int>(static_cast<unsigned>(date.day()));
  result.weekday = static_cast<int>(chrono::weekday(day).c_encoding());
  result.yearday = static_cast<int>((day - new_year).count());
  result.hour = static_cast<int>(of_day / 3600);
  result.minute = static_cast<int>(of_day / 60 % 60);
  result.second = static_cast<int>(of_day % 60);
  return result;
}

auto parse_timestamp(std::string_view text, Arena& arena) -> Value {
  Reader reader(text);
  const int year = reader.digits(4);
  reader.expect('-');
  const int month = reader.digits(2);
  reader.expect('-');
  const int day = reader.digits(2);
  reader.expect('T');
  const int hour = reader.digits(2);
  reader.expect(':');
  const int minute = reader.digits(2);
  reader.expect(':');
  const int second = reader.digits(2);
  const std::int32_t nanos = reader.accept('.') ? reader.fraction() : 0;
  const std::optional<std::int64_t> offset = read_offset(reader);
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!reader.done() || !offset || !date.ok() || hour > 23 || minute > 59 || second > 59) {
    return Value::error(arena, "`", text, "` is not a timestamp such as `2026-11-22T10:00:00Z`");
  }
  const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
  const std::int64_t of_day = hour * 3600 + minute * 60 + second;
  return Value::timestamp(days * kSecondsPerDay + of_day - *offset, nanos);
}

auto parse_duration(std::string_view text, Arena& arena) -> Value {
  std::string_view rest = text;
  const bool negative = rest.starts_with('-');
  if (negative || rest.starts_with('+')) {
    rest.remove_prefix(1);
  }
  if (rest == "0") {
    return Value::duration_nanos(0);
  }
  if (rest.empty()) {
    return duration_error(text, arena);
  }
  // Summed up as a negative number, like its parts.
  std::int64_t total = 0;
  while (!rest.empty()) {
    const std::optional<Decimal> number = read_decimal(rest);
    const std::optional<std::int64_t> unit = number ? read_unit(rest) : std::nullopt;
    if (!unit) {
      return duration_error(text, arena);
    }
    // The numerator is below 10^13 and the unit below 10^13: doubled width holds the product.
    __extension__ using Wide = __int128;
    const auto fraction = static_cast<std::int64_t>(static_cast<Wide>(number->numerator) * *unit /
                                                    number->denominator);
    std::int64_t nanos = 0;
    if (__builtin_mul_overflow(number->negative_whole, *unit, &nanos) ||
        __builtin_sub_overflow(nanos, fraction, &nanos) ||
        __builtin_add_overflow(total, nanos, &total)) {
      return Value::error(arena, "duration `", text, "` is out of range");
    }
  }
  if (negative) {
    return Value::duration_nanos(total);
  }
  if (__builtin_sub_overflow(std::int64_t{0}, total, &total)) {
    return Value::error(arena, "duration `", text, "` is out of range");
  }
  return Value::duration_nanos(total);
}

namespace {

// Appends a fraction of a second without trailing zeros; nothing for 0.
auto append_fraction(char* end, std::uint64_t nanos) -> char* {
  if (nanos == 0) {
    return end;
  }
  end = fmt::format_to(end, ".{:09}", nanos);
  while (end[-1] == '0') {
    --end;
  }
  return end;
}

}  // namespace

auto format_timestamp(const Value& timestamp, TimeBuffer& buffer) -> std::string_view {
  const CivilTime time = civil_time(timestamp.timestamp_seconds());
  char* end = fmt::format_to(buffer.data(), "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", time.year,
                             time.month, time.day, time.hour, time.minute, time.second);
  end = append_fraction(end, static_cast<std::uint64_t>(timestamp.timestamp_nanos()));
  *end++ = 'Z';
  return {buffer.data(), static_cast<std::size_t>(end - buffer.data())};
}

auto format_duration(const Value& duration, TimeBuffer& buffer) -> std::string_view {
  const std::int64_t nanos = duration.duration_nanos();
  const auto magnitude = nanos < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(nanos)
                                   : static_cast<std::uint64_t>(nanos);
  constexpr auto kUnit = static_cast<std::uint64_t>(kNanosPerSecond);
  char* end = fmt::format_to(buffer.data(), "{}{}", nanos < 0 ? "-" : "", magnitude / kUnit);
  end = append_fraction(end, magnitude % kUnit);
  *end++ = 's';
  return {buffer.data(), static_cast<std::size_t>(end - buffer.data())};
}

auto add_duration(const Value& timestamp, const Value& duration, int sign) -> Value {
  const std::int64_t nanos = duration.duration_nanos();
  std::int64_t seconds = timestamp.timestamp_seconds() + sign * (nanos / kNanosPerSecond);
  std::int64_t rest = timestamp.timestamp_nanos() + sign * (nanos % kNanosPerSecond);
  if (rest < 0) {
    rest += kNanosPerSecond;
    --seconds;
  } else if (rest >= kNanosPerSecond) {
    rest -= kNanosPerSecond;
    ++seconds;
  }
  return Value::timestamp(seconds, static_cast<std::int32_t>(rest));
}

auto subtract_timestamps(const Value& left, const Value& right) -> Value {
  return Value::duration(left.timestamp_seconds() - right.timestamp_seconds(),
                         left.timestamp_nanos() - right.timestamp_nanos());
}

}  // namespace fedgate::cel
