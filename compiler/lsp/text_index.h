// Places of the Language Server Protocol: 0-based lines and characters, counted in code units of
// the encoding that client and server agreed on, against byte offsets.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace fedgate::lsp {

// LSP 3.17, PositionEncodingKind. Every client knows UTF-16.
enum class Encoding : std::uint8_t { utf8, utf16, utf32 };

struct Position {
  std::uint32_t line = 0;
  std::uint32_t character = 0;

  friend auto operator==(const Position&, const Position&) -> bool = default;
};

// The lines of one text; a line ends with LF, CRLF or a lone CR, as the protocol has it.
class TextIndex {
 public:
  // `text` is kept by reference and must outlive the index.
  TextIndex(std::string_view text, Encoding encoding);

  // A place behind a line's end, or behind the last line, is the end of it. A place inside of a
  // character is its begin.
  [[nodiscard]] auto offset(const Position& position) const -> std::uint32_t;
  [[nodiscard]] auto position(std::uint32_t offset) const -> Position;

 private:
  [[nodiscard]] auto line_end(std::size_t line) const -> std::uint32_t;

  std::string_view text_;
  Encoding encoding_;
  std::vector<std::uint32_t> starts_;
};

}  // namespace fedgate::lsp
