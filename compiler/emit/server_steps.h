// The steps of the runbook that are those of Prosody and ejabberd. Private to runbook.cpp.
#pragma once

#include <string>

#include "compiler/plan.h"

namespace fedgate::emit {

// Markdown, without the headings.
[[nodiscard]] auto server_conditions(const compiler::Plan& plan) -> std::string;
[[nodiscard]] auto server_configuration(const compiler::Plan& plan) -> std::string;
[[nodiscard]] auto server_verification(const compiler::Plan& plan) -> std::string;

}  // namespace fedgate::emit
