#include "compiler/emit/quote/markdown.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/emit/quote/line.h"
#include "schema/value/describe.h"

namespace fedgate::emit::quote {

namespace {

constexpr std::size_t kShortestFence = 3;

// In a table a `|` ends the cell, also inside a code span.
auto fits_code_span(std::string_view text) -> bool {
  return !text.empty() && text.find_first_of("`|") == std::string_view::npos &&
         text.front() != ' ' && text.back() != ' ' && text.find("  ") == std::string_view::npos;
}

auto longest_run(std::string_view text, char wanted) -> std::size_t {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == wanted ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

}  // namespace

auto markdown_code(std::string_view text) -> std::string {
  check_line(text);
  if (fits_code_span(text)) {
    return fmt::format("`{}`", text);
  }
  std::string out = "<code>";
  for (const char c : text) {
    if (value::is_letter(c) || value::is_digit(c) || !value::is_ascii(c)) {
      out.push_back(c);
    } else {
      out += fmt::format("&#{};", static_cast<int>(c));
    }
  }
  return out + "</code>";
}

auto markdown_block(std::string_view language, std::string_view code) -> std::string {
  const std::string fence(std::max(kShortestFence, longest_run(code, '`') + 1), '`');
  return fmt::format("{0}{1}\n{2}{0}\n", fence, language, code);
}

}  // namespace fedgate::emit::quote
