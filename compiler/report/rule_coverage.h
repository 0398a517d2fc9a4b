// What became of each rule in a run: tells silence from coverage.
#pragma once

#include "compiler/report/table.h"
#include "rules/engine.h"
#include "rules/pack.h"

namespace fedgate::report {

// One row for each rule: how many entities it was evaluated for, how many passed, fired and were
// waived, and the outcome in a word: `fired`, `passed`, `waived` (each firing is excused), `failed`
// (an evaluation had no result), `undecided` (it asks for what could not be read), `not applicable`
// (there was no such entity), `off`.
[[nodiscard]] auto coverage_table(const rules::RuleSet& rules, const rules::Evaluation& evaluation)
    -> Table;

// The outcomes counted, in one line without its end: `34 rules: 2 fired, 20 passed, …`.
[[nodiscard]] auto coverage_summary(const Table& coverage) -> std::string;

}  // namespace fedgate::report
