#include "schema/value/dns_name.h"

#include <algorithm>
#include <random>
#include <set>
#include <unordered_set>

#include "tests/support/catch.h"
#include "tests/support/names.h"
#include "tests/unit/schema/value/marked.h"

using namespace fedgate;
using test::name;
using test::pattern;
using std::string_literals::operator""s;
using value::Defect;
using value::DnsName;
using value::DnsPattern;

namespace {

auto repeat(std::string_view part, std::size_t count) -> std::string {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += part;
  }
  return text;
}

}  // namespace

TEST_CASE("a domain name is kept as A-labels and as U-labels") {
  struct Row {
    std::string text;
    std::string ascii;
    std::string unicode;
    bool had_upper_case;
  };
  const auto row = GENERATE(values<Row>({
      {"contoso.com", "contoso.com", "contoso.com", false},
      {"localhost", "localhost", "localhost", false},
      {"a", "a", "a", false},
      {"3com.com", "3com.com", "3com.com", false},
      {"1.2.3.4x", "1.2.3.4x", "1.2.3.4x", false},
      {"a-b--c.example", "a-b--c.example", "a-b--c.example", false},
      {"CONTOSO.com", "contoso.com", "contoso.com", true},
      {"bücher.example", "xn--bcher-kva.example", "bücher.example", false},
      {"xn--bcher-kva.example", "xn--bcher-kva.example", "bücher.example", false},
      {"XN--BCHER-KVA.example", "xn--bcher-kva.example", "bücher.example", true},
      {"sip.Bücher.example", "sip.xn--bcher-kva.example", "sip.bücher.example", true},
      // Non-transitional: the sharp s keeps its own A-label (RFC 5894 section 7.2).
      {"straße.example", "xn--strae-oqa.example", "straße.example", false},
      {"例え.テスト", "xn--r8jz45g.xn--zckzah", "例え.テスト", false},
      {"президент.рф", "xn--d1abbgf6aiiy.xn--p1ai", "президент.рф", false},
      {"אב1.example", "xn--1-zhcd.example", "אב1.example", false},
      // Middle dot between two l (RFC 5892 appendix A.3), katakana middle dot beside kanji (A.7).
      {"l·l.example", "xn--ll-0ea.example", "l·l.example", false},
      {"日・.example", "xn--vek160n.example", "日・.example", false},
      // Zero width joiner behind a virama (A.2).
      {"क्\u200dष.example", "xn--11b2ezcw70k.example", "क्\u200dष.example", false},
  }));
  INFO("text: " << row.text);
  const DnsName parsed = name(row.text);
  CHECK(parsed.ascii() == row.ascii);
  CHECK(parsed.unicode() == row.unicode);
  CHECK(parsed.display() == row.unicode);
  CHECK(parsed.has_unicode() == (row.ascii != row.unicode));
  CHECK(parsed.had_upper_case() == row.had_upper_case);
  CHECK(name(parsed.ascii()) == parsed);
  CHECK(name(parsed.unicode()) == parsed);
  CHECK(name(parsed.ascii()).unicode() == parsed.unicode());
}

TEST_CASE("lengths of names and labels end at the limits of RFC 1035") {
  const std::string longest_label = repeat("a", 63);
  CHECK(DnsName::parse(longest_label + ".example").has_value());
  // 3 * 64 + 61 = 253.
  const std::string longest_name = repeat(longest_label + ".", 3) + repeat("b", 61);
  REQUIRE(longest_name.size() == 253);
  CHECK(DnsName::parse(longest_name).has_value());
  // The same limits for a name that takes the long way.
  CHECK(DnsName::parse("A" + longest_name.substr(1)).has_value());
  // The A-label of this U-label has 63 octets.
  const DnsName encoded = name("ü" + repeat("a", 55) + ".example");
  CHECK(encoded.ascii().find('.') == 63);
  CHECK(name(encoded.ascii()) == encoded);

  test::check_refused({{"x.⟦" + longest_label + "a⟧.example", Defect::too_long,
                        "label `" + longest_label + "a` has 64 octets; 63 are the limit"},
                       {"⟦" + longest_name + "b⟧", Defect::too_long,
                        "the domain name has 254 octets; 253 are the limit"},
                       {"⟦" + repeat("ü.", 40) + "example⟧", Defect::too_long,
                        "the domain name has 327 octets; 253 are the limit"},
                       {"⟦" + repeat("a", 1013) + "⟧", Defect::too_long,
                        "the domain name has 1013 bytes; 253 octets are the limit"}},
                      DnsName::parse);
  const auto too_long = DnsName::parse("x.ü" + repeat("a", 56));
  REQUIRE_FALSE(too_long.has_value());
  CHECK(too_long.error().defect == Defect::too_long);
  CHECK(too_long.error().offset == 2);
  CHECK(too_long.error().length == 58);
}

