// A spec or model as text, one value a line: `fedgate dump --phase spec|model`, and golden files.
#pragma once

#include <string>

#include "schema/source/source_file.h"
#include "schema/spec.h"

namespace fedgate::spec {

// `path = value` for every present value, in the order of the field table and of lists, each with
// how it came to be and where it stands: `partners[0].tls = required (given 12:10)`.
[[nodiscard]] auto print_spec(const source::Sources& sources, const Spec& spec) -> std::string;

}  // namespace fedgate::spec
