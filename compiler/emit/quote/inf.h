// Windows INF files, as certreq reads them: strings, and the X.500 names inside them.
#pragma once

#include <string>
#include <string_view>

namespace fedgate::emit::quote {

// `text` between double quotes, with `"` and `%` doubled: a lone quote would end the string, and
// `%name%` stands for a string of the [Strings] section (Microsoft, "General Syntax Rules for INF
// Files"). Inside quotes `;` starts no comment, `,` separates nothing and a `\` at the end
// continues no line.
[[nodiscard]] auto inf(std::string_view text) -> std::string;

// The value of one attribute in an X.500 name as CertStrToName reads it (Microsoft, wincrypt.h; it
// knows no backslash escapes): letters, digits, `.`, `-` and single inner blanks stay as they are,
// all other texts stand between double quotes with `"` doubled. Inside them `,`, `;`, `+`, `=`, a
// leading `#` and outer blanks are plain characters.
[[nodiscard]] auto x500_value(std::string_view text) -> std::string;

}  // namespace fedgate::emit::quote
