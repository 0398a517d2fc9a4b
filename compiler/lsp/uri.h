// URIs of files (RFC 8089), as editors name documents.
#pragma once

#include <string>
#include <string_view>

namespace fedgate::lsp {

// The path of a `file:` URI without or with the local host, clean; every other URI (`untitled:…`)
// stands for itself, as the name of a text without a file.
[[nodiscard]] auto to_path(std::string_view uri) -> std::string;

// The `file:` URI of an absolute path; a name that is no such path is returned as it is.
[[nodiscard]] auto to_uri(std::string_view path) -> std::string;

[[nodiscard]] auto is_file(std::string_view path) -> bool;

}  // namespace fedgate::lsp
