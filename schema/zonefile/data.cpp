#include "schema/zonefile/data.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <optional>

#include <fmt/format.h>
#include <ldns/ldns.h>

#include "schema/base/check.h"
#include "schema/base/owned.h"
#include "schema/value/describe.h"
#include "schema/zonefile/name.h"

namespace fedgate::zonefile {

namespace {

using OwnedRecord = Owned<ldns_rr, &ldns_rr_free>;
using OwnedField = Owned<ldns_rdf, &ldns_rdf_deep_free>;
using OwnedText = Owned<char, &std::free>;

// A type whose data has a form in Data.
struct Shape {
  std::string_view type;
  // What its fields are, for people.
  std::string_view fields;
  std::size_t count;
  // The largest number that each of the first three fields may hold; 0: no number.
  std::array<std::int64_t, 3> largest;
};
constexpr std::int64_t kOctet = 255;
constexpr std::int64_t kTwoOctets = 65'535;
constexpr std::array<Shape, 8> kShapes = {
    {{"SRV", "priority, weight, port, target", 4, {kTwoOctets, kTwoOctets, kTwoOctets}},
     {"A", "an IPv4 address", 1, {}},
     {"AAAA", "an IPv6 address", 1, {}},
     {"CNAME", "the name that it is an alias of", 1, {}},
     {"DNAME", "the name that it is an alias of", 1, {}},
     {"NS", "the name server", 1, {}},
     {"CAA", "flags, tag, value", 3, {kOctet, 0, 0}},
     {"TLSA", "usage, selector, matching type, association", 4, {kOctet, kOctet, kOctet}}}};

auto shape_of(std::string_view type) -> const Shape* {
  const auto* const found = std::find_if(kShapes.begin(), kShapes.end(),
                                         [&](const Shape& shape) { return shape.type == type; });
  return found == kShapes.end() ? nullptr : &*found;
}

// The value of a CAA record, the one field that may be quoted (RFC 8659, section 4.1.1).
constexpr std::size_t kCaaValue = 2;

auto may_be_quoted(const Shape& shape, std::size_t field) -> bool {
  return shape.type == "CAA" && field == kCaaValue;
}

auto find_quoted(const Shape& shape, std::span<const Token> tokens) -> std::string {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].is_quoted() && !may_be_quoted(shape, i)) {
      return fmt::format("`{}` is in quotes, which only texts may be", tokens[i].text);
    }
  }
  return {};
}

// The data as the file has it.
struct Written {
  std::span<const Token> tokens;
  std::string_view origin;
  // As octets (RFC 3597, section 5).
  bool is_generic = false;
};

// What a look at the tokens tells better than ldns, which takes numbers modulo their size.
auto find_problem(const Shape& shape, std::span<const Token> tokens) -> std::string {
  const bool may_be_split = shape.type == "TLSA";
  if (may_be_split ? tokens.size() < shape.count : tokens.size() != shape.count) {
    return fmt::format("it has {} field{} where {} has {} ({})", tokens.size(),
                       tokens.size() == 1 ? "" : "s", shape.type, shape.count, shape.fields);
  }
  for (std::size_t i = 0; i < shape.largest.size() && shape.largest.at(i) != 0; ++i) {
    const std::string_view text = tokens[i].text;
    std::int64_t number = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < 0 ||
        number > shape.largest.at(i)) {
      return fmt::format("`{}` stands where a number from 0 to {} is due", text,
                         shape.largest.at(i));
    }
  }
  return find_quoted(shape, tokens);
}

// The record for ldns, which wants quotes where the format leaves them to the writer.
auto to_line(const Shape& shape, std::span<const Token> tokens, bool is_generic) -> std::string {
  std::string line = fmt::format(". 0 IN {}", shape.type);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const bool lacks_quotes = !is_generic && may_be_quoted(shape, i) && !tokens[i].is_quoted();
    line +=
        lacks_quotes ? fmt::format(" \"{}\"", tokens[i].text) : fmt::format(" {}", tokens[i].text);
  }
  return line;
}

auto bytes_of(const ldns_rdf* field) -> std::span<const std::uint8_t> {
  return {ldns_rdf_data(field), ldns_rdf_size(field)};
}

// Whether the fields of the record take all of the octets that `length` announces; ldns leaves
// what stands behind them out.
auto takes_all(const ldns_rr& record, std::string_view length) -> bool {
  std::size_t taken = 0;
  for (std::size_t i = 0; i < ldns_rr_rd_count(&record); ++i) {
    taken += ldns_rdf_size(ldns_rr_rdf(&record, i));
  }
  std::size_t announced = 0;
  std::from_chars(length.data(), length.data() + length.size(), announced);
  return taken == announced;
}

// Whether the association, in as many words as one likes (RFC 6698, section 2.2), lacks the half of
// an octet, which ldns makes up.
auto has_half_octet(std::span<const Token> tokens) -> bool {
  constexpr std::size_t kAssociation = 3;
  std::size_t digits = 0;
  for (std::size_t i = kAssociation; i < tokens.size(); ++i) {
    digits += tokens[i].text.size();
  }
  return digits % 2 != 0;
}

auto text_of(std::span<const std::uint8_t> bytes) -> std::string {
  return {bytes.begin(), bytes.end()};
}

auto hexadecimal(std::span<const std::uint8_t> bytes) -> std::string {
  return fmt::format("{:02x}", fmt::join(bytes, ""));
}

