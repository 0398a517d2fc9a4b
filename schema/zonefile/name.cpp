#include "schema/zonefile/name.h"

#include <iterator>
#include <optional>

#include <fmt/format.h>

namespace fedgate::zonefile {

namespace {

constexpr std::size_t kLongestLabel = 63;
// In wire format, with the root's octet (RFC 1035, section 2.3.4).
constexpr std::size_t kLongestName = 255;

auto is_digit(char c) -> bool { return c >= '0' && c <= '9'; }

void append_octet(unsigned char octet, std::string& out) {
  const bool is_upper = octet >= 'A' && octet <= 'Z';
  const bool is_plain = (octet >= 'a' && octet <= 'z') || (octet >= '0' && octet <= '9') ||
                        octet == '-' || octet == '_' || octet == '*' || octet == '/';
  if (is_upper || is_plain) {
    constexpr unsigned char kCase = 'a' - 'A';
    out += static_cast<char>(is_upper ? octet + kCase : octet);
  } else {
    fmt::format_to(std::back_inserter(out), "\\{:03}", octet);
  }
}

// The octet that the escape at the start of `text` stands for, and its length in `text`.
struct Escape {
  unsigned char octet = 0;
  std::size_t length = 0;
};

auto read_escape(std::string_view text) -> std::optional<Escape> {
  if (text.size() < 2) {
    return std::nullopt;
  }
  if (!is_digit(text[1])) {
    return Escape{static_cast<unsigned char>(text[1]), 2};
  }
  if (text.size() < 4 || !is_digit(text[2]) || !is_digit(text[3])) {
    return std::nullopt;
  }
  const int number = (text[1] - '0') * 100 + (text[2] - '0') * 10 + (text[3] - '0');
  constexpr int kLargestOctet = 255;
  return number > kLargestOctet ? std::nullopt
                                : std::optional(Escape{static_cast<unsigned char>(number), 4});
}

// The octets of a name in the spelling of record.h, with a length octet for each label and the
// root.
auto wire_length(std::string_view name) -> std::size_t {
  std::size_t length = name == "." ? 1 : 2;
  for (std::size_t i = 0; i < name.size() && name != "."; ++i) {
    i += name[i] == '\\' ? 3U : 0U;
    ++length;
  }
  return length;
}

}  // namespace

auto read_name(std::string_view text, std::string_view origin)
    -> Expected<std::string, std::string> {
  if (text == "@") {
    return std::string(origin);
  }
  if (text == ".") {
    return std::string(".");
  }
  std::string name;
  std::size_t label = 0;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '.') {
      if (label == 0) {
        return Unexpected{std::string("has an empty label")};
      }
      label = 0;
      ++i;
      if (i < text.size()) {
        name += '.';
      }
      continue;
    }
    Escape octet{static_cast<unsigned char>(text[i]), 1};
    if (text[i] == '\\') {
      const auto escape = read_escape(text.substr(i));
      if (!escape) {
        return Unexpected{std::string("has an escape that is neither `\\X` nor `\\DDD`")};
      }
      octet = *escape;
    }
    append_octet(octet.octet, name);
    i += octet.length;
    if (++label > kLongestLabel) {
      return Unexpected{fmt::format("has a label of more than {} octets", kLongestLabel)};
    }
  }
  // A name that ended with a dot has no label open.
  if (label != 0 && origin != ".") {
    name += '.';
    name += origin;
  }
  if (name.empty()) {
    return Unexpected{std::string("is empty")};
  }
  if (wire_length(name) > kLongestName) {
    return Unexpected{fmt::format("has more than {} octets", kLongestName)};
  }
  return name;
}

auto name_of_wire(std::span<const std::uint8_t> wire) -> std::string {
  std::string name;
  for (std::size_t i = 0; i < wire.size() && wire[i] != 0;) {
    const std::size_t end = std::min<std::size_t>(i + 1 + wire[i], wire.size());
    if (!name.empty()) {
      name += '.';
    }
    for (++i; i < end; ++i) {
      append_octet(wire[i], name);
    }
  }
  return name.empty() ? "." : name;
}

auto is_within(std::string_view name, std::string_view apex) -> bool {
  return name == apex || apex == "." ||
         (name.size() > apex.size() && name.ends_with(apex) &&
          name[name.size() - apex.size() - 1] == '.');
}

}  // namespace fedgate::zonefile
