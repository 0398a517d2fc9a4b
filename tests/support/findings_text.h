// Findings as text, for golden files of the phases.
#pragma once

#include <string>
#include <vector>

#include "schema/diag/finding.h"
#include "schema/source/source_file.h"

namespace fedgate::test {

// One line for each finding, `line:column-end_line:end_column: severity[CODE name]: message` (the
// end is one past the last character), then its notes and its help, indented. A place in another
// file than `file` is preceded by that file's name.
[[nodiscard]] auto print_findings(const source::Sources& sources, source::FileId file,
                                  const std::vector<diag::Finding>& findings) -> std::string;

}  // namespace fedgate::test