auto convert_address(const ldns_rdf* field) -> Expected<Data, std::string> {
  const OwnedText text(ldns_rdf2str(field));
  const auto address = value::Address::parse(text == nullptr ? "" : text.get());
  if (!address) {
    return Unexpected{address.error().message};
  }
  return Data{*address};
}

// `tag` has a length octet in front.
auto convert_caa(std::int64_t flags, std::span<const std::uint8_t> tag,
                 std::span<const std::uint8_t> value) -> Expected<Data, std::string> {
  std::string name = value::to_lower(text_of(tag.subspan(1)));
  if (name.empty() || !std::all_of(name.begin(), name.end(), [](char c) {
        return value::is_lower(c) || value::is_digit(c);
      })) {
    return Unexpected{std::string("its tag is not one of letters and digits")};
  }
  return Data{Caa{flags, std::move(name), text_of(value)}};
}

// A field that is a name. ldns takes every name for the origin whose first label is `@`, and only a
// lone `@` is (RFC 1035, section 5.1), so that the tokens decide where there are any.
auto convert_name(const ldns_rr& record, std::size_t i, const Written& written)
    -> Expected<std::string, std::string> {
  if (written.is_generic) {
    return name_of_wire(bytes_of(ldns_rr_rdf(&record, i)));
  }
  const std::string_view text = written.tokens[i].text;
  auto name = read_name(text, written.origin);
  if (!name) {
    return Unexpected{fmt::format("the name `{}` {}", text, name.error())};
  }
  return name;
}

auto convert(const ldns_rr& record, std::string_view type, const Written& written)
    -> Expected<Data, std::string> {
  const auto field = [&](std::size_t i) { return ldns_rr_rdf(&record, i); };
  const auto octet = [&](std::size_t i) -> std::int64_t { return ldns_rdf2native_int8(field(i)); };
  const auto number = [&](std::size_t i) -> std::int64_t {
    return ldns_rdf2native_int16(field(i));
  };
  if (type == "SRV") {
    auto target = convert_name(record, 3, written);
    if (!target) {
      return Unexpected{target.error()};
    }
    return Data{Srv{number(0), number(1), number(2), *std::move(target)}};
  }
  if (type == "A" || type == "AAAA") {
    return convert_address(field(0));
  }
  if (type == "CAA") {
    return convert_caa(octet(0), bytes_of(field(1)), bytes_of(field(2)));
  }
  if (type == "TLSA") {
    return Data{Tlsa{octet(0), octet(1), octet(2), hexadecimal(bytes_of(field(3)))}};
  }
  auto name = convert_name(record, 0, written);
  if (!name) {
    return Unexpected{name.error()};
  }
  return Data{NameData{*std::move(name)}};
}

}  // namespace

auto read_generic(std::string_view prefix, std::string_view token) -> std::optional<std::uint16_t> {
  if (!value::to_lower(token).starts_with(prefix)) {
    return std::nullopt;
  }
  const std::string_view digits = token.substr(prefix.size());
  std::uint16_t number = 0;
  const auto [end, error] = std::from_chars(digits.begin(), digits.end(), number);
  return error == std::errc() && end == digits.end() ? std::optional(number) : std::nullopt;
}

auto read_type(std::string_view token) -> std::string {
  // No mnemonic begins so; ldns reads any number there, and passes over what follows it.
  constexpr std::string_view kPrefix = "type";
  if (value::to_lower(token).starts_with(kPrefix) && !read_generic(kPrefix, token)) {
    return {};
  }
  const auto type = ldns_get_rr_type_by_name(std::string(token).c_str());
  if (type == 0) {
    return {};
  }
  const OwnedText text(ldns_rr_type2str(type));
  return text == nullptr ? std::string() : std::string(text.get());
}

auto count_fields(std::string_view type) -> std::size_t {
  const Shape* shape = shape_of(type);
  return shape == nullptr ? 0 : shape->count;
}

auto read_data(std::string_view type, std::span<const Token> tokens, std::string_view origin)
    -> Expected<Data, std::string> {
  const Shape* shape = shape_of(type);
  FEDGATE_CHECK(shape != nullptr, "a type without fields has no data to read");
  // RFC 3597, section 5: data of any type as octets.
  const bool is_generic = !tokens.empty() && tokens[0].text == "\\#";
  std::string problem = is_generic ? find_quoted(*shape, tokens) : find_problem(*shape, tokens);
  if (!problem.empty()) {
    return Unexpected{std::move(problem)};
  }
  if (!is_generic && type == "TLSA" && has_half_octet(tokens)) {
    return Unexpected{std::string("its association has an odd number of hexadecimal digits")};
  }
  const std::string line = to_line(*shape, tokens, is_generic);
  if (line.find('\0') != std::string::npos) {
    return Unexpected{std::string("it holds a NUL character")};
  }
  const OwnedField base(
      ldns_dname_new_frm_str((std::string(origin) + (origin == "." ? "" : ".")).c_str()));
  ldns_rr* parsed = nullptr;
  const ldns_status status = ldns_rr_new_frm_str(&parsed, line.c_str(), 0, base.get(), nullptr);
  const OwnedRecord record(parsed);
  if (status != LDNS_STATUS_OK || record == nullptr ||
      ldns_rr_rd_count(record.get()) < shape->count ||
      (is_generic && !takes_all(*record, tokens[1].text))) {
    return Unexpected{fmt::format("its data is not {}", shape->fields)};
  }
  return convert(*record, type, {tokens, origin, is_generic});
}

}  // namespace fedgate::zonefile
