#include "compiler/report/secret_text.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "schema/base/suggest.h"

namespace fedgate::report {

namespace {

constexpr std::array<std::string_view, 1> kSecretKeys = {"dialback_passphrase"};

auto is_key_byte(char c) -> bool {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
}

// Whether the value is left to other lines, or names where the secret is kept.
auto is_harmless(std::string_view value) -> bool {
  return value.empty() || value.starts_with("{}") ||
         (value.front() == '{' && (value.find("env:") != std::string_view::npos ||
                                   value.find("file:") != std::string_view::npos));
}

}  // namespace

void hide_secret(std::string& line) {
  for (std::size_t colon = line.find(':'); colon != std::string::npos;
       colon = line.find(':', colon + 1)) {
    std::size_t end = colon;
    while (end > 0 && (line[end - 1] == '"' || line[end - 1] == '\'' || line[end - 1] == ' ')) {
      --end;
    }
    std::size_t begin = end;
    while (begin > 0 && is_key_byte(line[begin - 1])) {
      --begin;
    }
    const std::string_view key = std::string_view(line).substr(begin, end - begin);
    const std::size_t value = std::min(line.find_first_not_of(' ', colon + 1), line.size());
    if (nearest(key, kSecretKeys) && !is_harmless(std::string_view(line).substr(value))) {
      std::replace_if(
          line.begin() + static_cast<std::ptrdiff_t>(value), line.end(),
          [](char c) { return c != ' '; }, '*');
      return;
    }
  }
}

}  // namespace fedgate::report
