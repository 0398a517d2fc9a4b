// What must hold for every tree that the readers build, whatever the input: for property tests and
// fuzzing.
#pragma once

#include <string>

#include "schema/source/source_file.h"
#include "schema/yaml/tree.h"

namespace fedgate::test {

// The first broken promise of schema/yaml/tree.h, or nothing: ranges are ordered and nested, keys
// are scalars and unique, aliases lead to earlier nodes and never into a cycle, a quoted or plain
// text read again from its own range is the same, and source_offset stays inside the range.
[[nodiscard]] auto find_broken_promise(const source::Sources& sources, const yaml::Tree& tree)
    -> std::string;

}  // namespace fedgate::test
