// What a check run has to tell: the input of every report format.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "rules/engine.h"
#include "schema/diag/finding.h"
#include "schema/source/source_file.h"
#include "schema/value/date.h"

namespace fedgate::report {

struct Report {
  const source::Sources* sources = nullptr;
  // Sorted by file, position and code.
  std::vector<diag::Finding> findings;
  std::vector<rules::WaivedFinding> waived;
  value::Date as_of;
  std::size_t files = 0;
  std::size_t partners = 0;
  std::size_t rules = 0;
};

struct Counts {
  std::size_t errors = 0;
  std::size_t warnings = 0;
  std::size_t infos = 0;
};

[[nodiscard]] auto count(const std::vector<diag::Finding>& findings) -> Counts;

// The findings for a person at a terminal: place and message, the line with the range underlined,
// related places, help, and one closing line. `color` adds ANSI escape sequences. Control
// characters of the input never reach the terminal.
[[nodiscard]] auto to_human(const Report& report, bool color) -> std::string;

// The JSON report, version 1 (`fedgate schema report`).
[[nodiscard]] auto to_json(const Report& report) -> std::string;

// Identities of findings, parallel to `findings`: they stay the same while other lines move. Made
// from code, subject, file, and the text of the line; equal ones are numbered.
[[nodiscard]] auto fingerprints(const source::Sources& sources,
                                const std::vector<diag::Finding>& findings)
    -> std::vector<std::string>;

// `1 error`, `2 errors`.
[[nodiscard]] auto counted(std::size_t number, std::string_view noun) -> std::string;

}  // namespace fedgate::report
