#include "compiler/lsp/text_index.h"

#include <algorithm>

#include "schema/value/describe.h"

namespace fedgate::lsp {

namespace {

auto units(const value::Character& character, Encoding encoding) -> std::uint32_t {
  switch (encoding) {
    case Encoding::utf8:
      return character.length;
    case Encoding::utf16:
      return character.is_valid && character.value > 0xFFFF ? 2 : 1;
    case Encoding::utf32:
      break;
  }
  return 1;
}

}  // namespace

TextIndex::TextIndex(std::string_view text, Encoding encoding) : text_(text), encoding_(encoding) {
  starts_.push_back(0);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool ends_line =
        text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'));
    if (ends_line) {
      starts_.push_back(static_cast<std::uint32_t>(i + 1));
    }
  }
}

auto TextIndex::line_end(std::size_t line) const -> std::uint32_t {
  if (line + 1 >= starts_.size()) {
    return static_cast<std::uint32_t>(text_.size());
  }
  std::uint32_t end = starts_[line + 1] - 1;
  if (end > starts_[line] && text_[end] == '\n' && text_[end - 1] == '\r') {
    --end;
  }
  return end;
}

auto TextIndex::offset(const Position& position) const -> std::uint32_t {
  if (position.line >= starts_.size()) {
    return static_cast<std::uint32_t>(text_.size());
  }
  std::uint32_t at = starts_[position.line];
  const std::uint32_t end = line_end(position.line);
  std::uint32_t left = position.character;
  while (at < end && left > 0) {
    const value::Character character = value::character_at(text_, at);
    const std::uint32_t width = units(character, encoding_);
    if (width > left) {
      break;
    }
    left -= width;
    at += character.length;
  }
  return std::min(at, end);
}

auto TextIndex::position(std::uint32_t offset) const -> Position {
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  const auto line = static_cast<std::size_t>(after - starts_.begin() - 1);
  Position position{static_cast<std::uint32_t>(line), 0};
  const std::uint32_t end = std::min(offset, line_end(line));
  for (std::uint32_t at = starts_[line]; at < end;) {
    const value::Character character = value::character_at(text_, at);
    position.character += units(character, encoding_);
    at += character.length;
  }
  return position;
}

}  // namespace fedgate::lsp
