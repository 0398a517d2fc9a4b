#include "schema/value/public_suffix.h"

#include "tests/support/catch.h"
#include "tests/support/names.h"

using namespace fedgate;
using test::name;
using value::InternalName;

TEST_CASE("the registrable domain is one label more than the public suffix") {
  struct Row {
    std::string text;
    std::string registrable;  // empty for none
  };
  const auto row = GENERATE(values<Row>({{"contoso.com", "contoso.com"},
                                         {"a.b.contoso.com", "contoso.com"},
                                         {"a.contoso.co.uk", "contoso.co.uk"},
                                         {"x.y.президент.рф", "xn--d1abbgf6aiiy.xn--p1ai"},
                                         {"a.b.azurewebsites.net", "b.azurewebsites.net"},
                                         {"www.ck", "www.ck"},
                                         {"a.contoso.example", "contoso.example"},
                                         {"com", ""},
                                         {"co.uk", ""},
                                         {"localhost", ""}}));
  INFO("text: " << row.text);
  const auto domain = value::registrable_domain(name(row.text));
  CHECK((domain ? domain->ascii() : "") == row.registrable);
}

TEST_CASE("suffixes of registries are told from names below them and from those of companies") {
  CHECK(value::is_registry_suffix(name("com")));
  CHECK(value::is_registry_suffix(name("co.uk")));
  CHECK(value::is_registry_suffix(name("рф")));
  CHECK_FALSE(value::is_registry_suffix(name("azurewebsites.net")));
  CHECK_FALSE(value::is_registry_suffix(name("contoso.com")));
  CHECK_FALSE(value::is_registry_suffix(name("corp")));
}

TEST_CASE("names that no public authority certifies have a reason") {
  struct Row {
    std::string text;
    std::string reason;  // empty for none
  };
  const std::string registry = "a wildcard on a public suffix";
  const std::string internal = "no name of the public DNS";
  const auto row = GENERATE_COPY(values<Row>({{"contoso.com", ""},
                                              {"*.contoso.com", ""},
                                              {"*.azurewebsites.net", ""},
                                              {"*.com", registry},
                                              {"*.co.uk", registry},
                                              {"com", internal},
                                              {"gateway", internal},
                                              {"*.corp", internal},
                                              {"edge.contoso.local", internal},
                                              {"*.contoso.local", internal},
                                              {"*.example", ""},
                                              {"contoso.example", ""},
                                              {"a.test", ""}}));
  INFO("text: " << row.text);
  const char* reason = value::unissuable_name(*value::DnsPattern::parse(row.text));
  CHECK((reason == nullptr ? "" : reason) == row.reason);
}

TEST_CASE("names that the public DNS cannot hold have a reason") {
  struct Row {
    std::string text;
    std::optional<InternalName> reason;
  };
  const auto row = GENERATE(values<Row>({{"contoso.com", std::nullopt},
                                         {"sip.contoso.co.uk", std::nullopt},
                                         {"президент.рф", std::nullopt},
                                         {"b.azurewebsites.net", std::nullopt},
                                         {"1.0.in-addr.arpa", std::nullopt},
                                         {"gateway", InternalName::single_label},
                                         {"com", InternalName::single_label},
                                         {"local", InternalName::single_label},
                                         {"edge.contoso.local", InternalName::special_use},
                                         {"edge.corp.internal", InternalName::special_use},
                                         {"northwind.example", InternalName::special_use},
                                         {"a.test", InternalName::special_use},
                                         {"a.invalid", InternalName::special_use},
                                         {"a.localhost", InternalName::special_use},
                                         {"a.onion", InternalName::special_use},
                                         {"a.alt", InternalName::special_use},
                                         {"nas.home.arpa", InternalName::special_use},
                                         {"home.arpa", InternalName::special_use},
                                         {"myhome.arpa", std::nullopt},
                                         {"edge.contoso.lan", InternalName::unknown_tld},
                                         {"edge.contoso.corp", InternalName::unknown_tld},
                                         {"contoso.com.intranet", InternalName::unknown_tld}}));
  INFO("text: " << row.text);
  CHECK(value::internal_name(name(row.text)) == row.reason);
}

TEST_CASE("a special-use domain names its document") {
  REQUIRE(value::special_use_domain(name("nas.home.arpa")) != nullptr);
  CHECK(value::special_use_domain(name("nas.home.arpa"))->source == "RFC 8375");
  CHECK(value::special_use_domain(name("nas.home.arpa"))->domain == "home.arpa");
  CHECK(value::special_use_domain(name("a.contest")) == nullptr);
  CHECK(value::special_use_domain(name("local.contoso.com")) == nullptr);
}
