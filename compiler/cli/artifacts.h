// Artifacts for the commands that write or print them.
#pragma once

#include <vector>

#include "compiler/output/artifact.h"
#include "compiler/pipeline.h"

namespace fedgate::cli {

// Throws UsageError where this version has no emitter for the spec's platform.
void require_emitter(const compiler::Analysis& analysis);

// Every artifact of an analysis without an error.
[[nodiscard]] auto artifacts_of(const compiler::Analysis& analysis)
    -> std::vector<output::Artifact>;

}  // namespace fedgate::cli
