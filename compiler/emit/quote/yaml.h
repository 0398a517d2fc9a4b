// YAML: double-quoted scalars and comments.
#pragma once

#include <string>
#include <string_view>

namespace fedgate::emit::quote {

// Appends `text` as a double-quoted scalar, the one style in which no text turns into a number, a
// boolean, an alias or a mapping. Backslash and double quote are escaped (YAML 1.2.2, section
// 7.3.1).
void append_yaml(std::string& out, std::string_view text);

[[nodiscard]] auto yaml(std::string_view text) -> std::string;

// `# text`.
[[nodiscard]] auto yaml_comment(std::string_view text) -> std::string;

}  // namespace fedgate::emit::quote
