// Literals: from their text to their value. Private to rules/cel.
#pragma once

#include <string>
#include <string_view>

#include "rules/cel/ast.h"
#include "schema/base/expected.h"

namespace fedgate::cel {

// What is wrong with a literal, as an issue's message, and where in its text.
struct LiteralError {
  Span span;
  std::string message;
};

// A string or bytes literal with its prefix and quotes, well-formed but for its escapes.
[[nodiscard]] auto decode_text(std::string_view token) -> Expected<Literal, LiteralError>;

// An int, uint or double literal; a minus in front belongs to it, blanks and comments may follow
// it.
[[nodiscard]] auto decode_number(std::string_view token) -> Expected<Literal, LiteralError>;

}  // namespace fedgate::cel
