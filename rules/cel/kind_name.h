// The CEL names of kinds, as `type(x)` gives them. Private to this folder.
#pragma once

#include <string_view>

#include "rules/cel/type.h"

namespace fedgate::cel {

[[nodiscard]] auto kind_name(Kind kind) -> std::string_view;

}  // namespace fedgate::cel
