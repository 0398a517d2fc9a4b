// What a reader of YAML's core schema takes plain text for.
#pragma once

#include <string_view>

namespace fedgate::yaml {

// Whether a plain scalar is a number or boolean to YAML's core schema (YAML 1.2.2, section 10.3.2),
// so that a reader other than fedgate would not take it for text.
[[nodiscard]] auto is_core_non_string(std::string_view text) -> bool;

}  // namespace fedgate::yaml
