#include "compiler/emit/quote/zone.h"

#include <optional>

#include "tests/support/catch.h"
#include "tests/unit/compiler/emit/compiled.h"

namespace fedgate {
namespace {

using emit::quote::zone_string;

// A quoted <character-string> of RFC 1035, section 5.1.
auto zone_back(const std::string& literal) -> std::optional<std::string> {
  if (literal.empty() || literal.front() != '"') {
    return std::nullopt;
  }
  std::string value;
  for (std::size_t at = 1; at < literal.size(); ++at) {
    if (literal[at] == '"') {
      return at + 1 == literal.size() ? std::optional(value) : std::nullopt;
    }
    if (literal[at] != '\\') {
      value += literal[at];
    } else if (literal[at + 1] >= '0' && literal[at + 1] <= '9') {
      value += static_cast<char>(std::stoi(literal.substr(at + 1, 3)));
      at += 3;
    } else {
      value += literal[++at];
    }
  }
  return std::nullopt;
}

TEST_CASE("character strings of zone files are ASCII between quotes") {
  using Row = std::pair<std::string, std::string>;
  const auto [text, literal] = GENERATE(values<Row>({
      {"", R"("")"},
      {"letsencrypt.org; validationmethods=dns-01",
       R"("letsencrypt.org; validationmethods=dns-01")"},
      {R"(a"b\c)", R"("a\"b\\c")"},
      {"é~", R"("\195\169~")"},
      {"( @ )", "\"( @ )\""},
  }));
  CHECK(zone_string(text) == literal);
}

TEST_CASE("every text is read back from a zone file") {
  for (const std::string& text : test::hostile_texts()) {
    INFO(text);
    CHECK(zone_back(zone_string(text)) == text);
  }
}

TEST_CASE("owner names become absolute") {
  CHECK(emit::quote::zone_name("_xmpp-server._tcp.contoso.com") ==
        "_xmpp-server._tcp.contoso.com.");
  CHECK(emit::quote::zone_comment("Zürich") == "; Zürich");
}

}  // namespace
}  // namespace fedgate
