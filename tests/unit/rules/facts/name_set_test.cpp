#include "rules/facts/name_set.h"

#include <string>
#include <vector>

#include "tests/support/catch.h"
#include "tests/support/names.h"

using namespace fedgate;
using test::name;
using test::pattern;
using value::DnsName;
using value::DnsPattern;

TEST_CASE("A set of names answers as a look at each of them does", "[facts]") {
  const std::vector<std::string> texts = {
      "example",         "b.example",   "a.b.example",   "c.a.b.example",   "ab.example",
      "*.example",       "*.b.example", "*.a.b.example", "xb.example",      "b.example.net",
      "*.other.example", "net",         "example.net",   "*.b.example.net", "other.example"};
  for (const std::string& first : texts) {
    for (const std::string& second : texts) {
      const std::vector<DnsPattern> held = {pattern(first), pattern(second)};
      const rules::NameSet set(held);
      const auto any = [&](auto predicate) { return predicate(held[0]) || predicate(held[1]); };
      for (const std::string& text : texts) {
        CAPTURE(first, second, text);
        const DnsPattern asked = pattern(text);
        const DnsName& plain = asked.name();
        CHECK(set.contains(asked) == any([&](const auto& one) { return one == asked; }));
        CHECK(set.covers(plain) == any([&](const auto& one) { return one.covers(plain); }));
        CHECK(set.is_covered_by(asked) ==
              any([&](const auto& one) { return !one.is_wildcard() && asked.covers(one.name()); }));
        CHECK(set.has_above(plain) ==
              any([&](const auto& one) { return plain.is_subdomain_of(one.name()); }));
        CHECK(set.has_wildcard_above(plain) == any([&](const auto& one) {
                return one.is_wildcard() &&
                       (one.name() == plain || plain.is_subdomain_of(one.name()));
              }));
        CHECK(set.has_below(plain) ==
              any([&](const auto& one) { return one.name().is_subdomain_of(plain); }));
      }
    }
  }
}

TEST_CASE("An empty set of names holds nothing", "[facts]") {
  const rules::NameSet set;
  CHECK_FALSE(set.covers(name("contoso.com")));
  CHECK_FALSE(set.has_above(name("contoso.com")));
  CHECK_FALSE(set.has_below(name("com")));
}
