// Address: an IPv4 or IPv6 address of a host, and what the IANA special-purpose registries say of
// it.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "schema/value/value_error.h"

namespace fedgate::value {

// Why an address cannot be the public address of a gateway.
enum class AddressUse : std::uint8_t {
  unspecified,    // names no host, or "this network"
  loopback,       // the host itself
  private_use,    // a private network
  shared,         // behind a carrier's address translation
  link_local,     // one link
  documentation,  // examples in documents
  benchmarking,   // laboratory measurements
  multicast,      // a group, not a host
  translation,    // stands for an address of the other family, or for a tunnel
  reserved,       // any other block with a purpose of its own
};

// One block of the IANA IPv4 or IPv6 special-purpose address registry (RFC 6890), of the multicast
// blocks, or of the blocks that an RFC has taken out of service.
struct SpecialBlock {
  std::string_view prefix;  // "10.0.0.0/8"
  std::string_view name;    // as the registry calls it
  std::string_view rfc;     // "RFC 1918"
  AddressUse use;
};

// Accepted: `203.0.113.10`, `2001:db8::10`, `2001:DB8:0:0::10`; refused: `10.1`, `010.0.0.1`,
// `::ffff:192.0.2.1`, `fe80::1%eth0`, `[2001:db8::1]`, `192.0.2.0/24`. Ordered with IPv4 first,
// then by number.
class Address {
 public:
  // 0.0.0.0, which stands where a spec has no address.
  Address() = default;

  [[nodiscard]] static auto parse(std::string_view text) -> Parsed<Address>;

  [[nodiscard]] auto is_v4() const -> bool { return !is_v6_; }
  [[nodiscard]] auto is_v6() const -> bool { return is_v6_; }
  // 4 or 16 bytes in network order; they live as long as this address.
  [[nodiscard]] auto bytes() const -> std::span<const std::uint8_t>;
  // Dotted decimal, or the one text form of RFC 5952.
  [[nodiscard]] auto to_text() const -> std::string;

  // The narrowest special-purpose block that holds this address; null for ordinary global unicast.
  [[nodiscard]] auto special_block() const -> const SpecialBlock*;

  friend auto operator==(const Address&, const Address&) -> bool = default;
  // NOLINTNEXTLINE(readability-implicit-bool-conversion): the compiler compares a bool.
  friend auto operator<=>(const Address&, const Address&) -> std::strong_ordering = default;

 private:
  Address(bool is_v6, const std::array<std::uint8_t, 16>& bytes) : is_v6_(is_v6), bytes_(bytes) {}

  bool is_v6_ = false;
  std::array<std::uint8_t, 16> bytes_ = {};  // IPv4 in the first four, zero behind
};

// The table behind special_block(), for tests and for documentation.
[[nodiscard]] auto special_blocks() -> std::span<const SpecialBlock>;

}  // namespace fedgate::value
