// Cells that several tables of the commands have.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "compiler/report/table.h"
#include "rules/facts/negotiation.h"
#include "rules/facts/print.h"

namespace fedgate::cli {

// The methods, strongest first; people read `none` where there are none.
[[nodiscard]] inline auto methods_cell(const std::vector<rules::Method>& methods) -> report::Cell {
  std::vector<std::string> words;
  words.reserve(methods.size());
  for (const rules::Method method : methods) {
    words.emplace_back(rules::word(method));
  }
  return {rules::to_text(methods), std::move(words)};
}

}  // namespace fedgate::cli
