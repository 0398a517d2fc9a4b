#include "compiler/emit/quote/inf.h"

#include <algorithm>

#include "compiler/emit/quote/line.h"
#include "schema/value/describe.h"

namespace fedgate::emit::quote {

namespace {

// Between double quotes, with each character of `doubled` written twice.
auto between_quotes(std::string_view text, std::string_view doubled) -> std::string {
  std::string out = "\"";
  for (const char c : text) {
    out.append(doubled.find(c) == std::string_view::npos ? 1 : 2, c);
  }
  out.push_back('"');
  return out;
}

auto is_plain(char c) -> bool {
  return value::is_letter(c) || value::is_digit(c) || c == '.' || c == '-' || c == ' ';
}

}  // namespace

auto inf(std::string_view text) -> std::string {
  check_line(text);
  return between_quotes(text, "\"%");
}

auto x500_value(std::string_view text) -> std::string {
  check_line(text);
  const bool needs_quotes = text.empty() || text.front() == ' ' || text.back() == ' ' ||
                            text.find("  ") != std::string_view::npos ||
                            !std::all_of(text.begin(), text.end(), is_plain);
  return needs_quotes ? between_quotes(text, "\"") : std::string(text);
}

}  // namespace fedgate::emit::quote
