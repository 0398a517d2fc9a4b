// From document trees to the spec: the second phase. Every key and value is checked against the
// field table; nothing is looked up across entities yet (resolve.h does that).
#pragma once

#include <span>

#include "schema/diag/sink.h"
#include "schema/source/source_file.h"
#include "schema/spec.h"
#include "schema/yaml/tree.h"

namespace fedgate::spec {

// A mapping that holds any part of a spec: the root of a file, or an example inside a rule pack.
struct Document {
  const yaml::Tree* tree = nullptr;
  yaml::NodeId root = 0;
};

struct BindOptions {
  // Report required keys of the whole spec that no document gives.
  bool complete = true;
};

// Joins all documents into one spec, in their order. Whatever is wrong goes to `sink`, all of it in
// one go; a value that could not be read is left out, and its entity is marked as not sound.
[[nodiscard]] auto bind(const source::Sources& sources, std::span<const Document> documents,
                        diag::Sink& sink, const BindOptions& options = {}) -> Spec;

}  // namespace fedgate::spec
