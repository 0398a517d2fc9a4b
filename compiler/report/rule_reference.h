// Rules for people: the list of all codes, and one code explained.
#pragma once

#include <string>
#include <string_view>

#include "compiler/report/table.h"
#include "rules/facts/negotiation.h"
#include "rules/pack.h"
#include "schema/diag/message.h"
#include "schema/source/source_file.h"
#include "schema/yaml/tree.h"

namespace fedgate::report {

// `error; warning where …`
[[nodiscard]] auto severity_text(const rules::Rule& rule) -> std::string;

// A node of a pack in one line of flow style, aliases replaced by what they stand for; scalars as
// they are written.
[[nodiscard]] auto flow_text(const yaml::Tree& tree, const yaml::Node& node,
                             const source::Sources& sources) -> std::string;

// The spec of an example in one line, with its day, and behind it the lines of its files, which
// begin with `indent`.
[[nodiscard]] auto example_text(const rules::Pack& pack, const rules::Example& example,
                                const source::Sources& sources, std::string_view indent)
    -> std::string;

// What fits a terminal of every rule by pack, then of every finding that code raises.
[[nodiscard]] auto rules_table(const rules::RuleSet& rules) -> Table;

// The text, condition, source and examples of a rule, each example with what it really gives.
[[nodiscard]] auto explain_rule(const rules::RuleSet& rules, const rules::Pack& pack,
                                const rules::Rule& rule, const rules::NegotiationMatrix& matrix,
                                const source::Sources& sources) -> std::string;

// The same for a finding that code raises.
[[nodiscard]] auto explain_code(const diag::CodeInfo& info) -> std::string;

}  // namespace fedgate::report
