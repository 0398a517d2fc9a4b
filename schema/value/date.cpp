#include "schema/value/date.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "schema/value/describe.h"

namespace fedgate::value {

namespace {

constexpr int kFirstYear = 1970;
constexpr int kLastYear = 9999;
constexpr std::size_t kTextSize = 10;

constexpr const char* kDateHelp = "write a date as year-month-day, such as `2027-06-30`";

auto to_days(std::chrono::year_month_day date) -> std::int32_t {
  return static_cast<std::int32_t>(std::chrono::sys_days(date).time_since_epoch().count());
}

constexpr std::chrono::year_month_day kLastDay = std::chrono::year{kLastYear} / 12 / 31;

auto civil(std::int32_t days) -> std::chrono::year_month_day {
  return std::chrono::sys_days(std::chrono::days(days));
}

// `digits` holds at most four decimal digits.
auto to_number(std::string_view digits) -> int {
  int number = 0;
  for (const char c : digits) {
    number = number * 10 + (c - '0');
  }
  return number;
}

auto date_error(Defect defect, std::size_t offset, std::size_t length, std::string message,
                std::string help = kDateHelp) -> ValueError {
  return error_at(defect, offset, length, std::move(message), std::move(help));
}

// The first place where `text` departs from `0000-00-00`, or its size where it begins like that.
auto mismatch(std::string_view text) -> std::size_t {
  constexpr std::string_view kShape = "0000-00-00";
  std::size_t i = 0;
  while (i < text.size() && i < kShape.size() &&
         (kShape[i] == '-' ? text[i] == '-' : is_digit(text[i]))) {
    ++i;
  }
  return i;
}

// The bad form in words; a time behind a date and its parts in another order are the usual ones.
auto form_error(std::string_view text) -> ValueError {
  if (text.empty()) {
    return date_error(Defect::empty, 0, 0, "the date is empty");
  }
  const std::size_t good = mismatch(text);
  if (good == kTextSize) {
    const bool has_time = text[good] == 'T' || text[good] == 't' || text[good] == ' ';
    return date_error(Defect::bad_form, good, text.size() - good,
                      has_time ? fmt::format("{} has a time; a date is due here", quote(text))
                               : fmt::format("{} has something behind the date", quote(text)));
  }
  return date_error(Defect::bad_form, 0, text.size(), fmt::format("{} is not a date", quote(text)));
}

auto leap_help(int year, unsigned month) -> std::string {
  const auto last = std::chrono::year{year} / std::chrono::month{month} / std::chrono::last;
  return fmt::format("the last day of that month is `{:04}-{:02}-{:02}`", year, month,
                     static_cast<unsigned>(last.day()));
}

}  // namespace

auto Date::parse(std::string_view text) -> Parsed<Date> {
  if (text.size() != kTextSize || mismatch(text) != kTextSize) {
    return Unexpected{form_error(text)};
  }
  const int year = to_number(text.substr(0, 4));
  const auto month = static_cast<unsigned>(to_number(text.substr(5, 2)));
  const auto day = static_cast<unsigned>(to_number(text.substr(8, 2)));
  if (year < kFirstYear) {
    return Unexpected{
        date_error(Defect::out_of_range, 0, 4,
                   fmt::format("the year {} lies before {}", quote(text.substr(0, 4)), kFirstYear),
                   fmt::format("write a year from {} to {}", kFirstYear, kLastYear))};
  }
  if (month < 1 || month > 12) {
    return Unexpected{date_error(Defect::out_of_range, 5, 2,
                                 fmt::format("there is no month {}", quote(text.substr(5, 2))))};
  }
  const auto date = from_civil(year, month, day);
  if (!date) {
    return Unexpected{date_error(Defect::out_of_range, 8, 2,
                                 fmt::format("{} is not in the calendar", quote(text)),
                                 leap_help(year, month))};
  }
  return *date;
}

auto Date::from_civil(int year, unsigned month, unsigned day) -> std::optional<Date> {
  if (year < kFirstYear || year > kLastYear || month > 12 || day > 31) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date =
      std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day};
  if (!date.ok()) {
    return std::nullopt;
  }
  return Date(to_days(date));
}

auto Date::from_days_since_epoch(std::int64_t days) -> Date {
  const std::int64_t last = to_days(kLastDay);
  return Date(static_cast<std::int32_t>(std::clamp<std::int64_t>(days, 0, last)));
}

auto Date::year() const -> int { return static_cast<int>(civil(days_).year()); }

auto Date::month() const -> unsigned { return static_cast<unsigned>(civil(days_).month()); }

auto Date::day() const -> unsigned { return static_cast<unsigned>(civil(days_).day()); }

auto Date::to_text() const -> std::string {
  return fmt::format("{:04}-{:02}-{:02}", year(), month(), day());
}

auto Date::plus_days(std::int64_t days) const -> Date {
  const std::int64_t last = to_days(kLastDay);
  // Clamped first, so that the sum cannot overflow.
  return from_days_since_epoch(days_ + std::clamp<std::int64_t>(days, -last, last));
}

auto Date::days_until(const Date& other) const -> std::int32_t { return other.days_ - days_; }

}  // namespace fedgate::value
