// OpenSSL configuration files: values.
#pragma once

#include <string>
#include <string_view>

namespace fedgate::emit::quote {

// `text` between double quotes, with a backslash before each `"` and `\`. Inside quotes the parser
// expands no `$`, sees no comment in `#`, splits at no `,` or `;` and keeps leading and trailing
// blanks (config(5), "SYNTAX", and crypto/conf/conf_def.c of OpenSSL 3.0: clear_comments,
// str_copy); nor can a line end in the backslash that would continue it. The value is what a
// section entry holds; one that the reader of the entry splits again, such as a list of names, must
// have a section with one entry for each item instead.
[[nodiscard]] auto openssl_config(std::string_view text) -> std::string;

}  // namespace fedgate::emit::quote
