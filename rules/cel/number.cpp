#include "rules/cel/number.h"

#include <charconv>
#include <cmath>

namespace fedgate::cel {
namespace {

template <typename T>
auto parse_whole(std::string_view text, int base) -> std::optional<T> {
  T value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value, base);
  if (error != std::errc() || stop != end) {
    return std::nullopt;
  }
  return value;
}

// Of a well-formed decimal number that is not 0: whether it is below 1 in magnitude.
auto is_tiny(std::string_view text) -> bool {
  const std::size_t mark = text.find_first_of("eE");
  const std::string_view mantissa = text.substr(0, mark);
  const std::size_t point = mantissa.find('.');
  const std::size_t first = mantissa.find_first_of("123456789");
  // The power of ten of the first digit that counts, as if there were no exponent.
  const std::size_t unit = point == std::string_view::npos ? mantissa.size() : point;
  const double magnitude = static_cast<double>(unit) - static_cast<double>(first);
  if (mark == std::string_view::npos) {
    return magnitude < 0;
  }
  const std::string_view exponent = text.substr(mark + 1);
  const bool negative = exponent.starts_with('-');
  const auto size =
      parse_whole<std::int64_t>(exponent.substr(negative || exponent.starts_with('+') ? 1 : 0), 10);
  if (!size) {
    return negative;
  }
  const auto power = static_cast<double>(*size);
  return (negative ? -power : power) + magnitude < 0;
}

}  // namespace

auto parse_integer(std::string_view text) -> std::optional<std::int64_t> {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) {
      return std::nullopt;
    }
  }
  return parse_whole<std::int64_t>(text, 10);
}

auto parse_uint(std::string_view text, int base) -> std::optional<std::uint64_t> {
  return parse_whole<std::uint64_t>(text, base);
}

auto parse_real(std::string_view text) -> std::optional<double> {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) {
    text.remove_prefix(1);
  }
  // Names of numbers such as `nan` are left to the caller.
  if (text.empty() || (text.front() != '.' && (text.front() < '0' || text.front() > '9'))) {
    return std::nullopt;
  }
  double value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (stop != end || error == std::errc::invalid_argument) {
    return std::nullopt;
  }
  if (error == std::errc::result_out_of_range) {
    if (!is_tiny(text)) {
      return std::nullopt;
    }
    value = 0;
  }
  return negative ? -value : value;
}

namespace {

auto named_real(double value) -> std::string_view {
  if (std::isnan(value)) {
    return "NaN";
  }
  return value < 0 ? "-Infinity" : "Infinity";
}

}  // namespace

auto format_real(double value, NumberBuffer& buffer) -> std::string_view {
  const double magnitude = std::fabs(value);
  if (magnitude == 0 || (magnitude >= 1e-4 && magnitude < 1e21) || !std::isfinite(value)) {
    return format_real_plain(value, buffer);
  }
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                          std::chars_format::scientific);
  return {buffer.data(), static_cast<std::size_t>(end - buffer.data())};
}

auto format_real_plain(double value, NumberBuffer& buffer) -> std::string_view {
  if (!std::isfinite(value)) {
    return named_real(value);
  }
  const auto [end, error] =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
  return {buffer.data(), static_cast<std::size_t>(end - buffer.data())};
}

}  // namespace fedgate::cel
