// How the parsers of this folder name bytes and characters in their messages.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "schema/value/value_error.h"

namespace fedgate::value {

// One character of a text. A byte that does not belong to well-formed UTF-8 (RFC 3629) stands alone
// and is not valid; `value` is then the byte.
struct Character {
  char32_t value = 0;
  std::uint32_t offset = 0;
  std::uint32_t length = 0;
  bool is_valid = false;
};

// The character at `offset`, which lies inside `text`.
[[nodiscard]] auto character_at(std::string_view text, std::size_t offset) -> Character;

// "a control character" and the like, for characters that no text of a spec may hold because a
// reader cannot see them or because they reorder the line around them; none for all others.
[[nodiscard]] auto hidden_kind(const Character& character) -> std::optional<std::string_view>;

// "U+202E", or "byte 0xFF" for a character that is not valid.
[[nodiscard]] auto character_name(const Character& character) -> std::string;

// The most characters of a text that a message shows.
inline constexpr std::size_t kLongestShown = 300;

// A text of a foreign file as messages and tables may show it: hidden characters as "<U+202E>", and
// cut after `most` characters.
[[nodiscard]] auto shown(std::string_view text, std::size_t most = kLongestShown) -> std::string;

// The text between backticks as a message about one value shows it: shown(), cut after 80
// characters.
[[nodiscard]] auto quote(std::string_view text) -> std::string;

// The error of `length` bytes from `offset` on.
[[nodiscard]] auto error_at(Defect defect, std::size_t offset, std::size_t length,
                            std::string message, std::string help) -> ValueError;

// The error of a text that is hidden_kind() at `character`.
[[nodiscard]] auto hidden_error(const Character& character, std::string_view kind) -> ValueError;

// The first hidden character of `text` as an error, or none.
[[nodiscard]] auto find_hidden(std::string_view text) -> std::optional<ValueError>;

// A place in a text as ValueError counts it.
[[nodiscard]] constexpr auto to_offset(std::size_t bytes) -> std::uint32_t {
  return static_cast<std::uint32_t>(bytes);
}

[[nodiscard]] constexpr auto is_digit(char c) -> bool { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr auto is_lower(char c) -> bool { return c >= 'a' && c <= 'z'; }
[[nodiscard]] constexpr auto is_upper(char c) -> bool { return c >= 'A' && c <= 'Z'; }
[[nodiscard]] constexpr auto is_letter(char c) -> bool { return is_lower(c) || is_upper(c); }
[[nodiscard]] constexpr auto is_ascii(char c) -> bool {
  return static_cast<unsigned char>(c) < 0x80;
}

// `text` with its ASCII letters in lower case.
[[nodiscard]] auto to_lower(std::string_view text) -> std::string;

// Whether `text` is not empty and has decimal digits only.
[[nodiscard]] auto is_all_digits(std::string_view text) -> bool;

}  // namespace fedgate::value
