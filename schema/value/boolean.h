// Booleans: `true` and `false` only. What YAML 1.1 took for a boolean as well (`yes`, `on`, …) is
// refused.
#pragma once

#include <string_view>

#include "schema/value/value_error.h"

namespace fedgate::value {

// The error of a word that plainly means one of the two carries it as its replacement.
[[nodiscard]] auto parse_boolean(std::string_view text) -> Parsed<bool>;

}  // namespace fedgate::value
