#include "compiler/emit/quote/line.h"

#include "schema/base/check.h"
#include "schema/value/describe.h"

namespace fedgate::emit::quote {

void check_line(std::string_view text) {
  FEDGATE_CHECK(!value::find_hidden(text), "a value with a hidden character reached an emitter");
}

void append_double_quoted(std::string& out, std::string_view text) {
  check_line(text);
  out.push_back('"');
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out.push_back('\\');
    }
    out.push_back(c);
  }
  out.push_back('"');
}

auto to_utf16_file(std::string_view text) -> std::string {
  std::string bytes;
  bytes.reserve(2 * text.size() + 2);
  const auto put = [&bytes](char32_t unit) {
    bytes.push_back(static_cast<char>(unit & 0xFFU));
    bytes.push_back(static_cast<char>((unit >> 8U) & 0xFFU));
  };
  put(0xFEFF);
  for (std::size_t offset = 0; offset < text.size();) {
    const value::Character character = value::character_at(text, offset);
    FEDGATE_CHECK(character.is_valid, "an artifact that is not UTF-8");
    if (character.value < 0x10000) {
      put(character.value);
    } else {
      const char32_t rest = character.value - 0x10000;
      put(0xD800 | (rest >> 10U));
      put(0xDC00 | (rest & 0x3FFU));
    }
    offset += character.length;
  }
  return bytes;
}

}  // namespace fedgate::emit::quote
