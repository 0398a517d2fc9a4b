// Whole numbers: plain decimal notation only, because YAML 1.1, YAML 1.2 and JSON disagree on all
// others.
#pragma once

#include <cstdint>
#include <string_view>

#include "schema/value/value_error.h"

namespace fedgate::value {

// Accepted: `0`, `5269`, `-20`; refused, each with its own explanation: `010`, `+1`, `0x10`, `0o7`,
// `1e3`, `1_000`, `1,000`, `20.0`, `-0`, a number that does not fit 64 bits. Bounds are the
// field's.
[[nodiscard]] auto parse_integer(std::string_view text) -> Parsed<std::int64_t>;

}  // namespace fedgate::value