TEST_CASE("a text that is no domain name is refused at its wrong bytes") {
  test::check_refused(
      {{"⟦⟧", Defect::empty, "the domain name is empty"},
       {"⟦⟧.", Defect::empty, "a label of the domain name is empty"},
       {"⟦⟧.example", Defect::empty, "a label of the domain name is empty"},
       {"a.⟦⟧.example", Defect::empty, "a label of the domain name is empty"},
       {"a.example.⟦⟧.", Defect::empty, "a label of the domain name is empty"},
       {"contoso.com⟦.⟧", Defect::trailing_dot,
        "`contoso.com.` ends with a dot; names in a spec are written without the root's dot",
        "contoso.com"},
       {"a⟦_⟧b.example.", Defect::bad_character,
        "`_` is not allowed in a domain name; a label has letters, digits and hyphens"},
       {"⟦_⟧xmpp-server._tcp.contoso.com", Defect::bad_character,
        "`_` is not allowed in a domain name; a label has letters, digits and hyphens"},
       {"contoso.com⟦:⟧5269", Defect::bad_character,
        "`:` is not allowed in a domain name; a label has letters, digits and hyphens"},
       {"https⟦:⟧//contoso.com", Defect::bad_character,
        "`:` is not allowed in a domain name; a label has letters, digits and hyphens"},
       {"a⟦ ⟧b.example", Defect::bad_character,
        "U+0020 is not allowed in a domain name; a label has letters, digits and hyphens"},
       {"a⟦\0⟧b.example"s, Defect::bad_character,
        "U+0000 is not allowed in a domain name; a label has letters, digits and hyphens"},
       {"bü⟦\xFF⟧.example", Defect::bad_character,
        "byte 0xFF is not allowed in a domain name; a label has letters, digits and hyphens"},
       {"a.⟦-⟧b.example", Defect::bad_form, "label `-b` begins with a hyphen"},
       {"a.b⟦-⟧.example", Defect::bad_form, "label `b-` ends with a hyphen"},
       {"⟦-⟧.example", Defect::bad_form, "label `-` begins with a hyphen"},
       {"ab⟦--⟧c.example", Defect::bad_form,
        "label `ab--c` has hyphens in its third and fourth place"},
       {"üa⟦--⟧c.example", Defect::bad_form,
        "label `üa--c` has hyphens in its third and fourth place"},
       {"⟦192.0.2.1⟧", Defect::ip_literal, "`192.0.2.1` is an IP address, not a domain name"},
       {"⟦2001:db8::1⟧", Defect::ip_literal, "`2001:db8::1` is an IP address, not a domain name"},
       {"⟦[2001:db8::1]⟧", Defect::ip_literal,
        "`[2001:db8::1]` is an IP address, not a domain name"},
       {"10.⟦1⟧", Defect::bad_form,
        "the last label `1` is a number; a top-level domain has letters"},
       {"192.0.2.⟦01⟧", Defect::bad_form,
        "the last label `01` is a number; a top-level domain has letters"},
       {"⟦*⟧.contoso.com", Defect::wildcard,
        "`*.contoso.com` has a wildcard; one name is due here"}},
      DnsName::parse);
}

