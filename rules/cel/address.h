// IP addresses and networks as text, in the forms of the CEL network extension: no zones, and no
// dotted quad inside an IPv6 address. Private to rules/cel.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "rules/cel/value.h"

namespace fedgate::cel {

// An ip value. `::ffff:102:304` is the IPv4 address 1.2.3.4 (RFC 4291, section 2.5.5.2).
[[nodiscard]] auto parse_ip(std::string_view text) -> std::optional<Value>;

// A cidr value: an address, `/` and a prefix length without leading zeros.
[[nodiscard]] auto parse_cidr(std::string_view text) -> std::optional<Value>;

using AddressBuffer = std::array<char, 64>;

// Dotted for IPv4; RFC 5952 for IPv6; with `/length` for a cidr.
[[nodiscard]] auto format_address(const Value& value, AddressBuffer& buffer) -> std::string_view;

// The cidr's address with everything after the prefix set to 0.
[[nodiscard]] auto masked(const Value& cidr) -> Value;

// Whether both have the same family and the first `cidr.prefix_length()` bits in common.
[[nodiscard]] auto contains_address(const Value& cidr, const Value& address) -> bool;

}  // namespace fedgate::cel
