// The scalar types of the spec: how each is called, read from text, and described in JSON Schema.
// The binder and the descriptions share this one table.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include "schema/fields.h"
#include "schema/spec.h"
#include "schema/value/boolean.h"
#include "schema/value/integer.h"
#include "schema/value/value_error.h"
#include "schema/value/word.h"

namespace fedgate::spec {

// `kPhrase` names the type with its article; `kJsonType` and `kPattern` (ECMA 262, may be empty)
// are for JSON Schema and may allow more than the parser does.
template <typename T>
struct Scalar;

template <>
struct Scalar<bool> {
  static constexpr std::string_view kPhrase = "`true` or `false`";
  static constexpr std::string_view kJsonType = "boolean";
  static constexpr std::string_view kPattern = {};
  static auto parse(std::string_view text, const About&) { return value::parse_boolean(text); }
};

template <>
struct Scalar<std::int64_t> {
  static constexpr std::string_view kPhrase = "a whole number";
  static constexpr std::string_view kJsonType = "integer";
  static constexpr std::string_view kPattern = {};
  static auto parse(std::string_view text, const About&) { return value::parse_integer(text); }
};

template <>
struct Scalar<value::DnsName> {
  static constexpr std::string_view kPhrase = "a domain name";
  static constexpr std::string_view kJsonType = "string";
  static constexpr std::string_view kPattern = R"(^[^\s.*_/:]+(\.[^\s.*_/:]+)*$)";
  static auto parse(std::string_view text, const About& about) {
    return about.fully_qualified ? value::parse_fqdn(text) : value::DnsName::parse(text);
  }
};

template <>
struct Scalar<value::DnsPattern> {
  static constexpr std::string_view kPhrase = "a domain name, with or without a leading `*.`";
  static constexpr std::string_view kJsonType = "string";
  static constexpr std::string_view kPattern = R"(^(\*\.)?[^\s.*_/:]+(\.[^\s.*_/:]+)*$)";
  static auto parse(std::string_view text, const About&) { return value::DnsPattern::parse(text); }
};

template <>
struct Scalar<value::Address> {
  static constexpr std::string_view kPhrase = "an IPv4 or IPv6 address";
  static constexpr std::string_view kJsonType = "string";
  static constexpr std::string_view kPattern =
      R"(^([0-9]+(\.[0-9]+){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:]*([0-9]+(\.[0-9]+){3})?)$)";
  static auto parse(std::string_view text, const About&) { return value::Address::parse(text); }
};

template <>
struct Scalar<value::Duration> {
  static constexpr std::string_view kPhrase = "a duration such as `90s`, `8h` or `199d`";
  static constexpr std::string_view kJsonType = "string";
  static constexpr std::string_view kPattern = R"(^(?=.)([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?$)";
  static auto parse(std::string_view text, const About&) { return value::Duration::parse(text); }
};

template <>
struct Scalar<value::Date> {
  static constexpr std::string_view kPhrase = "a date such as `2027-06-30`";
  static constexpr std::string_view kJsonType = "string";
  static constexpr std::string_view kPattern = R"(^[0-9]{4}-[0-9]{2}-[0-9]{2}$)";
  static auto parse(std::string_view text, const About&) { return value::Date::parse(text); }
};

template <>
struct Scalar<value::Name> {
  static constexpr std::string_view kPhrase = "a name of lower-case letters, digits and hyphens";
  static constexpr std::string_view kJsonType = "string";
  static constexpr std::string_view kPattern = R"(^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$)";
  static auto parse(std::string_view text, const About&) { return value::Name::parse(text); }
};

template <>
struct Scalar<value::Text> {
  static constexpr std::string_view kPhrase = "one line of text";
  static constexpr std::string_view kJsonType = "string";
  static constexpr std::string_view kPattern = R"(^.*[^ ].*$)";
  static auto parse(std::string_view text, const About&) { return value::Text::parse(text); }
};

template <>
struct Scalar<value::EnvironmentName> {
  static constexpr std::string_view kPhrase = "the name of an environment variable";
  static constexpr std::string_view kJsonType = "string";
  static constexpr std::string_view kPattern = R"(^[A-Za-z_][A-Za-z0-9_]*$)";
  static auto parse(std::string_view text, const About&) {
    return value::EnvironmentName::parse(text);
  }
};

template <>
struct Scalar<value::RelativePath> {
  static constexpr std::string_view kPhrase = "a path inside the spec's folder";
  static constexpr std::string_view kJsonType = "string";
  static constexpr std::string_view kPattern = R"(^(?!/)(?!(.*/)?\.\.(/|$)).+$)";
  static auto parse(std::string_view text, const About&) {
    return value::RelativePath::parse(text);
  }
};

template <typename Enum>
requires std::is_enum_v<Enum>
struct Scalar<Enum> {
  static constexpr std::string_view kPhrase = "one of a few words";
  static constexpr std::string_view kJsonType = "string";
  static constexpr std::string_view kPattern = {};
  static constexpr auto kWordTexts = [] {
    std::array<std::string_view, kWords<Enum>.size()> texts{};
    for (std::size_t i = 0; i < texts.size(); ++i) {
      texts[i] = kWords<Enum>[i].text;
    }
    return texts;
  }();
  static auto parse(std::string_view text, const About&) -> value::Parsed<Enum> {
    for (std::size_t i = 0; i < kWordTexts.size(); ++i) {
      if (kWordTexts[i] == text) {
        return static_cast<Enum>(i);
      }
    }
    return Unexpected{value::parse_word(text, kWordTexts).error()};
  }
};

// Whether T is one of the scalar types above.
template <typename T>
concept IsScalar = requires(std::string_view text, const About& about) {
  Scalar<T>::parse(text, about);
};

}  // namespace fedgate::spec
