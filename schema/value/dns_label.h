// One label of a domain name, between its text and its A-label. Private to dns_name.cpp; the only
// place that uses libidn2.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "schema/value/value_error.h"

namespace fedgate::value {

// RFC 1035 section 2.3.4.
inline constexpr std::size_t kLongestLabel = 63;

// Both in lower case, and the same for an ASCII label.
struct LabelForms {
  std::string ascii;
  std::string unicode;
  bool had_upper_case = false;
};

// `label` has no dot. A label with other letters than ASCII passes the checks of a registry (RFC
// 5891 section 4); an A-label must decode to such a label that encodes to the same A-label again.
[[nodiscard]] auto read_label(std::string_view label) -> Parsed<LabelForms>;

// Whether a character of `name` is written from right to left (RFC 5893 section 1.4).
[[nodiscard]] auto has_right_to_left(std::string_view name) -> bool;

// What the non-transitional mapping of UTS 46 makes of a whole name, or none where it is no name
// then either.
[[nodiscard]] auto map_name(std::string_view name) -> std::optional<std::string>;

}  // namespace fedgate::value
