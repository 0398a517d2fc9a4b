// Artifacts with their manifest, for tests of compiler/output.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "compiler/output/artifact.h"
#include "compiler/output/digest.h"

namespace fedgate::test {

// The artifacts and, in front of them, the manifest that lists them.
inline auto with_manifest(std::vector<output::Artifact> artifacts)
    -> std::vector<output::Artifact> {
  nlohmann::json listed = nlohmann::json::array();
  for (const output::Artifact& artifact : artifacts) {
    listed.push_back({{"path", artifact.path},
                      {"size", artifact.text.size()},
                      {"sha256", output::sha256_hex(artifact.text)}});
  }
  const nlohmann::json manifest = {{"fedgate", "0.0.0"}, {"artifacts", std::move(listed)}};
  artifacts.insert(artifacts.begin(), {output::kManifestPath, manifest.dump(2) + "\n"});
  return artifacts;
}

}  // namespace fedgate::test
