// `show certificates`: the renewal view.
#pragma once

#include "compiler/pipeline.h"
#include "compiler/report/table.h"

namespace fedgate::cli {

// One row for each certificate: its names, who issues it, how long it still holds on the day of the
// analysis, when to renew it and what changes then. Cells of a certificate without a usable file
// are empty.
[[nodiscard]] auto certificates_table(const compiler::Analysis& analysis) -> report::Table;

}  // namespace fedgate::cli
