#include "schema/value/address.h"

#include <algorithm>
#include <array>
#include <random>
#include <vector>

#include <fmt/format.h>

#include "tests/support/catch.h"
#include "tests/unit/schema/value/marked.h"

using namespace fedgate;
using std::string_literals::operator""s;
using value::Address;
using value::AddressUse;
using value::Defect;

namespace {

auto address(std::string_view text) -> Address {
  INFO("address: " << text);
  const auto parsed = Address::parse(text);
  REQUIRE(parsed.has_value());
  return *parsed;
}

}  // namespace

TEST_CASE("addresses are written in one text form") {
  struct Row {
    std::string text;
    std::string canonical;
  };
  // The IPv6 rows are those of RFC 5952 sections 4.1 to 4.3 and their neighbours.
  const auto row = GENERATE(values<Row>({{"203.0.113.10", "203.0.113.10"},
                                         {"0.0.0.0", "0.0.0.0"},
                                         {"255.255.255.255", "255.255.255.255"},
                                         {"2001:0db8::0001", "2001:db8::1"},
                                         {"2001:DB8::AbC", "2001:db8::abc"},
                                         {"2001:db8:0:0:0:0:2:1", "2001:db8::2:1"},
                                         {"2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
                                         {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},
                                         {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
                                         {"0:0:0:0:0:0:0:0", "::"},
                                         {"0:0:0:0:0:0:0:1", "::1"},
                                         {"1:0:0:0:0:0:0:0", "1::"},
                                         {"1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"},
                                         {"0:2:3:4:5:6:7:0", "0:2:3:4:5:6:7:0"},
                                         {"64:ff9b::192.0.2.33", "64:ff9b::c000:221"}}));
  INFO("text: " << row.text);
  const Address parsed = address(row.text);
  CHECK(parsed.to_text() == row.canonical);
  CHECK(address(row.canonical) == parsed);
  CHECK(parsed.is_v4() == (row.text.find(':') == std::string::npos));
  CHECK(parsed.is_v6() != parsed.is_v4());
  CHECK(parsed.bytes().size() == (parsed.is_v4() ? 4U : 16U));
}

TEST_CASE("a text that is no address is refused at its wrong bytes") {
  const std::string mapped = " is an IPv4 address in IPv6 notation";
  test::check_refused(
      {{"⟦⟧", Defect::empty, "the address is empty"},
       {"⟦010⟧.0.0.1", Defect::bad_form, "the number `010` has a leading zero"},
       {"10.0.0.⟦00⟧", Defect::bad_form, "the number `00` has a leading zero"},
       {"10.⟦256⟧.0.1", Defect::bad_form, "the number `256` is above 255"},
       {"10.⟦1000⟧.0.1", Defect::bad_form, "the number `1000` is above 255"},
       {"⟦10.1⟧", Defect::bad_form, "`10.1` has 2 numbers; an IPv4 address has four"},
       {"⟦10⟧", Defect::bad_form, "`10` has 1 number; an IPv4 address has four"},
       {"⟦10.0.0.1.2⟧", Defect::bad_form, "`10.0.0.1.2` has 5 numbers; an IPv4 address has four"},
       {"10.⟦⟧.0.1", Defect::bad_form, "`10..0.1` lacks a number beside a dot"},
       {"10.0.0.⟦⟧", Defect::bad_form, "`10.0.0.` lacks a number beside a dot"},
       {"192.0.2.0⟦/24⟧", Defect::bad_form,
        "`192.0.2.0/24` has a prefix length; one address is due here"},
       {"192.0.2.1⟦:5269⟧", Defect::bad_form,
        "`192.0.2.1:5269` has a port; an address is due here"},
       {"⟦sip.contoso.com⟧", Defect::bad_character,
        "`sip.contoso.com` is not an address; only numbers are allowed here"},
       {"10.0.0.1⟦ ⟧", Defect::bad_character, "` ` is not allowed in an address"},
       {"⟦0x0a000001⟧", Defect::bad_character,
        "`0x0a000001` is not an address; only numbers are allowed here"},
       {"⟦[2001:db8::1]⟧", Defect::bad_form, "`[2001:db8::1]` has brackets around the address",
        "2001:db8::1"},
       {"fe80::1⟦%eth0⟧", Defect::bad_form,
        "`fe80::1%eth0` has a zone; it means something on one host only"},
       {"⟦::ffff:192.0.2.1⟧", Defect::bad_form, "`::ffff:192.0.2.1`" + mapped, "192.0.2.1"},
       {"⟦::FFFF:c000:201⟧", Defect::bad_form, "`::FFFF:c000:201`" + mapped, "192.0.2.1"},
       {"2001:⟦00db8⟧::1", Defect::bad_form, "the group `00db8` has more than four digits"},
       {"2001::1⟦::⟧2", Defect::bad_form, "`2001::1::2` leaves out zeros twice"},
       {"2001:db8::⟦g⟧", Defect::bad_character, "`g` is not allowed in an address"},
       {"⟦1:2:3:4:5:6:7⟧", Defect::bad_form, "`1:2:3:4:5:6:7` is not an IPv6 address"},
       {"⟦1:2:3:4:5:6:7:8:9⟧", Defect::bad_form, "`1:2:3:4:5:6:7:8:9` is not an IPv6 address"},
       {"192.0.2.1⟦\0⟧"s, Defect::bad_character, "`<U+0000>` is not allowed in an address"}},
      Address::parse);
}

TEST_CASE("addresses are ordered by family, then by number") {
  const std::vector<Address> sorted = {address("9.0.0.1"),      address("10.0.0.1"),
                                       address("203.0.113.10"), address("::1"),
                                       address("2001:db8::9"),  address("2001:db8::10")};
  CHECK(std::is_sorted(sorted.begin(), sorted.end()));
  CHECK(address("2001:db8::a") == address("2001:DB8:0::A"));
  CHECK(address("1.0.0.0") != address("100::"));
}

TEST_CASE("special-purpose blocks end where the registries say") {
  struct Row {
    std::string inside;
    std::string outside;
    std::string prefix;
    AddressUse use;
  };
  const auto row = GENERATE(
      values<Row>({{"10.255.255.255", "11.0.0.0", "10.0.0.0/8", AddressUse::private_use},
                   {"10.0.0.0", "9.255.255.255", "10.0.0.0/8", AddressUse::private_use},
                   {"172.31.255.255", "172.32.0.0", "172.16.0.0/12", AddressUse::private_use},
                   {"172.16.0.0", "172.15.255.255", "172.16.0.0/12", AddressUse::private_use},
                   {"192.168.0.0", "192.167.255.255", "192.168.0.0/16", AddressUse::private_use},
                   {"100.127.255.255", "100.128.0.0", "100.64.0.0/10", AddressUse::shared},
                   {"100.64.0.0", "100.63.255.255", "100.64.0.0/10", AddressUse::shared},
                   {"127.0.0.1", "128.0.0.0", "127.0.0.0/8", AddressUse::loopback},
                   {"169.254.0.1", "169.253.255.255", "169.254.0.0/16", AddressUse::link_local},
                   {"192.0.2.255", "192.0.3.0", "192.0.2.0/24", AddressUse::documentation},
                   {"198.51.100.0", "198.51.99.255", "198.51.100.0/24", AddressUse::documentation},
                   {"203.0.113.10", "203.0.114.0", "203.0.113.0/24", AddressUse::documentation},
                   {"198.19.255.255", "198.20.0.0", "198.18.0.0/15", AddressUse::benchmarking},
                   {"224.0.0.0", "223.255.255.255", "224.0.0.0/4", AddressUse::multicast},
                   {"240.0.0.0", "223.255.255.255", "240.0.0.0/4", AddressUse::reserved},
                   {"255.255.255.255", "8.8.8.8", "255.255.255.255/32", AddressUse::reserved},
                   {"0.0.0.0", "1.0.0.0", "0.0.0.0/32", AddressUse::unspecified},
                   {"0.255.255.255", "1.0.0.0", "0.0.0.0/8", AddressUse::unspecified},
                   {"192.0.0.171", "192.0.1.0", "192.0.0.170/31", AddressUse::translation},
                   {"2001:db8:ffff::", "2001:db9::", "2001:db8::/32", AddressUse::documentation},
                   {"3fff:fff::", "3fff:1000::", "3fff::/20", AddressUse::documentation},
                   {"fdff::1", "2600::", "fc00::/7", AddressUse::private_use},
                   {"febf::1", "2600::", "fe80::/10", AddressUse::link_local},
                   {"fec0::1", "2600::", "fec0::/10", AddressUse::private_use},
                   {"64:ff9b::8.8.8.8", "2600::", "64:ff9b::/96", AddressUse::translation},
                   {"::1", "2600::", "::1/128", AddressUse::loopback},
                   {"::", "2600::", "::/128", AddressUse::unspecified},
                   {"::2", "2600::", "::/96", AddressUse::translation},
                   {"2001:1ff::", "2001:200::", "2001::/23", AddressUse::reserved},
                   {"2001:0:1::", "2001:200::", "2001::/32", AddressUse::translation},
                   {"ff02::1", "2a00::", "ff00::/8", AddressUse::multicast},
                   {"4000::", "3ffe::", "4000::/3", AddressUse::reserved},
                   {"1fff::", "2000::", "1000::/4", AddressUse::reserved}}));
  INFO("inside: " << row.inside);
  const value::SpecialBlock* block = address(row.inside).special_block();
  REQUIRE(block != nullptr);
  CHECK(block->prefix == row.prefix);
  CHECK(block->use == row.use);
  CHECK(block->rfc.starts_with("RFC "));
  INFO("outside: " << row.outside);
  CHECK(address(row.outside).special_block() == nullptr);
}

TEST_CASE("each special block is found by its first address") {
  for (const value::SpecialBlock& block : value::special_blocks()) {
    const std::string first(block.prefix.substr(0, block.prefix.find('/')));
    INFO("block: " << block.prefix);
    if (block.prefix == "::ffff:0:0/96") {
      // Refused by the parser before anyone can ask.
      CHECK_FALSE(Address::parse(first).has_value());
      continue;
    }
    const Address parsed = address(first);
    CHECK(parsed.to_text() == first);
    REQUIRE(parsed.special_block() != nullptr);
    // A block inside may begin at the same address.
    const std::string_view found = parsed.special_block()->prefix;
    CHECK(found.substr(0, found.find('/')) == first);
  }
}

TEST_CASE("random addresses read back from their text") {
  std::mt19937 random(5952);
  for (int i = 0; i < 5000; ++i) {
    std::string text;
    for (int group = 0; group < 8; ++group) {
      const unsigned value = random() % 3 == 0 ? random() % 0x10000U : 0U;
      text += fmt::format("{}{:04X}", group == 0 ? "" : ":", value);
    }
    INFO("text: " << text);
    const auto parsed = Address::parse(text);
    if (!parsed) {
      REQUIRE(text.starts_with("0000:0000:0000:0000:0000:FFFF:"));
      continue;
    }
    const auto again = Address::parse(parsed->to_text());
    REQUIRE(again.has_value());
    REQUIRE(*again == *parsed);
    REQUIRE(again->to_text() == parsed->to_text());
    REQUIRE(parsed->to_text().size() <= text.size());
  }
}
