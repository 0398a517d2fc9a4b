// Lowering: a checked Ast to Code. Private to rules/cel.
#pragma once

#include <memory>
#include <vector>

#include "rules/cel/ast.h"
#include "rules/cel/check.h"
#include "rules/cel/code.h"
#include "rules/cel/environment.h"
#include "rules/cel/issue.h"
#include "schema/base/expected.h"

namespace fedgate::cel {

// Fails on constant patterns that are no regular expressions, unless the environment is dynamic.
[[nodiscard]] auto lower(const Ast& ast, const Checked& checked, const Environment& environment)
    -> Expected<std::unique_ptr<const Code>, std::vector<Issue>>;

}  // namespace fedgate::cel
