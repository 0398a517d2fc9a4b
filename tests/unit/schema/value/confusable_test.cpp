#include "schema/value/confusable.h"

#include <string>
#include <utility>

#include "tests/support/catch.h"

namespace fedgate::value {

namespace {

TEST_CASE("names that look like others are told") {
  using Row = std::pair<std::string, std::string>;
  const auto [text, reason] = GENERATE(values<Row>({
      {"northwind.example", ""},
      {"b\u00fccher.example", ""},
      {"\u65e5\u672c\u8a9e\u30ab\u30d5\u30a7-shop.example", ""},
      {"\ud55c\uad6dkorea.example", ""},
      {"\u043f\u043e\u0447\u0442\u0430-1.example", ""},
      {"n\u043erthwind.example", "its label `n\u043erthwind` mixes Cyrillic and Latin letters"},
      {"www.\u03b1\u0431c.example",
       "its label `\u03b1\u0431c` mixes Cyrillic, Greek and Latin letters"},
      {"\u30ab\u043e.example", "its label `\u30ab\u043e` mixes Cyrillic and Katakana letters"},
      {"\u0430\u0441\u0435.\u0440\u0444", ""},
      {"n\u043erthwind.\u0440\u0444",
       "its label `n\u043erthwind` mixes Cyrillic and Latin letters"},
      {"\u0430\u0441\u0435-1.example",
       "every letter of its label `\u0430\u0441\u0435-1` looks like a Latin one"},
  }));
  const auto name = DnsName::parse(text);
  REQUIRE(name.has_value());
  CHECK(confusable_label(*name).value_or("") == reason);
}

}  // namespace

}  // namespace fedgate::value
