// The tables that ship as data, read into their types.
#pragma once

#include "rules/facts/negotiation.h"

namespace fedgate::rules {

// rules/tables/negotiation.yaml.
[[nodiscard]] auto load_negotiation_matrix() -> NegotiationMatrix;

}  // namespace fedgate::rules
