#include "schema/value/duration.h"

#include <array>
#include <limits>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "schema/base/check.h"
#include "schema/value/describe.h"

namespace fedgate::value {

namespace {

struct Unit {
  char letter;
  std::int64_t seconds;
};

// From large to small, the order in which a duration is written.
constexpr std::array<Unit, 4> kUnits = {{{'d', 86400}, {'h', 3600}, {'m', 60}, {'s', 1}}};

constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max();

constexpr const char* kDurationHelp =
    "write numbers with the units d, h, m, s, such as `90s`, `10m` or `1h30m`";

auto duration_error(Defect defect, std::size_t offset, std::size_t length, std::string message,
                    std::string help = kDurationHelp) -> ValueError {
  return error_at(defect, offset, length, std::move(message), std::move(help));
}

// The index of the unit in kUnits.
auto unit_index(char letter) -> std::optional<std::size_t> {
  for (std::size_t i = 0; i < kUnits.size(); ++i) {
    if (kUnits[i].letter == letter) {
      return i;
    }
  }
  return std::nullopt;
}

// The number of units times their seconds; none where that is above kLargest.
auto to_seconds(std::string_view digits, std::int64_t unit) -> std::optional<std::int64_t> {
  std::int64_t number = 0;
  for (const char c : digits) {
    const std::int64_t digit = c - '0';
    if (number > (kLargest - digit) / 10) {
      return std::nullopt;
    }
    number = number * 10 + digit;
  }
  if (number > kLargest / unit) {
    return std::nullopt;
  }
  return number * unit;
}

// What is wrong with the letters behind a number, which are not a unit in lower case.
auto unit_error(std::string_view text, std::size_t begin) -> ValueError {
  std::size_t end = begin;
  while (end < text.size() && is_letter(text[end])) {
    ++end;
  }
  if (end == begin) {
    const Character character = character_at(text, begin);
    const std::string what = hidden_kind(character) || character.value == ' '
                                 ? character_name(character)
                                 : quote(text.substr(begin, character.length));
    return duration_error(
        Defect::bad_character, begin, character.length,
        fmt::format("{} is not allowed in a duration", what),
        "write whole numbers with the units d, h, m, s, without blanks or fractions, such "
        "as `90s` or `1h30m`");
  }
  const std::string_view word = text.substr(begin, end - begin);
  return duration_error(
      Defect::bad_form, begin, word.size(),
      fmt::format("{} is not a unit of time; those are d, h, m, s", quote(word)),
      word == "w" || word == "W" ? "write weeks in days, `7d` for one" : kDurationHelp);
}

// The duration with units in lower case, where that makes it one.
auto in_lower_case(std::string_view text) -> std::optional<std::string> {
  std::string lower = to_lower(text);
  if (lower == text || !Duration::parse(lower)) {
    return std::nullopt;
  }
  return lower;
}

// The text with kUnits[first] as its largest unit, zeros left out; empty where that unit is too
// large.
auto text_from(std::int64_t seconds, std::size_t first) -> std::string {
  std::string text;
  for (std::size_t i = first; i < kUnits.size(); ++i) {
    const std::int64_t count = seconds / kUnits[i].seconds;
    if (count == 0 && i == first) {
      return text;
    }
    if (count != 0) {
      text += fmt::format("{}{}", count, kUnits[i].letter);
    }
    seconds %= kUnits[i].seconds;
  }
  return text;
}

// What a text consists of, before it is known to be a duration.
struct Part {
  std::size_t begin = 0;
  std::size_t end = 0;  // of its digits; the unit stands there
};

// A defect of the digits of one part, or none.
auto find_digit_error(std::string_view text, Part part) -> std::optional<ValueError> {
  const std::string_view digits = text.substr(part.begin, part.end - part.begin);
  if (digits.empty()) {
    const char c = text[part.begin];
    if (c == '-' || c == '+') {
      return duration_error(Defect::out_of_range, part.begin, 1,
                            fmt::format("a duration has no sign; {} has one", quote(text)));
    }
    if (is_letter(c)) {
      return duration_error(Defect::bad_form, part.begin, 0,
                            fmt::format("{} lacks a number in front of a unit", quote(text)));
    }
    return unit_error(text, part.begin);
  }
  if (digits.size() > 1 && digits.front() == '0') {
    return duration_error(Defect::other_type, part.begin, digits.size(),
                          fmt::format("the number {} has a leading zero", quote(digits)),
                          "leave the zero out");
  }
  if (part.end == text.size()) {
    auto error = duration_error(Defect::bad_form, part.begin, digits.size(),
                                fmt::format("the number {} has no unit", quote(digits)));
    if (part.begin == 0) {
      error.help = fmt::format(
          "write `{0}s` for seconds, `{0}m` for minutes, `{0}h` for hours or `{0}d` for days",
          digits.substr(0, 20));
    }
    return error;
  }
  return std::nullopt;
}

auto too_long(std::string_view text) -> ValueError {
  return duration_error(Defect::out_of_range, 0, text.size(),
                        fmt::format("{} is longer than any duration can be", quote(text)),
                        fmt::format("write less than {}d", kLargest / 86400));
}

auto parse_parts(std::string_view text) -> Parsed<std::int64_t> {
  std::int64_t total = 0;
  std::size_t next_unit = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = begin;
    while (end < text.size() && is_digit(text[end])) {
      ++end;
    }
    if (auto error = find_digit_error(text, {begin, end})) {
      return Unexpected{*std::move(error)};
    }
    const auto unit = unit_index(text[end]);
    if (!unit || (end + 1 < text.size() && is_letter(text[end + 1]))) {
      return Unexpected{unit_error(text, end)};
    }
    if (*unit < next_unit) {
      return Unexpected{duration_error(Defect::bad_form, begin, end + 1 - begin,
                                       fmt::format("{} stands behind a unit that is not larger",
                                                   quote(text.substr(begin, end + 1 - begin))),
                                       "write each unit once, in the order d, h, m, s")};
    }
    next_unit = *unit + 1;
    const auto seconds = to_seconds(text.substr(begin, end - begin), kUnits[*unit].seconds);
    if (!seconds || *seconds > kLargest - total) {
      return Unexpected{too_long(text)};
    }
    total += *seconds;
    begin = end + 1;
  }
  return total;
}

}  // namespace

auto Duration::parse(std::string_view text) -> Parsed<Duration> {
  if (text.empty()) {
    return Unexpected{duration_error(Defect::empty, 0, 0, "the duration is empty")};
  }
  const auto seconds = parse_parts(text);
  if (seconds) {
    return Duration(*seconds);
  }
  ValueError error = seconds.error();
  if (auto lower = in_lower_case(text)) {
    error.help = fmt::format("write {}", quote(*lower));
    error.replacement = std::move(lower);
  }
  return Unexpected{std::move(error)};
}

auto Duration::from_seconds(std::int64_t seconds) -> Duration {
  FEDGATE_CHECK(seconds >= 0, "a duration is never negative");
  return Duration(seconds);
}

auto Duration::to_text() const -> std::string {
  if (is_zero()) {
    return "0s";
  }
  std::string shortest;
  for (std::size_t first = 0; first < kUnits.size(); ++first) {
    std::string text = text_from(seconds_, first);
    if (!text.empty() && (shortest.empty() || text.size() < shortest.size())) {
      shortest = std::move(text);
    }
  }
  return shortest;
}

}  // namespace fedgate::value