TEST_CASE("an internationalized name is checked as a registry checks it") {
  const std::string encoded_so = " begins like an A-label, but no name is encoded so";
  test::check_refused(
      {{"⟦☃⟧.example", Defect::bad_character,
        "`☃` (U+2603) is not allowed in a domain name (IDNA 2008)"},
       {"a.b⟦😀⟧.example", Defect::bad_character,
        "`😀` (U+1F600) is not allowed in a domain name (IDNA 2008)"},
       {"⟦Ü⟧ber.example", Defect::bad_character,
        "`Ü` (U+00DC) is not allowed in a domain name (IDNA 2008)", "über.example"},
       {"⟦ｅ⟧xample.com", Defect::bad_character,
        "`ｅ` (U+FF45) is not allowed in a domain name (IDNA 2008)", "example.com"},
       {"contoso⟦。⟧com", Defect::bad_character,
        "`。` (U+3002) is not allowed in a domain name (IDNA 2008)", "contoso.com"},
       {"a⟦\u00ad⟧b.example", Defect::bad_character,
        "`\u00ad` (U+00AD) is not allowed in a domain name (IDNA 2008)", "ab.example"},
       {"a⟦\u202e⟧b.example", Defect::bad_character,
        "U+202E is not allowed in a domain name (IDNA 2008)"},
       {"x⟦\u0378⟧.example", Defect::bad_character,
        "`\u0378` (U+0378) is not allowed in a domain name (unassigned)"},
       {"⟦\u0301⟧a.example", Defect::bad_form, "a label begins with the combining mark U+0301"},
       {"⟦bu\u0308cher⟧.example", Defect::bad_form,
        "label `bu\u0308cher` is not in Unicode normalization form C", "bücher.example"},
       {"a⟦·⟧b.example", Defect::bad_form, "U+00B7 is not allowed between these neighbours"},
       {"⟦l·l·b⟧.example", Defect::bad_form,
        "a character of the label is not allowed between these neighbours"},
       {"a⟦\u200d⟧b.example", Defect::bad_form, "U+200D is not allowed between these neighbours"},
       {"⟦1א⟧.example", Defect::bad_form, "label `1א` mixes writing directions"},
       {"אב.⟦1a⟧.example", Defect::bad_form,
        "label `1a` begins with a digit beside a right-to-left label"},
       {"a.⟦xn--⟧.example", Defect::bad_form, "`xn--`" + encoded_so},
       {"⟦xn--99999999⟧.example", Defect::bad_form, "`xn--99999999`" + encoded_so},
       {"⟦xn--abc-⟧.example", Defect::bad_form, "`xn--abc-`" + encoded_so},
       {"⟦xn--n3h⟧.example", Defect::bad_form,
        "A-label `xn--n3h` stands for `☃`, where `☃` (U+2603) is not allowed in a domain name "
        "(IDNA 2008)"},
       // The punycode of labels that no registry takes.
       {"⟦xn--bucher-xyd⟧.example", Defect::bad_form,
        "A-label `xn--bucher-xyd` stands for `bu\u0308cher`, where label `bu\u0308cher` is not in "
        "Unicode normalization form C"},
       {"⟦xn--bcher-2pa⟧.example", Defect::bad_form,
        "A-label `xn--bcher-2pa` stands for `bÜcher`, where `Ü` (U+00DC) is not allowed in a "
        "domain name (IDNA 2008)"},
       {"xn⟦--⟧Bcher-Kva\u00fc.example", Defect::bad_form,
        "label `xn--Bcher-Kva\u00fc` has hyphens in its third and fourth place"}},
      DnsName::parse);
}

TEST_CASE("labels right of a right-to-left one may hold digits behind a letter") {
  CHECK(name("אב.a1.example").label_count() == 3);
  CHECK(name("bü.1a.example").label_count() == 3);
}

