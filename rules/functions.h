// fedgate's own functions of the expression language: names, addresses, and lists for people.
#pragma once

#include "rules/cel/environment.h"

namespace fedgate::rules {

// Adds `subdomainOf(name, parent)`, `registrableDomain(name)`, `reservedAddress(address)`,
// `internalName(name)`, `unissuableName(pattern)`, `wildcardCovers(pattern, name)`,
// `confusableLabel(name)` and `texts.listed()`. An argument that is no name or address is an error
// value.
void add_functions(cel::Environment& environment);

}  // namespace fedgate::rules
