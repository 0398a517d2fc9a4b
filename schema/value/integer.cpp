#include "schema/value/integer.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "schema/value/describe.h"

namespace fedgate::value {

namespace {

constexpr const char* kNumberHelp = "write a whole number in decimal digits";

auto number_error(std::string_view text, Defect defect, std::string message,
                  std::string help = kNumberHelp) -> ValueError {
  return error_at(defect, 0, text.size(), std::move(message), std::move(help));
}

// Without leading zeros, one digit at least.
auto strip_zeros(std::string_view digits) -> std::string_view {
  return digits.substr(std::min(digits.find_first_not_of('0'), digits.size() - 1));
}

auto leading_zero(std::string_view text) -> ValueError {
  const bool is_negative = text.front() == '-';
  const std::string_view digits = text.substr(is_negative ? 1 : 0);
  if (is_all_digits(digits) && digits.find_first_not_of('0') == std::string_view::npos) {
    auto error =
        number_error(text, Defect::other_type,
                     fmt::format("{} is zero in another spelling", quote(text)), "write `0`");
    error.replacement = "0";
    return error;
  }
  return number_error(
      text, Defect::other_type,
      fmt::format("{} has a leading zero; YAML 1.1 reads it as octal", quote(text)),
      fmt::format("write {} if a decimal number is meant",
                  quote((is_negative ? "-" : "") + std::string(strip_zeros(digits)))));
}

// `text` between digits only, with `separator` among them: `1,000`, `1_000`, `1 000`, `1'000`.
auto find_grouping(std::string_view text) -> std::optional<ValueError> {
  constexpr std::string_view kSeparators = "_,' ";
  const std::size_t at = text.find_first_of(kSeparators);
  if (at == std::string_view::npos || at == 0 || at + 1 == text.size()) {
    return std::nullopt;
  }
  std::string digits;
  for (const char c : text) {
    if (c != text[at]) {
      digits += c;
    }
  }
  if (!is_all_digits(digits)) {
    return std::nullopt;
  }
  auto error = number_error(text, Defect::other_type,
                            fmt::format("{} has separators between its digits", quote(text)),
                            fmt::format("write {}", quote(digits)));
  error.offset = to_offset(at);
  error.length = 1;
  return error;
}

// A number of another notation, named by it.
auto find_notation(std::string_view text) -> std::optional<ValueError> {
  const std::string lower = to_lower(text);
  std::string_view rest = lower;
  if (rest.front() == '-' || rest.front() == '+') {
    rest.remove_prefix(1);
  }
  const auto refuse = [&](std::string_view what) {
    return number_error(text, Defect::other_type,
                        fmt::format("{} is {}; only decimal numbers are read", quote(text), what));
  };
  const auto only = [&](std::string_view digits) {
    return rest.size() > 2 && rest.find_first_not_of(digits, 2) == std::string_view::npos;
  };
  if (rest.starts_with("0x") && only("0123456789abcdef")) {
    return refuse("a hexadecimal number");
  }
  if (rest.starts_with("0o") && only("01234567")) {
    return refuse("an octal number");
  }
  if (rest.starts_with("0b") && only("01")) {
    return refuse("a binary number");
  }
  if (rest == ".inf" || rest == ".nan" || rest == "inf" || rest == "nan") {
    return refuse("a floating-point value");
  }
  const bool is_float = rest.find_first_not_of("0123456789.e+-") == std::string_view::npos &&
                        rest.find_first_of("0123456789") != std::string_view::npos;
  if (is_float && rest.find('e') != std::string_view::npos) {
    return refuse("a number with an exponent");
  }
  if (is_float && std::count(rest.begin(), rest.end(), '.') == 1 &&
      rest.find_first_of("+-") == std::string_view::npos) {
    return refuse("a number with a fraction");
  }
  return std::nullopt;
}

auto explain_number(std::string_view text) -> ValueError {
  if (text.empty()) {
    return number_error(text, Defect::empty, "the number is empty");
  }
  if (auto error = find_notation(text)) {
    return *std::move(error);
  }
  if (auto error = find_grouping(text)) {
    return *std::move(error);
  }
  const bool has_sign = text.front() == '-' || text.front() == '+';
  const std::string_view digits = text.substr(has_sign ? 1 : 0);
  if (is_all_digits(digits) && text.front() == '+') {
    auto error =
        number_error(text, Defect::other_type, fmt::format("{} has a plus sign", quote(text)),
                     fmt::format("write {}", quote(digits)));
    error.length = 1;
    if (const auto unsigned_form = parse_integer(digits)) {
      error.replacement = std::string(digits);
    } else {
      error.help = unsigned_form.error().help;
    }
    return error;
  }
  for (std::size_t offset = has_sign ? 1 : 0; offset < text.size(); ++offset) {
    if (!is_digit(text[offset])) {
      // A word is wrong as a whole; otherwise the first character that is no digit is.
      const bool is_word = offset == 0;
      const Character character = character_at(text, offset);
      auto error =
          number_error(text, Defect::bad_character, fmt::format("{} is not a number", quote(text)));
      if (!is_word) {
        error.offset = character.offset;
        error.length = character.length;
      }
      return error;
    }
  }
  return number_error(text, Defect::bad_form, fmt::format("{} is not a number", quote(text)));
}

}  // namespace

auto parse_integer(std::string_view text) -> Parsed<std::int64_t> {
  const bool is_negative = text.starts_with('-');
  const std::string_view digits = text.substr(is_negative ? 1 : 0);
  if (!is_all_digits(digits)) {
    return Unexpected{explain_number(text)};
  }
  if (digits.front() == '0' && (digits.size() > 1 || is_negative)) {
    return Unexpected{leading_zero(text)};
  }
  std::int64_t number = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), number).ec != std::errc()) {
    return Unexpected{number_error(text, Defect::out_of_range,
                                   fmt::format("{} does not fit 64 bits", quote(text)),
                                   "write a smaller number")};
  }
  return number;
}

}  // namespace fedgate::value