TEST_CASE("help says what was probably meant") {
  const auto help = [](std::string_view text) { return DnsName::parse(text).error().help; };
  using Catch::Matchers::ContainsSubstring;
  CHECK_THAT(help("_xmpp-server._tcp.contoso.com"), ContainsSubstring("RFC 8552"));
  CHECK_THAT(help("contoso.com:5269"), ContainsSubstring("a port has a key of its own"));
  CHECK_THAT(help("contoso.com/x"), ContainsSubstring("without scheme and path"));
  CHECK_THAT(help("https://contoso.com"), ContainsSubstring("without scheme and path"));
  CHECK_THAT(help("xmpp:contoso.com"), ContainsSubstring("without scheme and path"));
  CHECK_THAT(help("user@contoso.com"), ContainsSubstring("in front of `@`"));
  CHECK_THAT(help("a.example, b.example"), ContainsSubstring("items of a list"));
  CHECK(help("contoso.com.") == "write `contoso.com`");
  CHECK(help("Über.example") == "write `über.example`");
}

TEST_CASE("names know their place in the tree") {
  CHECK(name("a.b.example").is_subdomain_of(name("b.example")));
  CHECK(name("a.b.example").is_subdomain_of(name("example")));
  CHECK_FALSE(name("b.example").is_subdomain_of(name("b.example")));
  CHECK_FALSE(name("ab.example").is_subdomain_of(name("b.example")));
  CHECK_FALSE(name("example").is_subdomain_of(name("b.example")));
  CHECK(name("A.bücher.example").is_subdomain_of(name("xn--bcher-kva.example")));
  CHECK_FALSE(name("a.example").is_subdomain_of(DnsName()));

  CHECK(name("a.b.example").label_count() == 3);
  CHECK(name("example").label_count() == 1);
  CHECK(DnsName().label_count() == 0);

  CHECK(name("a.bücher.example").parent()->unicode() == "bücher.example");
  CHECK(name("a.bücher.example").parent()->ascii() == "xn--bcher-kva.example");
  CHECK_FALSE(name("ü.example").parent()->has_unicode());
  CHECK_FALSE(name("example").parent().has_value());
}

TEST_CASE("names are equal, ordered and hashed by their A-labels") {
  CHECK(name("Bücher.example") == name("xn--bcher-kva.EXAMPLE"));
  CHECK(name("a.example") != name("b.example"));
  CHECK(name("a.example") < name("b.example"));
  const std::unordered_set<DnsName> names = {name("bücher.example"), name("XN--bcher-kva.example"),
                                             name("a.example")};
  CHECK(names.size() == 2);
}

TEST_CASE("a full name has two labels at least") {
  CHECK(value::parse_fqdn("sip.contoso.com").has_value());
  CHECK(value::parse_fqdn("contoso.com").has_value());
  test::check_refused(
      {{"⟦contoso⟧", Defect::bad_form, "`contoso` has one label; a full name is due here"},
       {"⟦⟧", Defect::empty, "the domain name is empty"},
       {"⟦contoso.⟧", Defect::bad_form, "`contoso.` has one label; a full name is due here"},
       {"sip.contoso⟦.⟧", Defect::trailing_dot,
        "`sip.contoso.` ends with a dot; names in a spec are written without the root's dot",
        "sip.contoso"}},
      value::parse_fqdn);
}

