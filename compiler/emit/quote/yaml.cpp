#include "compiler/emit/quote/yaml.h"

#include "compiler/emit/quote/line.h"

namespace fedgate::emit::quote {

void append_yaml(std::string& out, std::string_view text) { append_double_quoted(out, text); }

auto yaml(std::string_view text) -> std::string {
  std::string out;
  append_yaml(out, text);
  return out;
}

auto yaml_comment(std::string_view text) -> std::string {
  check_line(text);
  return "# " + std::string(text);
}

}  // namespace fedgate::emit::quote
