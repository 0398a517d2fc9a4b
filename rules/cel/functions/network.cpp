// The network extension: addresses and networks.
#include <string_view>

#include "rules/cel/address.h"
#include "rules/cel/functions/library.h"

namespace fedgate::cel {
namespace {

using Arguments = std::span<const Value>;
using AddressOctets = std::array<std::uint8_t, 16>;

auto ip_of(std::string_view text, Arena& arena) -> Value {
  const auto parsed = parse_ip(text);
  return parsed ? *parsed : Value::error(arena, "`", text, "` is no IP address");
}

auto cidr_of(std::string_view text, Arena& arena) -> Value {
  const auto parsed = parse_cidr(text);
  return parsed ? *parsed : Value::error(arena, "`", text, "` is no network in CIDR form");
}

auto to_ip(Arguments arguments, Arena& arena) -> Value { return ip_of(arguments[0].text(), arena); }

auto to_cidr(Arguments arguments, Arena& arena) -> Value {
  return cidr_of(arguments[0].text(), arena);
}

auto is_ip(Arguments arguments, Arena& /*arena*/) -> Value {
  return Value::boolean(parse_ip(arguments[0].text()).has_value());
}

auto is_cidr(Arguments arguments, Arena& /*arena*/) -> Value {
  return Value::boolean(parse_cidr(arguments[0].text()).has_value());
}

auto is_canonical(Arguments arguments, Arena& arena) -> Value {
  const Value address = ip_of(arguments[0].text(), arena);
  AddressBuffer buffer;
  return address.is_error()
             ? address
             : Value::boolean(format_address(address, buffer) == arguments[0].text());
}

auto family(Arguments arguments, Arena& /*arena*/) -> Value {
  return Value::integer(arguments[0].address_family());
}

// Whether the address is in one of two networks, the one for IPv4 or the one for IPv6.
auto is_in(const Value& address, std::string_view ipv4, std::string_view ipv6) -> bool {
  const auto network = parse_cidr(address.address_family() == 4 ? ipv4 : ipv6);
  return network && contains_address(*network, address);
}

// The classes of addresses, by RFC 1122 and RFC 3927 for IPv4, RFC 4291 for IPv6.
auto is_unspecified(const Value& address) -> bool { return is_in(address, "0.0.0.0/32", "::/128"); }
auto is_loopback(const Value& address) -> bool { return is_in(address, "127.0.0.0/8", "::1/128"); }
auto is_link_local_multicast(const Value& address) -> bool {
  if (address.address_family() == 4) {
    return is_in(address, "224.0.0.0/24", {});
  }
  // ff02::/16 with any flags: the scope is in the low half of the second octet.
  const AddressOctets octets = address.address();
  return octets[0] == 0xFF && (octets[1] & 0x0FU) == 0x02;
}
auto is_link_local_unicast(const Value& address) -> bool {
  return is_in(address, "169.254.0.0/16", "fe80::/10");
}
// Every unicast address that can be routed, private ones included.
auto is_global_unicast(const Value& address) -> bool {
  const bool is_broadcast = is_in(address, "255.255.255.255/32", "::/128");
  const bool is_multicast = is_in(address, "224.0.0.0/4", "ff00::/8");
  return !is_broadcast && !is_multicast && !is_unspecified(address) && !is_loopback(address) &&
         !is_link_local_unicast(address);
}

template <auto Predicate>
auto ask(Arguments arguments, Arena& /*arena*/) -> Value {
  return Value::boolean(Predicate(arguments[0]));
}

auto contains_ip(Arguments arguments, Arena& arena) -> Value {
  const Value address =
      arguments[1].is(Kind::string) ? ip_of(arguments[1].text(), arena) : arguments[1];
  return address.is_error() ? address : Value::boolean(contains_address(arguments[0], address));
}

auto contains_cidr(Arguments arguments, Arena& arena) -> Value {
  const Value network =
      arguments[1].is(Kind::string) ? cidr_of(arguments[1].text(), arena) : arguments[1];
  if (network.is_error()) {
    return network;
  }
  return Value::boolean(arguments[0].prefix_length() <= network.prefix_length() &&
                        contains_address(arguments[0], network));
}

auto cidr_address(Arguments arguments, Arena& /*arena*/) -> Value {
  return Value::ip(arguments[0].address(), arguments[0].address_family());
}

auto cidr_masked(Arguments arguments, Arena& /*arena*/) -> Value { return masked(arguments[0]); }

auto cidr_length(Arguments arguments, Arena& /*arena*/) -> Value {
  return Value::integer(arguments[0].prefix_length());
}

}  // namespace

void add_network(Environment& environment) {
  const Type string = Type::string();
  const Type boolean = Type::boolean();
  const auto global = [&](std::string_view name, const Type& result, auto* call) {
    environment.add_function(name, CallStyle::global, {{{string}, result, call}});
  };
  global("ip", Type::ip(), &to_ip);
  global("cidr", Type::cidr(), &to_cidr);
  global("isIP", boolean, &is_ip);
  global("isCIDR", boolean, &is_cidr);
  global("ip.isCanonical", boolean, &is_canonical);
  const auto method = [&](std::string_view name, const Type& object, const Type& result,
                          auto* call) {
    environment.add_function(name, CallStyle::method, {{{object}, result, call}});
  };
  method("family", Type::ip(), Type::integer(), &family);
  method("isUnspecified", Type::ip(), boolean, &ask<&is_unspecified>);
  method("isLoopback", Type::ip(), boolean, &ask<&is_loopback>);
  method("isGlobalUnicast", Type::ip(), boolean, &ask<&is_global_unicast>);
  method("isLinkLocalMulticast", Type::ip(), boolean, &ask<&is_link_local_multicast>);
  method("isLinkLocalUnicast", Type::ip(), boolean, &ask<&is_link_local_unicast>);
  method("ip", Type::cidr(), Type::ip(), &cidr_address);
  method("masked", Type::cidr(), Type::cidr(), &cidr_masked);
  method("prefixLength", Type::cidr(), Type::integer(), &cidr_length);
  environment.add_function("containsIP", CallStyle::method,
                           {{{Type::cidr(), Type::ip()}, boolean, &contains_ip},
                            {{Type::cidr(), string}, boolean, &contains_ip}});
  environment.add_function("containsCIDR", CallStyle::method,
                           {{{Type::cidr(), Type::cidr()}, boolean, &contains_cidr},
                            {{Type::cidr(), string}, boolean, &contains_cidr}});
}

}  // namespace fedgate::cel