TEST_CASE("a pattern is a name or a wildcard for one label") {
  CHECK(pattern("*.contoso.com").is_wildcard());
  CHECK(pattern("*.contoso.com").name() == name("contoso.com"));
  CHECK(pattern("*.Bücher.example").ascii() == "*.xn--bcher-kva.example");
  CHECK(pattern("*.xn--bcher-kva.example").display() == "*.bücher.example");
  CHECK_FALSE(pattern("contoso.com").is_wildcard());
  CHECK(pattern("contoso.com").ascii() == "contoso.com");
  CHECK(pattern("contoso.com") < pattern("*.contoso.com"));
  CHECK(pattern("*.contoso.com") == pattern("*.CONTOSO.com"));
  CHECK(pattern("*.contoso.com") != pattern("contoso.com"));

  const std::string longest = repeat(repeat("a", 62) + ".", 3) + repeat("b", 62);
  REQUIRE(longest.size() == 251);
  CHECK(DnsPattern::parse("*." + longest).has_value());
  test::check_refused(
      {{"⟦*⟧", Defect::wildcard, "`*` stands for every name; a domain is missing"},
       {"⟦*.⟧", Defect::wildcard, "`*.` stands for every name; a domain is missing"},
       {"s⟦*⟧.contoso.com", Defect::wildcard,
        "`s*.contoso.com` has a wildcard that is not the whole first label"},
       {"sip.⟦*⟧.com", Defect::wildcard,
        "`sip.*.com` has a wildcard that is not the whole first label"},
       {"*.⟦*⟧.com", Defect::wildcard,
        "`*.*.com` has a wildcard that is not the whole first label"},
       {"*.a⟦_⟧b.com", Defect::bad_character,
        "`_` is not allowed in a domain name; a label has letters, digits and hyphens"},
       {"*.contoso.com⟦.⟧", Defect::trailing_dot,
        "`contoso.com.` ends with a dot; names in a spec are written without the root's dot",
        "*.contoso.com"},
       {"⟦*.b" + longest + "⟧", Defect::too_long,
        "the domain name has 254 octets; 253 are the limit"}},
      DnsPattern::parse);
}

TEST_CASE("a wildcard covers exactly one label") {
  CHECK(pattern("*.contoso.com").covers(name("sip.contoso.com")));
  CHECK(pattern("*.contoso.com").covers(name("SIP.Contoso.com")));
  CHECK(pattern("*.contoso.com").covers(name("bücher.contoso.com")));
  CHECK_FALSE(pattern("*.contoso.com").covers(name("contoso.com")));
  CHECK_FALSE(pattern("*.contoso.com").covers(name("a.sip.contoso.com")));
  CHECK_FALSE(pattern("*.contoso.com").covers(name("sip.fabrikam.com")));
  CHECK(pattern("contoso.com").covers(name("contoso.com")));
  CHECK_FALSE(pattern("contoso.com").covers(name("sip.contoso.com")));
}

// The fast path and the long way must agree. A label of upper-case letters always takes the long
// way.
TEST_CASE("random plain names read the same in lower and upper case") {
  std::mt19937 random(20261122);
  constexpr std::string_view kAlphabet = "abz09-.";
  int accepted = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string text(1 + random() % 12, 'a');
    for (char& c : text) {
      c = kAlphabet[random() % kAlphabet.size()];
    }
    std::string upper = text;
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](char c) { return c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c; });
    INFO("text: " << text);
    const auto lower_name = DnsName::parse(text);
    const auto upper_name = DnsName::parse(upper);
    REQUIRE(lower_name.has_value() == upper_name.has_value());
    if (!lower_name) {
      REQUIRE(lower_name.error().offset == upper_name.error().offset);
      REQUIRE(lower_name.error().length == upper_name.error().length);
      REQUIRE(lower_name.error().offset + lower_name.error().length <= text.size());
      continue;
    }
    ++accepted;
    REQUIRE(lower_name->ascii() == text);
    REQUIRE(upper_name->ascii() == text);
    REQUIRE(upper_name->had_upper_case() == (upper != text));
  }
  CHECK(accepted > 1000);
}

TEST_CASE("random internationalized names read the same from their A-labels") {
  std::mt19937 random(7);
  constexpr std::array<std::string_view, 12> kLetters = {"a", "z",  "5", "-", "ü", "ß",
                                                         "я", "日", "ก", "א", "ا", "."};
  int accepted = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (std::size_t length = 1 + random() % 8; length > 0; --length) {
      text += kLetters[random() % kLetters.size()];
    }
    INFO("text: " << text);
    const auto parsed = DnsName::parse(text);
    if (!parsed) {
      REQUIRE(parsed.error().offset + parsed.error().length <= text.size());
      continue;
    }
    ++accepted;
    REQUIRE(parsed->unicode() == text);
    const auto again = DnsName::parse(parsed->ascii());
    REQUIRE(again.has_value());
    REQUIRE(*again == *parsed);
    REQUIRE(again->unicode() == text);
  }
  CHECK(accepted > 1000);
}
