// manifest.json: what a compilation wrote, and from what.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "compiler/output/artifact.h"
#include "compiler/plan.h"

namespace fedgate::emit {

// What the manifest says of one artifact.
struct ManifestEntry {
  std::string path;
  // In bytes.
  std::size_t size = 0;
  // In hexadecimal.
  std::string sha256;
};

[[nodiscard]] auto list_artifact(const output::Artifact& artifact) -> ManifestEntry;

// `entries` are sorted by path; the manifest itself is not among them.
[[nodiscard]] auto emit_manifest(const compiler::Plan& plan, std::span<const ManifestEntry> entries)
    -> std::string;

}  // namespace fedgate::emit
