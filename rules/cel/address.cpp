#include "rules/cel/address.h"

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

#include "rules/cel/number.h"

namespace fedgate::cel {
namespace {

using AddressOctets = std::array<std::uint8_t, 16>;

// Where the 32 bits of an IPv4 address start in its mapped form.
constexpr std::size_t kMappedStart = 12;
constexpr std::size_t kGroups = 8;

auto is_mapped(const AddressOctets& octets) -> bool {
  return std::all_of(octets.begin(), octets.begin() + 10, [](auto octet) { return octet == 0; }) &&
         octets[10] == 0xFF && octets[11] == 0xFF;
}

// Up to `limit`, without a sign or a leading zero.
auto parse_plain(std::string_view text, std::uint64_t limit) -> std::optional<std::uint64_t> {
  if (text.empty() || text.size() > 3 || (text.size() > 1 && text.front() == '0')) {
    return std::nullopt;
  }
  const auto value = parse_uint(text, 10);
  return value && *value <= limit ? value : std::nullopt;
}

auto parse_ipv4(std::string_view text) -> std::optional<AddressOctets> {
  AddressOctets octets{};
  octets[10] = octets[11] = 0xFF;
  for (std::size_t i = 0; i < 4; ++i) {
    const std::size_t dot = i < 3 ? text.find('.') : text.size();
    if (dot == std::string_view::npos) {
      return std::nullopt;
    }
    const auto value = parse_plain(text.substr(0, dot), 255);
    if (!value) {
      return std::nullopt;
    }
    octets[kMappedStart + i] = static_cast<std::uint8_t>(*value);
    text.remove_prefix(std::min(dot + 1, text.size()));
  }
  return octets;
}

struct Groups {
  std::array<std::uint16_t, kGroups> values{};
  std::size_t count = 0;
};

// Groups of one to four hex digits with colons between them; none for an empty text.
auto parse_groups(std::string_view text) -> std::optional<Groups> {
  Groups groups;
  if (text.empty()) {
    return groups;
  }
  while (true) {
    const std::size_t colon = std::min(text.find(':'), text.size());
    const std::string_view digits = text.substr(0, colon);
    const auto value = digits.empty() || digits.size() > 4 ? std::nullopt : parse_uint(digits, 16);
    if (!value || groups.count == kGroups) {
      return std::nullopt;
    }
    groups.values[groups.count++] = static_cast<std::uint16_t>(*value);
    if (colon == text.size()) {
      return groups;
    }
    text.remove_prefix(colon + 1);
  }
}

auto parse_ipv6(std::string_view text) -> std::optional<AddressOctets> {
  const std::size_t gap = text.find("::");
  const auto head = parse_groups(text.substr(0, gap));
  const bool has_gap = gap != std::string_view::npos;
  const auto tail = parse_groups(has_gap ? text.substr(gap + 2) : std::string_view());
  if (!head || !tail) {
    return std::nullopt;
  }
  // `::` stands for one group or more.
  const std::size_t count = head->count + tail->count;
  if (has_gap ? count >= kGroups : count != kGroups) {
    return std::nullopt;
  }
  AddressOctets octets{};
  const auto put = [&](std::size_t group, std::uint16_t value) {
    octets[2 * group] = static_cast<std::uint8_t>(value >> 8U);
    octets[2 * group + 1] = static_cast<std::uint8_t>(value & 0xFFU);
  };
  for (std::size_t i = 0; i < head->count; ++i) {
    put(i, head->values[i]);
  }
  for (std::size_t i = 0; i < tail->count; ++i) {
    put(kGroups - tail->count + i, tail->values[i]);
  }
  return octets;
}

auto group_of(const AddressOctets& octets, std::size_t group) -> unsigned {
  return static_cast<unsigned>(octets[2 * group]) << 8U | octets[2 * group + 1];
}

// The longest run of two zero groups or more, the first of equals, as RFC 5952, section 4.2, asks.
struct Run {
  std::size_t begin = kGroups;
  std::size_t size = 1;
};

auto longest_zeros(const AddressOctets& octets) -> Run {
  Run best;
  for (std::size_t i = 0; i < kGroups; ++i) {
    std::size_t end = i;
    while (end < kGroups && group_of(octets, end) == 0) {
      ++end;
    }
    if (end - i > best.size) {
      best = {i, end - i};
    }
  }
  return best;
}

auto format_ipv6(const AddressOctets& octets, char* end) -> char* {
  const Run zeros = longest_zeros(octets);
  for (std::size_t i = 0; i < kGroups; ++i) {
    if (i == zeros.begin) {
      *end++ = ':';
      *end++ = ':';
      i += zeros.size - 1;
      continue;
    }
    if (i > 0 && end[-1] != ':') {
      *end++ = ':';
    }
    end = fmt::format_to(end, "{:x}", group_of(octets, i));
  }
  return end;
}

// The prefix length within the 128 bits in which both families are kept.
auto prefix_bits(const Value& cidr) -> std::size_t {
  return cidr.prefix_length() + (cidr.address_family() == 4 ? 8 * kMappedStart : 0U);
}

}  // namespace

auto parse_ip(std::string_view text) -> std::optional<Value> {
  const bool is_ipv6 = text.find(':') != std::string_view::npos;
  const auto octets = is_ipv6 ? parse_ipv6(text) : parse_ipv4(text);
  if (!octets) {
    return std::nullopt;
  }
  return Value::ip(*octets, is_mapped(*octets) ? 4 : 6);
}

auto parse_cidr(std::string_view text) -> std::optional<Value> {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view address_text = text.substr(0, slash);
  const bool is_ipv6 = address_text.find(':') != std::string_view::npos;
  const auto address = parse_ip(address_text);
  const auto length = parse_plain(text.substr(slash + 1), is_ipv6 ? 128 : 32);
  // A network of mapped addresses would be neither the one nor the other.
  if (!address || !length || (is_ipv6 && address->address_family() == 4)) {
    return std::nullopt;
  }
  return Value::cidr(address->address(), address->address_family(),
                     static_cast<std::uint8_t>(*length));
}

auto format_address(const Value& value, AddressBuffer& buffer) -> std::string_view {
  const AddressOctets octets = value.address();
  char* end = value.address_family() == 4 ? fmt::format_to(buffer.data(), "{}.{}.{}.{}", octets[12],
                                                           octets[13], octets[14], octets[15])
                                          : format_ipv6(octets, buffer.data());
  if (value.is(Kind::cidr)) {
    end = fmt::format_to(end, "/{}", value.prefix_length());
  }
  return {buffer.data(), static_cast<std::size_t>(end - buffer.data())};
}

auto masked(const Value& cidr) -> Value {
  AddressOctets octets = cidr.address();
  const std::size_t bits = prefix_bits(cidr);
  for (std::size_t i = 0; i < octets.size(); ++i) {
    const std::size_t kept = std::min<std::size_t>(8, bits > 8 * i ? bits - 8 * i : 0);
    octets[i] = static_cast<std::uint8_t>(octets[i] & (0xFF00U >> kept));
  }
  return Value::cidr(octets, cidr.address_family(), cidr.prefix_length());
}

auto contains_address(const Value& cidr, const Value& address) -> bool {
  if (cidr.address_family() != address.address_family()) {
    return false;
  }
  const Value other =
      Value::cidr(address.address(), address.address_family(), cidr.prefix_length());
  return masked(cidr).address() == masked(other).address();
}

}  // namespace fedgate::cel
