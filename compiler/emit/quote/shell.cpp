#include "compiler/emit/quote/shell.h"

namespace fedgate::emit::quote {

auto shell(std::string_view text) -> std::string {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./:@%+,-";
  if (!text.empty() && text.find_first_not_of(kPlain) == std::string_view::npos) {
    return std::string(text);
  }
  std::string word = "'";
  for (const char c : text) {
    // A quote ends the quoted part; it stands escaped between two of them.
    word += c == '\'' ? std::string_view("'\\''") : std::string_view(&c, 1);
  }
  word += '\'';
  return word;
}

}  // namespace fedgate::emit::quote
