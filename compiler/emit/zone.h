// zones/<zone>.zone: the records of one zone as a fragment of a master file (RFC 1035, section 5).
#pragma once

#include <string>

#include "compiler/plan.h"

namespace fedgate::emit {

// Every owner is absolute and every record has its TTL and class, so that the fragment means the
// same wherever it is pasted or included: no SOA, no $TTL, no $ORIGIN. ASCII, but for comments that
// show U-labels.
[[nodiscard]] auto emit_zone(const compiler::Plan& plan, const compiler::ZonePlan& zone)
    -> std::string;

}  // namespace fedgate::emit
