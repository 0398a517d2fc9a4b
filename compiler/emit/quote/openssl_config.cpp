#include "compiler/emit/quote/openssl_config.h"

#include "compiler/emit/quote/line.h"

namespace fedgate::emit::quote {

auto openssl_config(std::string_view text) -> std::string {
  check_line(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out.push_back('\\');
    }
    out.push_back(c);
  }
  out.push_back('"');
  return out;
}

}  // namespace fedgate::emit::quote
