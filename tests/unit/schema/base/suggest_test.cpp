#include "schema/base/suggest.h"

#include <array>
#include <string>
#include <vector>

#include "tests/support/catch.h"

using fedgate::nearest;

TEST_CASE("the nearest known word is suggested") {
  constexpr std::array<std::string_view, 9> kKnown = {"partners",           "proxy_fqdn", "domain",
                                                      "additional_domains", "tls",        "sasl",
                                                      "connection_limit",   "dialback",   "NEG002"};
  struct Row {
    std::string word;
    std::string suggestion;  // empty for none
  };
  const auto row = GENERATE(values<Row>({{"partner", "partners"},
                                         {"parnters", "partners"},
                                         {"proxy_fdqn", "proxy_fqdn"},
                                         {"proxyfqdn", "proxy_fqdn"},
                                         {"Domain", "domain"},
                                         {"DOMAIN", "domain"},
                                         {"domains", "domain"},
                                         {"additonal_domain", "additional_domains"},
                                         {"tsl", "tls"},
                                         {"ssl", "sasl"},
                                         {"sasll", "sasl"},
                                         {"dial_back", "dialback"},
                                         {"neg002", "NEG002"},
                                         {"NEG020", "NEG002"},
                                         {"connection-limit", "connection_limit"},
                                         {"", ""},
                                         {"x", ""},
                                         {"banana", ""},
                                         {"description", ""}}));
  INFO("word: " << row.word);
  CHECK(nearest(row.word, kKnown).value_or("") == row.suggestion);
}

TEST_CASE("a third of the letters may differ, no more") {
  constexpr std::array<std::string_view, 1> kKnown = {"abcdef"};
  CHECK(nearest("abcdef", kKnown) == "abcdef");
  CHECK(nearest("abcdxx", kKnown) == "abcdef");
  CHECK_FALSE(nearest("abcxxx", kKnown).has_value());
  CHECK(nearest("abcdefghi", kKnown) == "abcdef");
  CHECK_FALSE(nearest("abcdefghij", kKnown).has_value());
}

TEST_CASE("of equally near words the first wins") {
  constexpr std::array<std::string_view, 2> kKnown = {"cats", "bats"};
  constexpr std::array<std::string_view, 2> kTurned = {"bats", "cats"};
  CHECK(nearest("hats", kKnown) == "cats");
  CHECK(nearest("hats", kTurned) == "bats");
  // A difference in case alone is nearer than a letter.
  CHECK(nearest("Bats", kKnown) == "bats");
}

TEST_CASE("a very long word is not compared") {
  constexpr std::array<std::string_view, 1> kKnown = {"tls"};
  CHECK_FALSE(nearest(std::string(64U << 20U, 'x'), kKnown).has_value());
  CHECK_FALSE(nearest("tls", {}).has_value());
}

TEST_CASE("a word is certain where no other is near") {
  constexpr std::array<std::string_view, 3> kKnown = {"platform", "tls", "sasl"};
  CHECK(fedgate::has_one_near("platfrom", kKnown));
  CHECK_FALSE(fedgate::has_one_near("ttls_of_zone", kKnown));
  constexpr std::array<std::string_view, 2> kTwins = {"cats", "bats"};
  CHECK_FALSE(fedgate::has_one_near("hats", kTwins));
  // Two edits are too many for four letters, so `bats` is not near.
  CHECK(fedgate::has_one_near("catz", kTwins));
  // Both are near, and that one is nearer makes it no more certain.
  constexpr std::array<std::string_view, 2> kLong = {"external", "externals"};
  CHECK_FALSE(fedgate::has_one_near("externl", kLong));
}
