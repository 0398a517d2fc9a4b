#include "schema/yaml/core_type.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace fedgate::yaml {

namespace {

auto is_digit(char c) -> bool { return c >= '0' && c <= '9'; }

}  // namespace

auto is_core_non_string(std::string_view text) -> bool {
  static constexpr std::array<std::string_view, 6> kBooleans = {"true",  "True",  "TRUE",
                                                                "false", "False", "FALSE"};
  if (std::find(kBooleans.begin(), kBooleans.end(), text) != kBooleans.end()) {
    return true;
  }
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    text.remove_prefix(1);
  }
  // Integers of other bases, infinities and not-a-number (YAML 1.2.2, section 10.3.2).
  static constexpr std::array<std::string_view, 6> kOthers = {".inf", ".Inf", ".INF",
                                                              ".nan", ".NaN", ".NAN"};
  if (std::find(kOthers.begin(), kOthers.end(), text) != kOthers.end()) {
    return true;
  }
  const std::string_view prefix = text.substr(0, 2);
  if (text.size() > 2 && (prefix == "0x" || prefix == "0o")) {
    return text.find_first_not_of(prefix == "0x" ? "0123456789abcdefABCDEF" : "01234567", 2) ==
           std::string_view::npos;
  }
  std::size_t digits = 0;
  std::size_t dots = 0;
  std::size_t exponents = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_digit(c)) {
      ++digits;
    } else if (c == '.' && exponents == 0) {
      ++dots;
    } else if ((c == 'e' || c == 'E') && digits > 0) {
      ++exponents;
      i += i + 1 < text.size() && (text[i + 1] == '-' || text[i + 1] == '+') ? 1U : 0U;
    } else {
      return false;
    }
  }
  return digits > 0 && dots <= 1 && exponents <= 1 &&
         (is_digit(text.back()) || (text.back() == '.' && exponents == 0));
}

}  // namespace fedgate::yaml
