#include "compiler/emit/quote/zone.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/emit/quote/line.h"
#include "schema/base/check.h"
#include "schema/value/describe.h"

namespace fedgate::emit::quote {

auto zone_name(std::string_view name) -> std::string {
  const auto is_plain = [](char c) {
    return value::is_letter(c) || value::is_digit(c) || c == '-' || c == '_' || c == '.';
  };
  FEDGATE_CHECK(!name.empty() && name.front() != '.' && name.back() != '.' &&
                    std::all_of(name.begin(), name.end(), is_plain),
                "an owner name that is no host or service name reached an emitter");
  return std::string(name) + '.';
}

auto zone_string(std::string_view text) -> std::string {
  check_line(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c < ' ' || c > '~') {
      out += fmt::format("\\{:03}", static_cast<unsigned>(static_cast<unsigned char>(c)));
      continue;
    }
    if (c == '"' || c == '\\') {
      out.push_back('\\');
    }
    out.push_back(c);
  }
  out.push_back('"');
  return out;
}

auto zone_comment(std::string_view text) -> std::string {
  check_line(text);
  return "; " + std::string(text);
}

}  // namespace fedgate::emit::quote
