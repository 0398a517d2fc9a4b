// The list of all rules, and of the findings that code raises, in its long forms.
#pragma once

#include <string>

#include "rules/pack.h"
#include "schema/source/source_file.h"

namespace fedgate::report {

// A table for each pack and one for what code raises: the part of rules/README.md between its
// markers.
[[nodiscard]] auto rules_markdown(const rules::RuleSet& rules) -> std::string;

// A list of objects with everything that a rule says, its examples as the texts of their specs.
[[nodiscard]] auto rules_json(const rules::RuleSet& rules, const source::Sources& sources)
    -> std::string;

}  // namespace fedgate::report
