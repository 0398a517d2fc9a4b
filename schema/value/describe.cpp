#include "schema/value/describe.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "schema/base/ascii_word.h"

namespace fedgate::value {

namespace {

constexpr std::size_t kLongestQuote = 80;

// The number of bytes that a lead byte announces; 0 for a byte that cannot lead.
auto announced_length(unsigned char lead) -> std::uint32_t {
  if (lead < 0x80) {
    return 1;
  }
  if (lead >= 0xC2 && lead <= 0xDF) {
    return 2;
  }
  if (lead >= 0xE0 && lead <= 0xEF) {
    return 3;
  }
  return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

// Whether `value` needs `length` bytes and is no surrogate (RFC 3629 section 3).
auto is_well_formed(char32_t value, std::uint32_t length) -> bool {
  constexpr std::array<char32_t, 5> kSmallest = {0, 0, 0x80, 0x800, 0x10000};
  return value >= kSmallest[length] && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
}

}  // namespace

auto character_at(std::string_view text, std::size_t offset) -> Character {
  const auto lead = static_cast<unsigned char>(text[offset]);
  const std::uint32_t length = announced_length(lead);
  const Character invalid = {lead, to_offset(offset), 1, false};
  if (length == 0 || text.size() - offset < length) {
    return invalid;
  }
  constexpr std::array<unsigned char, 5> kPayload = {0, 0x7F, 0x1F, 0x0F, 0x07};
  auto value = static_cast<char32_t>(lead & kPayload[length]);
  for (std::uint32_t i = 1; i < length; ++i) {
    const auto next = static_cast<unsigned char>(text[offset + i]);
    if ((next & 0xC0U) != 0x80U) {
      return invalid;
    }
    value = (value << 6U) | (next & 0x3FU);
  }
  return is_well_formed(value, length) ? Character{value, to_offset(offset), length, true}
                                       : invalid;
}

auto error_at(Defect defect, std::size_t offset, std::size_t length, std::string message,
              std::string help) -> ValueError {
  return {.defect = defect,
          .message = std::move(message),
          .help = std::move(help),
          .offset = to_offset(offset),
          .length = to_offset(length)};
}

auto hidden_kind(const Character& character) -> std::optional<std::string_view> {
  const char32_t c = character.value;
  if (!character.is_valid) {
    return "a byte that is not UTF-8";
  }
  if (c < 0x20 || (c >= 0x7F && c <= 0x9F)) {
    return "a control character";
  }
  if (c == 0x2028 || c == 0x2029) {
    return "a line separator";
  }
  if ((c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)) {
    return "a bidirectional control character";
  }
  // Unicode 15, section 23.7: U+FDD0 to U+FDEF and the last two code points of each plane.
  if ((c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFEU) == 0xFFFE) {
    return "a noncharacter";
  }
  return std::nullopt;
}

auto character_name(const Character& character) -> std::string {
  const auto value = static_cast<std::uint32_t>(character.value);
  return character.is_valid ? fmt::format("U+{:04X}", value) : fmt::format("byte 0x{:02X}", value);
}

auto shown(std::string_view text, std::size_t most) -> std::string {
  std::string safe;
  std::size_t offset = 0;
  for (std::size_t count = 0; offset < text.size() && count < most; ++count) {
    const Character character = character_at(text, offset);
    if (hidden_kind(character)) {
      safe += fmt::format("<{}>", character_name(character));
    } else {
      safe += text.substr(offset, character.length);
    }
    offset += character.length;
  }
  return offset < text.size() ? safe + "…" : safe;
}

auto quote(std::string_view text) -> std::string {
  return fmt::format("`{}`", shown(text, kLongestQuote));
}

auto hidden_error(const Character& character, std::string_view kind) -> ValueError {
  return {.defect = Defect::bad_character,
          .message = fmt::format("the text has {} ({})", kind, character_name(character)),
          .help = "write one line of visible text",
          .offset = character.offset,
          .length = character.length};
}

auto find_hidden(std::string_view text) -> std::optional<ValueError> {
  for (std::size_t offset = printable_prefix(text); offset < text.size();) {
    const Character character = character_at(text, offset);
    if (const auto kind = hidden_kind(character)) {
      return hidden_error(character, *kind);
    }
    offset += character.length;
  }
  return std::nullopt;
}

auto to_lower(std::string_view text) -> std::string {
  std::string lower(text);
  for (char& c : lower) {
    if (is_upper(c)) {
      c = static_cast<char>(c - 'A' + 'a');
    }
  }
  return lower;
}

auto is_all_digits(std::string_view text) -> bool {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

}  // namespace fedgate::value
