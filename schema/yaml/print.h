// The document tree as text: `fedgate dump --phase yaml`, and the golden files of this phase.
#pragma once

#include <string>

#include "schema/source/source_file.h"
#include "schema/yaml/tree.h"

namespace fedgate::yaml {

// One line for each node, indented by its depth: its range as `line:column-line:column` (the end is
// one past the last character), kind, style and text. Empty for an empty tree.
[[nodiscard]] auto print_tree(const source::Sources& sources, const Tree& tree) -> std::string;

}  // namespace fedgate::yaml
