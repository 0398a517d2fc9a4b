// What the conditions of rules can name: variables with their fields, and the tables.
#pragma once

#include <string>

namespace fedgate::report {

// A page of Markdown: each variable and record with its fields, each built-in table with its
// columns and rows. The file rules/reference.md holds it.
[[nodiscard]] auto variable_reference() -> std::string;

}  // namespace fedgate::report
