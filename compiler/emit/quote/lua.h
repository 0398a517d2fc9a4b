// Lua: strings.
#pragma once

#include <string>
#include <string_view>

namespace fedgate::emit::quote {

// Appends `text` between double quotes. Backslash and double quote are escaped; every other
// character stands for itself (Lua 5.4 Reference Manual, section 3.1).
void append_lua(std::string& out, std::string_view text);

[[nodiscard]] auto lua(std::string_view text) -> std::string;

}  // namespace fedgate::emit::quote
