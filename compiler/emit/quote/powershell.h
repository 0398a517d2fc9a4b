// PowerShell: single-quoted strings and line comments.
#pragma once

#include <string>
#include <string_view>

namespace fedgate::emit::quote {

// Appends `text` as a verbatim string. In it nothing is expanded or escaped, and only a single
// quote is special, which is written twice. PowerShell takes five characters for one: U+0027 and
// the typographic U+2018, U+2019, U+201A, U+201B (PowerShell language specification 3.0,
// sections 2.3.5.2 and 2.3.1.2), so each of them is doubled: `it’s` becomes `'it’’s'`.
void append_powershell(std::string& out, std::string_view text);

[[nodiscard]] auto powershell(std::string_view text) -> std::string;

// `# text`. A line comment ends at the line end only; the blank keeps the text from being read as
// `#requires`.
[[nodiscard]] auto powershell_comment(std::string_view text) -> std::string;

}  // namespace fedgate::emit::quote
