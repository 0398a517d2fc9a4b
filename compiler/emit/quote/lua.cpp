#include "compiler/emit/quote/lua.h"

#include "compiler/emit/quote/line.h"

namespace fedgate::emit::quote {

void append_lua(std::string& out, std::string_view text) { append_double_quoted(out, text); }

auto lua(std::string_view text) -> std::string {
  std::string out;
  append_lua(out, text);
  return out;
}

}  // namespace fedgate::emit::quote
