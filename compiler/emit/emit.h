// The fifth phase (plan -> artifacts), as a whole. Pure: no file, clock or environment is looked
// at, and the same plan gives the same bytes.
#pragma once

#include <string_view>
#include <vector>

#include "compiler/output/artifact.h"
#include "compiler/plan.h"
#include "schema/diag/sink.h"

namespace fedgate::emit {

// The path of the artifact that configures the platform itself.
[[nodiscard]] auto platform_configuration(spec::Platform platform) -> std::string_view;

// Reports every setting that the artifacts could not express (rules/tables/platforms.yaml), so that
// nothing is dropped or weakened silently.
void check_platform(const compiler::Plan& plan, diag::Sink& sink);

// Every artifact, sorted by path, manifest.json among them. check_platform() found nothing.
[[nodiscard]] auto emit_all(const compiler::Plan& plan) -> std::vector<output::Artifact>;

}  // namespace fedgate::emit
