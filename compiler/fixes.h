// Fixes applied: from findings with edits to new texts of files.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "schema/diag/finding.h"
#include "schema/source/source_file.h"

namespace fedgate::compiler {

struct FixedTexts {
  // The files that change, with their edits and their new text.
  std::map<source::FileId, std::vector<diag::Edit>> edits;
  std::map<source::FileId, std::string> texts;
  // How many findings were mended, and how many of their fixes have to wait for another run because
  // they touch the same bytes as an earlier one.
  std::size_t applied = 0;
  std::size_t postponed = 0;
};

// Applies the fixes of `findings` in their order; all edits of a fix or none. Two fixes with the
// same edits count as applied both.
[[nodiscard]] auto apply_fixes(const source::Sources& sources,
                               const std::vector<diag::Finding>& findings) -> FixedTexts;

// `text` with the edits of one file applied, which do not overlap; in any order.
[[nodiscard]] auto apply_edits(std::string_view text, std::vector<diag::Edit> edits) -> std::string;

}  // namespace fedgate::compiler
