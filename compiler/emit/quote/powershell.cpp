#include "compiler/emit/quote/powershell.h"

#include <algorithm>

#include "compiler/emit/quote/line.h"

namespace fedgate::emit::quote {

namespace {

// Where the next single quote may start, by its first byte; few texts have any.
auto find_candidate(std::string_view text, std::size_t from) -> std::size_t {
  return std::min(text.find('\'', from), text.find('\xE2', from));
}

// The length in bytes of the single quote that `text` starts with, or 0. U+2018 to U+201B are
// E2 80 98 to E2 80 9B in UTF-8.
auto quote_length(std::string_view text) -> std::size_t {
  if (text.front() == '\'') {
    return 1;
  }
  const bool is_typographic = text.size() >= 3 && text[0] == '\xE2' && text[1] == '\x80' &&
                              static_cast<unsigned char>(text[2]) >= 0x98 &&
                              static_cast<unsigned char>(text[2]) <= 0x9B;
  return is_typographic ? 3 : 0;
}

}  // namespace

void append_powershell(std::string& out, std::string_view text) {
  check_line(text);
  out.push_back('\'');
  std::size_t copied = 0;
  std::size_t at = 0;
  while ((at = find_candidate(text, at)) != std::string_view::npos) {
    const std::size_t length = quote_length(text.substr(at));
    at += std::max<std::size_t>(length, 1);
    if (length != 0) {
      // Up to and with the quote, which comes again in front of what follows.
      out.append(text, copied, at - copied);
      copied = at - length;
    }
  }
  out.append(text, copied);
  out.push_back('\'');
}

auto powershell(std::string_view text) -> std::string {
  std::string out;
  append_powershell(out, text);
  return out;
}

auto powershell_comment(std::string_view text) -> std::string {
  check_line(text);
  return "# " + std::string(text);
}

}  // namespace fedgate::emit::quote
