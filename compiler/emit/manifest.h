// manifest.json: what a compilation wrote, and from what.
#pragma once

#include <span>
#include <string>

#include "compiler/output/artifact.h"
#include "compiler/plan.h"

namespace fedgate::emit {

// `artifacts` are sorted by path; the manifest itself is not among them.
[[nodiscard]] auto emit_manifest(const compiler::Plan& plan,
                                 std::span<const output::Artifact> artifacts) -> std::string;

}  // namespace fedgate::emit
