// The page on what each platform can express, for compiler/emit/platforms.md.
#pragma once

#include <string>

namespace fedgate::report {

// Markdown, from rules/tables/negotiation.yaml and rules/tables/platforms.yaml.
[[nodiscard]] auto platform_reference() -> std::string;

}  // namespace fedgate::report
