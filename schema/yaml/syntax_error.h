// Puts a parser's refusal in words: the narrowest wrong thing, and what to do about it. Private to
// schema/yaml.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "schema/diag/sink.h"
#include "schema/yaml/tree_builder.h"
#include "schema/yaml/yaml_events.h"

namespace fedgate::yaml {

// The tabs of `tabs` (offsets in ascending order) that stand neither in a scalar nor in brackets.
[[nodiscard]] auto find_indenting_tabs(const Tree& tree, const std::vector<std::uint32_t>& tabs)
    -> std::vector<std::uint32_t>;

// Reports a line of a mapping that has no `: `.
void report_missing_colon(const source::Span& where, std::string_view text, diag::Sink& sink);

// Reports what stopped the parser. `tabs` as byte_gate.h finds them: a tab in the indentation
// before the error is its likely cause, and reported in its place.
void report_syntax_error(const SyntaxError& error, std::string_view text,
                         const TreeBuilder& builder, const std::vector<std::uint32_t>& tabs,
                         const Limits& limits, diag::Sink& sink);

}  // namespace fedgate::yaml
