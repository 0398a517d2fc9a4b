// Artifacts for the commands that write or print them.
#pragma once

#include <vector>

#include "compiler/output/artifact.h"
#include "compiler/pipeline.h"

namespace fedgate::cli {

// Every artifact of an analysis without an error.
[[nodiscard]] auto artifacts_of(const compiler::Analysis& analysis)
    -> std::vector<output::Artifact>;

}  // namespace fedgate::cli
