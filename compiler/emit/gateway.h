// gateway.json: the runtime configuration of the gateway, the same for every platform. Its schema
// is gateway_schema.h.
#pragma once

#include <string>

#include "compiler/plan.h"

namespace fedgate::emit {

// Names are A-labels; the top-level member `unicode` maps each of them that has U-labels to the
// form with these. Times are in seconds. Members that the spec leaves open are left out.
[[nodiscard]] auto emit_gateway(const compiler::Plan& plan) -> std::string;

}  // namespace fedgate::emit
