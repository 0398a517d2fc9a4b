// Parsing: text to Ast, with macros recognized and literals decoded. Nothing is looked up.
#pragma once

#include <string_view>
#include <vector>

#include "rules/cel/ast.h"
#include "rules/cel/environment.h"
#include "rules/cel/issue.h"
#include "schema/base/expected.h"

namespace fedgate::cel {

// The nesting of brackets and conditionals that the grammar follows; Limits::depth cannot raise it.
constexpr std::size_t kMaxParseDepth = 250;

// The tree points into `expression`. A syntax error ends parsing and is the last issue; misused
// macros, bad literals and reserved words are all reported.
[[nodiscard]] auto parse(std::string_view expression, const Limits& limits)
    -> Expected<Ast, std::vector<Issue>>;

}  // namespace fedgate::cel
