// runbook.md: the operator's steps for this gateway, in order, with the commands and files of each.
#pragma once

#include <string>

#include "compiler/plan.h"

namespace fedgate::emit {

// For the Lync platforms. The order of the steps is that of Microsoft's "Configure XMPP gateway on
// Lync Server 2013"; commands may be pasted into the management shell as they stand, and ask for
// what no spec knows.
[[nodiscard]] auto emit_runbook(const compiler::Plan& plan) -> std::string;

}  // namespace fedgate::emit
