#include "schema/value/address.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <fmt/format.h>

#include "schema/base/check.h"
#include "schema/value/describe.h"

namespace fedgate::value {

namespace {

using Bytes = std::array<std::uint8_t, 16>;

constexpr std::size_t kV4Size = 4;
constexpr std::size_t kV6Size = 16;

// The longest IPv6 address with an IPv4 tail has 45 characters; more are not given to inet_pton.
constexpr std::size_t kLongestAddress = 45;

// inet_pton as specified by POSIX.1-2017: four decimal numbers for IPv4, RFC 4291 section 2.2 for
// IPv6.
auto convert(int family, std::string_view text) -> std::optional<Bytes> {
  if (text.empty() || text.size() > kLongestAddress || text.find('\0') != std::string_view::npos) {
    return std::nullopt;
  }
  Bytes bytes = {};
  if (inet_pton(family, std::string(text).c_str(), bytes.data()) != 1) {
    return std::nullopt;
  }
  return bytes;
}

auto is_mapped(const Bytes& bytes) -> bool {
  return std::all_of(bytes.begin(), bytes.begin() + 10, [](std::uint8_t b) { return b == 0; }) &&
         bytes[10] == 0xFF && bytes[11] == 0xFF;
}

auto dotted(std::span<const std::uint8_t> bytes) -> std::string {
  return fmt::format("{}.{}.{}.{}", bytes[0], bytes[1], bytes[2], bytes[3]);
}

auto group(const Bytes& bytes, std::size_t index) -> unsigned {
  return static_cast<unsigned>(bytes[2 * index]) << 8U | bytes[2 * index + 1];
}

// RFC 5952 section 4: no leading zeros, the first of the longest runs of at least two zero groups
// as `::`, lower case.
auto v6_text(const Bytes& bytes) -> std::string {
  constexpr std::size_t kGroups = 8;
  std::size_t best_begin = kGroups;
  std::size_t best_length = 1;
  for (std::size_t begin = 0; begin < kGroups; ++begin) {
    std::size_t end = begin;
    while (end < kGroups && group(bytes, end) == 0) {
      ++end;
    }
    if (end - begin > best_length) {
      best_begin = begin;
      best_length = end - begin;
    }
  }
  std::string text;
  for (std::size_t i = 0; i < kGroups;) {
    if (i == best_begin) {
      text += "::";
      i += best_length;
      continue;
    }
    if (!text.empty() && text.back() != ':') {
      text += ':';
    }
    fmt::format_to(std::back_inserter(text), "{:x}", group(bytes, i));
    ++i;
  }
  return text;
}

auto whole(std::string_view text, Defect defect, std::string message, std::string help)
    -> ValueError {
  return {.defect = defect,
          .message = std::move(message),
          .help = std::move(help),
          .offset = 0,
          .length = to_offset(text.size())};
}

auto part(std::size_t offset, std::size_t length, std::string message, std::string help)
    -> ValueError {
  return {.defect = Defect::bad_form,
          .message = std::move(message),
          .help = std::move(help),
          .offset = to_offset(offset),
          .length = to_offset(length)};
}

// An address with something around it that belongs elsewhere.
auto find_wrapping(std::string_view text) -> std::optional<ValueError> {
  if (text.front() == '[' && text.back() == ']') {
    auto error =
        part(0, text.size(), fmt::format("{} has brackets around the address", quote(text)),
             "write the address alone");
    const std::string_view inside = text.substr(1, text.size() - 2);
    if (convert(AF_INET6, inside)) {
      error.replacement = std::string(inside);
    }
    return error;
  }
  if (const std::size_t percent = text.find('%'); percent != std::string_view::npos) {
    return part(percent, text.size() - percent,
                fmt::format("{} has a zone; it means something on one host only", quote(text)),
                "write an address that others can reach");
  }
  if (const std::size_t slash = text.find('/'); slash != std::string_view::npos) {
    return part(slash, text.size() - slash,
                fmt::format("{} has a prefix length; one address is due here", quote(text)),
                "write the host's address alone");
  }
  return std::nullopt;
}

// `text` holds digits and dots only. The places of its numbers, as (offset, length).
auto numbers_of(std::string_view text) -> std::vector<std::pair<std::size_t, std::size_t>> {
  std::vector<std::pair<std::size_t, std::size_t>> numbers;
  for (std::size_t begin = 0;;) {
    const std::size_t end = std::min(text.find('.', begin), text.size());
    numbers.emplace_back(begin, end - begin);
    if (end == text.size()) {
      return numbers;
    }
    begin = end + 1;
  }
}

auto explain_v4(std::string_view text) -> ValueError {
  const auto numbers = numbers_of(text);
  for (const auto& [offset, length] : numbers) {
    const std::string_view number = text.substr(offset, length);
    if (number.empty()) {
      return part(offset, 0, fmt::format("{} lacks a number beside a dot", quote(text)),
                  "write four numbers, as in `203.0.113.10`");
    }
    if (number.size() > 1 && number.front() == '0') {
      return part(offset, length, fmt::format("the number {} has a leading zero", quote(number)),
                  "leave it out; some programs read such a number as octal");
    }
    if (number.size() > 3 || (number.size() == 3 && number > "255")) {
      return part(offset, length, fmt::format("the number {} is above 255", quote(number)),
                  "write four numbers from 0 to 255");
    }
  }
  return whole(text, Defect::bad_form,
               fmt::format("{} has {} number{}; an IPv4 address has four", quote(text),
                           numbers.size(), numbers.size() == 1 ? "" : "s"),
               "write four numbers, as in `203.0.113.10`");
}

// The first wrong part of a text with colons.
auto explain_v6(std::string_view text) -> ValueError {
  if (text.find('.') != std::string_view::npos && text.find(':') == text.rfind(':')) {
    const std::size_t colon = text.find(':');
    return part(colon, text.size() - colon,
                fmt::format("{} has a port; an address is due here", quote(text)),
                "write the address alone; a port has a key of its own");
  }
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(':', begin), text.size());
    if (end - begin > 4 && text.substr(begin, end - begin).find('.') == std::string_view::npos) {
      return part(begin, end - begin,
                  fmt::format("the group {} has more than four digits",
                              quote(text.substr(begin, end - begin))),
                  "write groups of one to four hexadecimal digits");
    }
    begin = end + 1;
  }
  const std::size_t shortened = text.find("::");
  const std::size_t again =
      shortened == std::string_view::npos ? shortened : text.find("::", shortened + 1);
  if (again != std::string_view::npos) {
    return part(again, 2, fmt::format("{} leaves out zeros twice", quote(text)), "write `::` once");
  }
  return whole(
      text, Defect::bad_form, fmt::format("{} is not an IPv6 address", quote(text)),
      "write eight groups of hexadecimal digits, or `::` once for the zeros among them, as "
      "in `2001:db8::10`");
}

