#include "schema/value/issuer_domain.h"

#include "tests/support/catch.h"
#include "tests/unit/schema/value/marked.h"

using namespace fedgate;
using value::Defect;
using value::IssuerDomain;

TEST_CASE("the value of a CAA issue property") {
  struct Row {
    std::string text;
    std::string canonical;
    std::size_t parameters;
  };
  // Among them are the values of the examples in RFC 8659 section 4.2 and RFC 8657.
  const auto row = GENERATE(values<Row>(
      {{"digicert.com", "digicert.com", 0},
       {"Digicert.COM", "digicert.com", 0},
       {" ca1.example.net ", "ca1.example.net", 0},
       {"ca1.example.net;", "ca1.example.net", 0},
       {"ca1.example.net; account=230123", "ca1.example.net; account=230123", 1},
       {"letsencrypt.org;validationmethods=dns-01 ;\taccounturi = https://ca.example/a/1",
        "letsencrypt.org; validationmethods=dns-01; accounturi=https://ca.example/a/1", 2},
       {"ca.example; a=", "ca.example; a=", 1},
       {"ca.example; a=b=c", "ca.example; a=b=c", 1},
       {"; a=1", "; a=1", 1},
       {";", ";", 0},
       {" ; ", ";", 0}}));
  INFO("text: " << row.text);
  const auto parsed = IssuerDomain::parse(row.text);
  REQUIRE(parsed.has_value());
  CHECK(parsed->to_text() == row.canonical);
  CHECK(parsed->parameters().size() == row.parameters);
  CHECK(parsed->domain().has_value() == (row.canonical.front() != ';'));
  const auto again = IssuerDomain::parse(row.canonical);
  REQUIRE(again.has_value());
  CHECK(*again == *parsed);
}

TEST_CASE("a text that is no CAA issue value is refused at its wrong bytes") {
  test::check_refused(
      {{"⟦⟧", Defect::empty, "the issuer's domain is empty"},
       {"⟦ ⟧", Defect::empty, "the issuer's domain is empty"},
       {"⟦bücher.example⟧; a=1", Defect::bad_character,
        "`bücher.example` is not written in A-labels"},
       {"digi⟦ ⟧cert.com", Defect::bad_character,
        "U+0020 is not allowed in a domain name; a label has letters, digits and hyphens"},
       {"https⟦:⟧//ca.example", Defect::bad_character,
        "`:` is not allowed in a domain name; a label has letters, digits and hyphens"},
       {" ca.example⟦.⟧; a=1", Defect::trailing_dot,
        "`ca.example.` ends with a dot; names in a spec are written without the root's dot"},
       {"ca.example; ⟦policy⟧", Defect::bad_form, "the parameter `policy` has no value"},
       {"ca.example;⟦⟧; a=1", Defect::empty, "a parameter is missing between semicolons"},
       {"ca.example; a=1;⟦⟧", Defect::empty, "a parameter is missing between semicolons"},
       {"ca.example; ⟦-a⟧=1", Defect::bad_character,
        "`-a` is not the tag of a parameter; it has letters, digits and inner hyphens"},
       {"ca.example; ⟦⟧=1", Defect::bad_character,
        "`` is not the tag of a parameter; it has letters, digits and inner hyphens"},
       {"ca.example; a=⟦1 2⟧", Defect::bad_character,
        "the parameter's value `1 2` has other characters than visible ASCII"},
       {"ca.example; a=⟦ü⟧", Defect::bad_character,
        "the parameter's value `ü` has other characters than visible ASCII"}},
      IssuerDomain::parse);
}
