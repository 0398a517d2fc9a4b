// Words of an enumeration, as the field table lists them.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "schema/value/value_error.h"

namespace fedgate::value {

// The index in `allowed` of the word that `text` is, letter for letter. The error names the allowed
// words; where `text` differs from one of them only in upper case, blanks, hyphens or underscores
// (`NotSupported`, as cmdlets spell it), that word is the replacement, and where one is near, the
// help suggests it.
[[nodiscard]] auto parse_word(std::string_view text, std::span<const std::string_view> allowed)
    -> Parsed<std::size_t>;

}  // namespace fedgate::value
