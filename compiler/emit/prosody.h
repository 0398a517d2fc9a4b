// prosody/: the configuration of Prosody 0.12 and the module that enforces it.
#pragma once

#include <string>
#include <string_view>

#include "compiler/plan.h"

namespace fedgate::emit {

// fedgate.cfg.lua, for an Include at the end of prosody.cfg.lua: the options of server-to-server
// streams, the policy for each partner as data, and a section for each of our domains (Prosody,
// "Configuring Prosody"; mod_s2s, mod_tls, mod_dialback). Names of our own domains are U-labels, as
// Prosody's host names are.
[[nodiscard]] auto emit_prosody(const compiler::Plan& plan) -> std::string;

// mod_fedgate_policy.lua, the same for every spec: compiler/emit/prosody/mod_fedgate_policy.lua.
[[nodiscard]] auto prosody_module() -> std::string_view;

}  // namespace fedgate::emit
