// What every quoting function of this folder relies on, and the two encodings that artifacts use.
#pragma once

#include <string>
#include <string_view>

namespace fedgate::emit::quote {

// Ends the process unless `text` is one line of well-formed UTF-8 without hidden characters, which
// value::Text, value::DnsName and their like guarantee. No artifact has to express such characters,
// so a value that holds one has not come through the binder.
void check_line(std::string_view text);

// Appends a line between double quotes, with a backslash before each `"` and `\` in it, as Lua,
// YAML and the configuration of OpenSSL read it.
void append_double_quoted(std::string& out, std::string_view text);

// The bytes of well-formed UTF-8 `text` in UTF-16, low byte first, with a byte order mark.
[[nodiscard]] auto to_utf16_file(std::string_view text) -> std::string;

}  // namespace fedgate::emit::quote
