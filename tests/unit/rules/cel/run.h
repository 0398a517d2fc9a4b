// What the tests of the expression language share: an expression in, its value as text out.
#pragma once

#include <string>
#include <string_view>

#include "rules/cel/program.h"

namespace fedgate::cel {

// The value as a literal that tells its type: `1`, `1u`, `1.0`, `"a"`, `b"a"`, `[1, 2]`,
// `{"a": 1}`, `type(int)`, `timestamp(…)`, `duration(…)`, `optional(1)`, `none`, `ip(…)`; of an
// error `error`.
[[nodiscard]] auto show(const Value& value) -> std::string;

// Compiles and evaluates without variables. What does not compile is `invalid: ` and the issues'
// messages.
[[nodiscard]] auto run_dynamic(std::string_view expression) -> std::string;
[[nodiscard]] auto run_typed(std::string_view expression) -> std::string;

// The first issue as `begin-end message`, or `fine`.
[[nodiscard]] auto first_issue(std::string_view expression, const Environment& environment,
                               const Type& expected = Type::dyn()) -> std::string;

}  // namespace fedgate::cel
