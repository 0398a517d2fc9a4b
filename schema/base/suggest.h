// nearest: the known word that a mistyped one was probably meant to be. Used for keys, enumeration
// words, names of fields in rules, and rule codes.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace fedgate {

// The word of `known` with the fewest edits from `word`: letters inserted, deleted, replaced, or
// two neighbours swapped (optimal string alignment). None where that takes more than a third of the
// longer word's letters. Case counts only between words that are equally near otherwise, and of
// equals the first in `known` wins. Bytes count, not code points: known words are ASCII and shorter
// than 1,000 letters. The result views into `known`.
[[nodiscard]] auto nearest(std::string_view word, std::span<const std::string_view> known)
    -> std::optional<std::string_view>;

// Whether nearest() has a word and no other would do as well, so that it can be taken for certain.
[[nodiscard]] auto has_one_near(std::string_view word, std::span<const std::string_view> known)
    -> bool;

}  // namespace fedgate
