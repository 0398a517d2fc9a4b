#include "compiler/lsp/uri.h"

#include <filesystem>
#include <optional>

#include "compiler/report/uri_reference.h"
#include "schema/value/describe.h"

namespace fedgate::lsp {

namespace {

constexpr std::string_view kScheme = "file://";
constexpr std::string_view kLocalHost = "localhost";

auto hex_digit(char c) -> std::optional<unsigned> {
  const std::string lower = value::to_lower(std::string_view(&c, 1));
  if (value::is_digit(lower[0])) {
    return static_cast<unsigned>(lower[0] - '0');
  }
  if (lower[0] >= 'a' && lower[0] <= 'f') {
    return static_cast<unsigned>(lower[0] - 'a' + 10);
  }
  return std::nullopt;
}

auto decoded(std::string_view text) -> std::string {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      const auto high = hex_digit(text[i + 1]);
      const auto low = hex_digit(text[i + 2]);
      if (high && low && (*high != 0 || *low != 0)) {
        plain += static_cast<char>(*high * 16 + *low);
        i += 2;
        continue;
      }
    }
    plain += text[i];
  }
  return plain;
}

}  // namespace

auto to_path(std::string_view uri) -> std::string {
  if (!uri.starts_with(kScheme)) {
    return std::string(uri);
  }
  std::string_view rest = uri.substr(kScheme.size());
  if (rest.starts_with(kLocalHost)) {
    rest.remove_prefix(kLocalHost.size());
  }
  if (!rest.starts_with('/')) {
    return std::string(uri);
  }
  return std::filesystem::path(decoded(rest)).lexically_normal().generic_string();
}

auto to_uri(std::string_view path) -> std::string {
  if (!is_file(path)) {
    return std::string(path);
  }
  return std::string(kScheme) + report::uri_reference(path);
}

auto is_file(std::string_view path) -> bool { return path.starts_with('/'); }

}  // namespace fedgate::lsp
