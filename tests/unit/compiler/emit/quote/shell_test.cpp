#include "compiler/emit/quote/shell.h"

#include "tests/support/catch.h"

using fedgate::emit::quote::shell;

TEST_CASE("a word of a shell is quoted where a shell would read it otherwise", "[quote]") {
  struct Row {
    std::string text;
    std::string word;
  };
  const auto row = GENERATE(values<Row>({{"/var/tmp/edge.csr", "/var/tmp/edge.csr"},
                                         {"csr/edge-1.cnf", "csr/edge-1.cnf"},
                                         {"", "''"},
                                         {"a b", "'a b'"},
                                         {"~/x", "'~/x'"},
                                         {"$(id) `id` \\ \" *", "'$(id) `id` \\ \" *'"},
                                         {"O'Brien", "'O'\\''Brien'"},
                                         {"schlüssel", "'schlüssel'"}}));
  CHECK(shell(row.text) == row.word);
}
