// Small steps over the bytes of a YAML file, between its tokens. Private to schema/yaml.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace fedgate::yaml {

inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
// As findings call it where it must not stand.
inline constexpr std::string_view kByteOrderMarkName = "a byte order mark (U+FEFF)";

[[nodiscard]] constexpr auto is_blank(char byte) -> bool { return byte == ' ' || byte == '\t'; }
// CR counts as part of its line end; the byte gate lets none pass that stands alone.
[[nodiscard]] constexpr auto is_break(char byte) -> bool { return byte == '\n' || byte == '\r'; }

// The byte at `at`, or NUL at the end; the byte gate keeps NUL out of the text.
[[nodiscard]] constexpr auto byte_at(std::string_view text, std::uint32_t at) -> char {
  return at < text.size() ? text[at] : '\0';
}

// Whether a token that ends before `at` is really over: a blank, a line end or the end follows.
[[nodiscard]] constexpr auto is_gap(std::string_view text, std::uint32_t at) -> bool {
  return at >= text.size() || is_blank(text[at]) || is_break(text[at]);
}

[[nodiscard]] auto skip_blanks(std::string_view text, std::uint32_t at) -> std::uint32_t;
// Skips blanks, line ends and comments; `at` must not be inside a scalar.
[[nodiscard]] auto skip_trivia(std::string_view text, std::uint32_t at) -> std::uint32_t;
// The first byte of the line that `at` is on.
[[nodiscard]] auto line_start(std::string_view text, std::uint32_t at) -> std::uint32_t;
// The end of the line that `at` is on, without its line end.
[[nodiscard]] auto line_end(std::string_view text, std::uint32_t at) -> std::uint32_t;
// Whether the three bytes of `marker` (`---` or `...`) stand alone at the start of a line at `at`.
[[nodiscard]] auto is_document_marker(std::string_view text, std::uint32_t at,
                                      std::string_view marker) -> bool;
// The end of the word at `at`: up to a blank, a line end or one of `stops`.
[[nodiscard]] auto word_end(std::string_view text, std::uint32_t at, std::string_view stops)
    -> std::uint32_t;
// The word at `at`, whole code points, shortened with `…` where it is long; for messages.
[[nodiscard]] auto quote_word(std::string_view text, std::uint32_t at) -> std::string;
// The end of the well-formed UTF-8 code point at `at`.
[[nodiscard]] auto code_point_end(std::string_view text, std::uint32_t at) -> std::uint32_t;

}  // namespace fedgate::yaml
