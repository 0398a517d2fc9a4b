// Regular expressions of `matches`, through RE2: linear in time, no backtracking. Private to
// rules/cel.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <re2/re2.h>

#include "rules/cel/arena.h"
#include "rules/cel/value.h"
#include "schema/base/expected.h"

namespace fedgate::cel {

// The pattern, or why it is none, as an issue's message.
[[nodiscard]] auto compile_pattern(std::string_view pattern)
    -> Expected<std::unique_ptr<const RE2>, std::string>;

// Whether the pattern occurs anywhere in `text`.
[[nodiscard]] auto match_pattern(std::string_view text, const RE2& pattern, Arena& arena) -> Value;

}  // namespace fedgate::cel
