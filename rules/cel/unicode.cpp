#include "rules/cel/unicode.h"

#include <array>

namespace fedgate::cel {
namespace {

// The least code point that needs a sequence of that size: a smaller one in it is overlong.
constexpr std::array<std::uint32_t, 5> kLeast = {0, 0, 0x80, 0x800, 0x10000};

auto is_character(std::uint64_t code_point) -> bool {
  return code_point <= 0x10FFFF && (code_point < 0xD800 || code_point > 0xDFFF);
}

// The size of the valid character at the start of `text`, or 0.
auto valid_size(std::string_view text) -> std::size_t {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80) {
    return 1;
  }
  if (lead < 0xC0 || lead >= 0xF8) {
    return 0;
  }
  const std::size_t size = utf8_size(text.front());
  if (text.size() < size) {
    return 0;
  }
  std::uint32_t code_point = lead & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if (!is_utf8_continuation(text[i])) {
      return 0;
    }
    code_point = code_point << 6U | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  return code_point >= kLeast[size] && is_character(code_point) ? size : 0;
}

}  // namespace

auto append_utf8(std::string& text, std::uint64_t code_point) -> bool {
  if (!is_character(code_point)) {
    return false;
  }
  const auto continuation = [&](unsigned shift) {
    text.push_back(static_cast<char>(0x80U | ((code_point >> shift) & 0x3FU)));
  };
  if (code_point < 0x80) {
    text.push_back(static_cast<char>(code_point));
  } else if (code_point < 0x800) {
    text.push_back(static_cast<char>(0xC0U | (code_point >> 6U)));
    continuation(0);
  } else if (code_point < 0x10000) {
    text.push_back(static_cast<char>(0xE0U | (code_point >> 12U)));
    continuation(6);
    continuation(0);
  } else {
    text.push_back(static_cast<char>(0xF0U | (code_point >> 18U)));
    continuation(12);
    continuation(6);
    continuation(0);
  }
  return true;
}

auto find_invalid_utf8(std::string_view text) -> std::optional<std::size_t> {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t size = valid_size(text.substr(at));
    if (size == 0) {
      return at;
    }
    at += size;
  }
  return std::nullopt;
}

}  // namespace fedgate::cel
