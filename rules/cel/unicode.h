// UTF-8, as far as the expression language needs it. Private to rules/cel.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fedgate::cel {

// Appends the character; false for a surrogate and beyond U+10FFFF.
[[nodiscard]] auto append_utf8(std::string& text, std::uint64_t code_point) -> bool;

// The offset of the first byte that is not valid UTF-8; nothing where all of it is.
[[nodiscard]] auto find_invalid_utf8(std::string_view text) -> std::optional<std::size_t>;

[[nodiscard]] constexpr auto is_utf8_continuation(char byte) -> bool {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

// The size in bytes of the character that starts with `lead`, in valid UTF-8.
[[nodiscard]] constexpr auto utf8_size(char lead) -> std::size_t {
  const auto byte = static_cast<unsigned char>(lead);
  if (byte < 0x80U) {
    return 1;
  }
  if (byte < 0xE0U) {
    return 2;
  }
  return byte < 0xF0U ? 3 : 4;
}

}  // namespace fedgate::cel
