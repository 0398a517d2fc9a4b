// From the spec to the model: the third phase. Looks at names and at what holds across entities and
// files.
#pragma once

#include <optional>

#include "schema/diag/sink.h"
#include "schema/model.h"
#include "schema/source/source_file.h"

namespace fedgate::spec {

struct ResolveOptions {
  // Takes the place of the spec's own platform (`--platform`).
  std::optional<Platform> platform;
  // The texts that the spec was read from, for fixes; without them findings have none.
  const source::Sources* sources = nullptr;
};

// Applies `defaults`, fills in the defaults that depend on other keys, resolves references and
// reports doubles. Entities with findings are marked as not sound.
[[nodiscard]] auto resolve(Spec spec, diag::Sink& sink, const ResolveOptions& options = {})
    -> Model;

}  // namespace fedgate::spec
