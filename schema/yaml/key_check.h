// Duplicate keys of one mapping. Private to schema/yaml.
#pragma once

#include "schema/diag/sink.h"
#include "schema/yaml/tree.h"

namespace fedgate::yaml {

// Reports every key whose text an earlier key of the mapping has, and takes its pair out of the
// mapping. Keys are scalars.
void drop_duplicate_keys(Tree& tree, NodeId mapping, diag::Sink& sink);

}  // namespace fedgate::yaml
