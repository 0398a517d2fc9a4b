// Baselines: the findings of one day, written to a file, so that later runs fail for new ones only.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "compiler/report/report.h"
#include "schema/base/expected.h"

namespace fedgate::report {

// Fingerprints with their messages, each with how many findings have it: one that says something
// else than before is new. Errors of the families YML, SPC and PCK are never known, because what
// stands behind them is not checked.
using Baseline = std::map<std::string, std::size_t, std::less<>>;

// The file: JSON with the version of its format and, sorted, the fingerprint, code, file and
// message of each finding that can be known, known ones included; code and file are for who reviews
// it.
[[nodiscard]] auto write_baseline(const Report& report) -> std::string;

// The error says in one clause why the text is no baseline.
[[nodiscard]] auto read_baseline(std::string_view text) -> Expected<Baseline, std::string>;

// Moves the findings that the baseline holds to Report::known.
void apply_baseline(Report& report, Baseline baseline);

// After write_baseline(): all that was written is known.
void accept(Report& report);

}  // namespace fedgate::report
