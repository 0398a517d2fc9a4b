// Spelling: the known name that somebody most likely meant. Private to rules/cel.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace fedgate::cel {

// The nearest of `known` by edits (insert, delete, replace, swap neighbours), the earlier one of two;
// empty where none is near: a third of the name may differ, at least one letter.
[[nodiscard]] auto nearest_name(std::string_view name, std::span<const std::string_view> known)
    -> std::string_view;

// `; did you mean `x`?` for a message, or nothing.
[[nodiscard]] auto did_you_mean(std::string_view name, std::span<const std::string_view> known)
    -> std::string;

}  // namespace fedgate::cel
