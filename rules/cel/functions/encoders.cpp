// The encoders extension: Base64 (RFC 4648, section 4).
#include <array>
#include <cstdint>
#include <string_view>

#include "rules/cel/functions/library.h"

namespace fedgate::cel {
namespace {

using Arguments = std::span<const Value>;

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

auto encode(Arguments arguments, Arena& arena) -> Value {
  const std::string_view octets = arguments[0].text();
  const std::span<char> text = arena.make_array<char>((octets.size() + 2) / 3 * 4);
  if (text.size() < octets.size()) {
    return exhausted_error();
  }
  std::size_t size = 0;
  for (std::size_t i = 0; i < octets.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, octets.size() - i);
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      bits = bits << 8U | (k < count ? static_cast<unsigned char>(octets[i + k]) : 0U);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      text[size++] = k <= count ? kAlphabet[(bits >> (18 - 6 * k)) & 0x3FU] : '=';
    }
  }
  return Value::string({text.data(), size});
}

auto decode(Arguments arguments, Arena& arena) -> Value {
  std::string_view text = arguments[0].text();
  // Padding may be left out; where it stands it is complete.
  if (text.size() % 4 == 0 && text.ends_with('=')) {
    text.remove_suffix(text.ends_with("==") ? 2 : 1);
  }
  if (text.size() % 4 == 1) {
    return Value::error("text is no Base64");
  }
  const std::span<char> octets = arena.make_array<char>(text.size() / 4 * 3 + 3);
  if (octets.empty()) {
    return exhausted_error();
  }
  std::size_t size = 0;
  std::uint32_t bits = 0;
  unsigned available = 0;
  for (const char letter : text) {
    const std::size_t digit = kAlphabet.find(letter);
    if (digit == std::string_view::npos) {
      return Value::error("text is no Base64");
    }
    bits = bits << 6U | static_cast<std::uint32_t>(digit);
    available += 6;
    if (available >= 8) {
      available -= 8;
      octets[size++] = static_cast<char>((bits >> available) & 0xFFU);
    }
  }
  return Value::bytes({octets.data(), size});
}

}  // namespace

void add_encoders(Environment& environment) {
  environment.add_function("base64.encode", CallStyle::global,
                           {{{Type::bytes()}, Type::string(), &encode}});
  environment.add_function("base64.decode", CallStyle::global,
                           {{{Type::string()}, Type::bytes(), &decode}});
}

}  // namespace fedgate::cel
