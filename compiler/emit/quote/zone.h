// DNS master files (RFC 1035, section 5.1).
#pragma once

#include <string>
#include <string_view>

namespace fedgate::emit::quote {

// The absolute name: `name` with the root's dot behind it. `name` has letters, digits, hyphens and
// underscores between its dots; checked, so that no label needs an escape.
[[nodiscard]] auto zone_name(std::string_view name) -> std::string;

// A quoted <character-string>: `"` and `\` after a backslash, and every byte outside of printable
// ASCII as `\DDD`, so that the file is ASCII whatever the value. Inside the quotes `;`, `(`, `@`
// and blanks are plain characters.
[[nodiscard]] auto zone_string(std::string_view text) -> std::string;

// `; text`. A comment ends at the line end only.
[[nodiscard]] auto zone_comment(std::string_view text) -> std::string;

}  // namespace fedgate::emit::quote
