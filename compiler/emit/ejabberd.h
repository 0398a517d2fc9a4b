// ejabberd/fedgate.yml: the configuration of ejabberd.
#pragma once

#include <string>

#include "compiler/plan.h"

namespace fedgate::emit {

// For `include_config_file` of ejabberd.yml: who the partners are, and for each of our domains that
// they alone may federate, and how (ejabberd Docs, "Top-Level Options", "ACL", mod_s2s_dialback).
// All partners share one set of methods; check_platform() found nothing.
[[nodiscard]] auto emit_ejabberd(const compiler::Plan& plan) -> std::string;

}  // namespace fedgate::emit