auto explain_address(std::string_view text) -> ValueError {
  if (text.empty()) {
    return whole(text, Defect::empty, "the address is empty",
                 "write an address such as `203.0.113.10` or `2001:db8::10`");
  }
  if (auto error = find_wrapping(text)) {
    return *std::move(error);
  }
  const bool has_colon = text.find(':') != std::string_view::npos;
  for (std::size_t offset = 0; offset < text.size();) {
    const Character character = character_at(text, offset);
    const char c = text[offset];
    const bool is_hex = is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (!(c == '.' || c == ':' || (has_colon ? is_hex : is_digit(c)))) {
      const bool is_word = !has_colon && is_letter(c);
      return {.defect = Defect::bad_character,
              .message = is_word
                             ? fmt::format("{} is not an address; only numbers are allowed here",
                                           quote(text))
                             : fmt::format("{} is not allowed in an address",
                                           quote(text.substr(offset, character.length))),
              .help = is_word ? "write the address itself; a name is not looked up"
                              : "write an address such as `203.0.113.10` or `2001:db8::10`",
              .offset = is_word ? 0 : character.offset,
              .length = is_word ? to_offset(text.size()) : character.length};
    }
    offset += character.length;
  }
  return has_colon ? explain_v6(text) : explain_v4(text);
}

struct Prefix {
  bool is_v6 = false;
  Bytes bytes = {};
  unsigned length = 0;
};

auto read_prefix(std::string_view text) -> Prefix {
  const std::size_t slash = text.find('/');
  Prefix prefix;
  prefix.is_v6 = text.find(':') != std::string_view::npos;
  const auto bytes = convert(prefix.is_v6 ? AF_INET6 : AF_INET, text.substr(0, slash));
  FEDGATE_CHECK(bytes, "the table of special blocks holds an address before each slash");
  prefix.bytes = *bytes;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data() + slash + 1, end, prefix.length);
  FEDGATE_CHECK(read.ptr == end, "the table of special blocks holds a length behind each slash");
  return prefix;
}

// In the order of special_blocks().
auto read_prefixes() -> std::vector<Prefix> {
  std::vector<Prefix> prefixes;
  for (const SpecialBlock& block : special_blocks()) {
    prefixes.push_back(read_prefix(block.prefix));
  }
  return prefixes;
}

auto contains(const Prefix& prefix, const Bytes& bytes) -> bool {
  const std::size_t full = prefix.length / 8;
  const unsigned rest = prefix.length % 8;
  if (!std::equal(prefix.bytes.begin(), prefix.bytes.begin() + static_cast<std::ptrdiff_t>(full),
                  bytes.begin())) {
    return false;
  }
  return rest == 0 || ((prefix.bytes[full] ^ bytes[full]) >> (8 - rest)) == 0;
}

}  // namespace

auto Address::parse(std::string_view text) -> Parsed<Address> {
  if (const auto bytes = convert(AF_INET, text)) {
    return Address(false, *bytes);
  }
  const auto bytes = convert(AF_INET6, text);
  if (!bytes) {
    return Unexpected{explain_address(text)};
  }
  if (is_mapped(*bytes)) {
    const std::string mapped = dotted(std::span(*bytes).subspan(12));
    auto error = whole(text, Defect::bad_form,
                       fmt::format("{} is an IPv4 address in IPv6 notation", quote(text)),
                       fmt::format("write `{}`", mapped));
    error.replacement = mapped;
    return Unexpected{std::move(error)};
  }
  return Address(true, *bytes);
}

auto Address::bytes() const -> std::span<const std::uint8_t> {
  return std::span(bytes_).first(is_v6_ ? kV6Size : kV4Size);
}

auto Address::to_text() const -> std::string { return is_v6_ ? v6_text(bytes_) : dotted(bytes()); }

auto Address::special_block() const -> const SpecialBlock* {
  static const std::vector<Prefix> kPrefixes = read_prefixes();
  const SpecialBlock* narrowest = nullptr;
  unsigned length = 0;
  for (std::size_t i = 0; i < kPrefixes.size(); ++i) {
    const Prefix& prefix = kPrefixes[i];
    if (prefix.is_v6 == is_v6_ && contains(prefix, bytes_) &&
        (narrowest == nullptr || prefix.length > length)) {
      narrowest = &special_blocks()[i];
      length = prefix.length;
    }
  }
  return narrowest;
}

}  // namespace fedgate::value
