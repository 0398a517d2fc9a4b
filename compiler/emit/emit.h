// The fifth phase (plan -> artifacts), as a whole. Pure: no file, clock or environment is looked
// at, and the same plan gives the same bytes.
#pragma once

#include <vector>

#include "compiler/output/artifact.h"
#include "compiler/plan.h"
#include "schema/diag/sink.h"

namespace fedgate::emit {

// Whether this version writes artifacts for the platform.
[[nodiscard]] auto has_emitter(spec::Platform platform) -> bool;

// Reports every setting that the artifacts could not express, so that nothing is dropped or
// weakened silently. Only for a platform that has an emitter.
void check_platform(const compiler::Plan& plan, diag::Sink& sink);

// Every artifact, sorted by path, manifest.json among them. check_platform() found nothing.
[[nodiscard]] auto emit_all(const compiler::Plan& plan) -> std::vector<output::Artifact>;

}  // namespace fedgate::emit
