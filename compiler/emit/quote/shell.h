// Words of a POSIX shell (POSIX.1-2017, Shell Command Language, section 2.2).
#pragma once

#include <string>
#include <string_view>

namespace fedgate::emit::quote {

// One word with exactly this text: as it is where a shell reads it so, else in single quotes.
// `text` has no control character.
[[nodiscard]] auto shell(std::string_view text) -> std::string;

}  // namespace fedgate::emit::quote
