// Domain names as tests write them; one that does not parse fails the running test.
#pragma once

#include <string_view>

#include "schema/value/dns_name.h"
#include "tests/support/catch.h"

namespace fedgate::test {

[[nodiscard]] inline auto name(std::string_view text) -> value::DnsName {
  INFO("name: " << text);
  const auto parsed = value::DnsName::parse(text);
  REQUIRE(parsed.has_value());
  return *parsed;
}

[[nodiscard]] inline auto pattern(std::string_view text) -> value::DnsPattern {
  INFO("pattern: " << text);
  const auto parsed = value::DnsPattern::parse(text);
  REQUIRE(parsed.has_value());
  return *parsed;
}

}  // namespace fedgate::test
