// Unified diffs of two texts, line by line, as `diff -u` prints them. Used by `compile --check` and
// by the golden tests; pure text, no I/O.
#pragma once

#include <string>
#include <string_view>

namespace fedgate::output {

// The differences between the two texts with `context` unchanged lines around each; empty where the
// texts are equal. Lines end at `\n` only, so a `\r` is a difference that is seen; a last line
// without an end is marked as by diff(1), and texts with a NUL, such as UTF-16, are only said to
// differ. The search for the shortest script is cut short on texts
// that have little in common, so time stays near linear and the script may be longer than need be.
[[nodiscard]] auto unified_diff(std::string_view old_text, std::string_view new_text,
                                std::string_view old_name, std::string_view new_name,
                                int context = 3) -> std::string;

}  // namespace fedgate::output
