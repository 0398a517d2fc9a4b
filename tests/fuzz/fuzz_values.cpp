// Every parser of schema/value on the same text. Beyond memory safety: what is printed reads back
// as the same value, an error points inside the text, and a replacement is accepted.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "schema/base/check.h"
#include "schema/base/suggest.h"
#include "schema/value/address.h"
#include "schema/value/boolean.h"
#include "schema/value/date.h"
#include "schema/value/dns_name.h"
#include "schema/value/duration.h"
#include "schema/value/identifier.h"
#include "schema/value/integer.h"
#include "schema/value/issuer_domain.h"
#include "schema/value/public_suffix.h"
#include "schema/value/word.h"

namespace {

using namespace fedgate::value;

template <typename Parse>
auto check_error(std::string_view text, const ValueError& error, Parse parse) -> void {
  FEDGATE_CHECK(!error.message.empty() && !error.help.empty(), "an error explains itself");
  FEDGATE_CHECK(error.offset <= text.size() && error.length <= text.size() - error.offset,
                "an error points inside the text");
  FEDGATE_CHECK(!error.replacement || parse(*error.replacement).has_value(),
                "a replacement is a value");
}

// `print` gives a text that parses to an equal value.
template <typename Parse, typename Print>
auto check_parser(std::string_view text, Parse parse, Print print) -> void {
  const auto parsed = parse(text);
  if (!parsed) {
    check_error(text, parsed.error(), parse);
    return;
  }
  const auto again = parse(print(*parsed));
  FEDGATE_CHECK(again.has_value() && *again == *parsed, "a printed value reads back");
}

auto check_name(const DnsName& name) -> void {
  const auto from_unicode = DnsName::parse(name.unicode());
  FEDGATE_CHECK(from_unicode && *from_unicode == name, "U-labels read back as their A-labels");
  FEDGATE_CHECK(from_unicode->unicode() == name.unicode(), "U-labels read back as they are");
  FEDGATE_CHECK(!name.is_subdomain_of(name), "no name lies below itself");
  if (const auto parent = name.parent()) {
    FEDGATE_CHECK(name.is_subdomain_of(*parent), "a name lies below its parent");
    FEDGATE_CHECK(parent->label_count() + 1 == name.label_count(), "a parent has one label less");
  }
  const auto registrable = registrable_domain(name);
  FEDGATE_CHECK(!registrable || *registrable == name || name.is_subdomain_of(*registrable),
                "a name lies at or below its registrable domain");
  static_cast<void>(internal_name(name));
}

auto text_of(const auto& value) { return value.text(); }
auto to_text_of(const auto& value) { return value.to_text(); }
auto ascii_of(const auto& value) { return value.ascii(); }

}  // namespace

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  constexpr std::array<std::string_view, 3> kWords = {"required", "optional", "not_supported"};

  check_parser(text, DnsName::parse, ascii_of<DnsName>);
  check_parser(text, parse_fqdn, ascii_of<DnsName>);
  check_parser(text, DnsPattern::parse, ascii_of<DnsPattern>);
  check_parser(text, Address::parse, to_text_of<Address>);
  check_parser(text, Duration::parse, to_text_of<Duration>);
  check_parser(text, Date::parse, to_text_of<Date>);
  check_parser(text, IssuerDomain::parse, to_text_of<IssuerDomain>);
  check_parser(text, Name::parse, text_of<Name>);
  check_parser(text, Text::parse, text_of<Text>);
  check_parser(text, EnvironmentName::parse, text_of<EnvironmentName>);
  check_parser(text, RelativePath::parse, text_of<RelativePath>);
  check_parser(text, parse_integer, [](std::int64_t number) { return std::to_string(number); });
  check_parser(text, parse_boolean, [](bool value) { return value ? "true" : "false"; });
  check_parser(
      text, [&](std::string_view word) { return parse_word(word, kWords); },
      [&](std::size_t index) { return kWords[index]; });
  if (const auto name = DnsName::parse(text)) {
    check_name(*name);
  }
  if (const auto address = Address::parse(text)) {
    static_cast<void>(address->special_block());
  }
  static_cast<void>(fedgate::nearest(text, kWords));
  return 0;
}
