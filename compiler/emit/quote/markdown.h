// Markdown (CommonMark 0.31 with the tables of GitHub Flavored Markdown).
#pragma once

#include <string>
#include <string_view>

namespace fedgate::emit::quote {

// `text` as inline code, fit for a paragraph and for a table cell alike: a code span where that
// shows the text as it is, and else `<code>` with character references for all punctuation, because
// a span can hold neither every run of backticks nor, in a table, a `|`.
[[nodiscard]] auto markdown_code(std::string_view text) -> std::string;

// Lines of code as a fenced block that is longer than any run of backticks in them. `code` ends
// with a line end, or is empty; `language` is a word of ours.
[[nodiscard]] auto markdown_block(std::string_view language, std::string_view code) -> std::string;

}  // namespace fedgate::emit::quote
