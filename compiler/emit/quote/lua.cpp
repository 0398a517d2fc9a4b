#include "compiler/emit/quote/lua.h"

#include "compiler/emit/quote/line.h"

namespace fedgate::emit::quote {

void append_lua(std::string& out, std::string_view text) {
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

auto lua(std::string_view text) -> std::string {
  std::string out;
  append_lua(out, text);
  return out;
}

auto lua_comment(std::string_view text) -> std::string {
  check_line(text);
  return "-- " + std::string(text);
}

}  // namespace fedgate::emit::quote
