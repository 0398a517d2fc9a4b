#include "compiler/emit/quote/inf.h"

#include <optional>
#include <vector>

#include "tests/support/catch.h"
#include "tests/unit/compiler/emit/compiled.h"

namespace fedgate {
namespace {

using emit::quote::inf;
using emit::quote::x500_value;

// A quoted INF string by Microsoft's "General Syntax Rules for INF Files": `""` is a quote; then
// string substitution, where `%%` is a percent sign and `%name%` a string of [Strings].
auto read_inf(const std::string& literal) -> std::optional<std::string> {
  if (literal.size() < 2 || literal.front() != '"') {
    return std::nullopt;
  }
  std::string quoted;
  std::size_t at = 1;
  for (; at < literal.size(); ++at) {
    if (literal[at] == '"' && (at + 1 == literal.size() || literal[++at] != '"')) {
      break;
    }
    quoted += literal[at];
  }
  std::string value;
  for (std::size_t i = 0; i < quoted.size(); ++i) {
    if (quoted[i] == '%') {
      if (i + 1 == quoted.size() || quoted[i + 1] != '%') {
        return std::nullopt;
      }
      ++i;
    }
    value += quoted[i];
  }
  return at + 1 == literal.size() ? std::optional(value) : std::nullopt;
}

// The attributes of an X.500 name as CertStrToName (wincrypt.h) splits it: at `,`, `;` and `+`
// outside of quotes, blanks around values dropped, `""` inside quotes a quote, a leading `#`
// hexadecimal.
auto read_x500(const std::string& name) -> std::vector<std::string> {
  std::vector<std::string> values;
  std::size_t at = 0;
  while (at < name.size()) {
    at = name.find('=', at) + 1;
    std::string value;
    if (at < name.size() && name[at] == '"') {
      for (++at; at < name.size(); ++at) {
        if (name[at] == '"' && (at + 1 == name.size() || name[++at] != '"')) {
          break;
        }
        value += name[at];
      }
    } else {
      while (at < name.size() && std::string_view(",;+").find(name[at]) == std::string_view::npos) {
        value += name[at++];
      }
      if (value.find('"') != std::string::npos || value.starts_with('#')) {
        return {"invalid"};
      }
      value.erase(0, value.find_first_not_of(' '));
      value.erase(value.find_last_not_of(' ') + 1);
    }
    values.push_back(value);
    if (at < name.size() && std::string_view(",;+").find(name[at]) == std::string_view::npos) {
      return {"invalid"};
    }
  }
  return values;
}

TEST_CASE("INF strings double quotes and percent signs") {
  using Row = std::pair<std::string, std::string>;
  const auto [text, literal] = GENERATE(values<Row>({
      {"", R"("")"},
      {"Lync external edge", R"("Lync external edge")"},
      {R"(say "hi")", R"("say ""hi""")"},
      {"%windir% 100%", R"("%%windir%% 100%%")"},
      {R"(; not a comment \)", R"("; not a comment \")"},
  }));
  CHECK(inf(text) == literal);
}

TEST_CASE("values of X.500 names are quoted where they have to be") {
  using Row = std::pair<std::string, std::string>;
  const auto [text, value] = GENERATE(values<Row>({
      {"sip.contoso.com", "sip.contoso.com"},
      {"New York", "New York"},
      {"Contoso, Ltd.", R"("Contoso, Ltd.")"},
      {R"(Wiz "X")", R"("Wiz ""X""")"},
      {"*.contoso.com", R"("*.contoso.com")"},
      {" a", R"(" a")"},
      {"a ", R"("a ")"},
      {"a  b", R"("a  b")"},
      {"#AB", R"("#AB")"},
      {"a+b;c", R"("a+b;c")"},
      {"Zürich", R"("Zürich")"},
  }));
  CHECK(x500_value(text) == value);
}

TEST_CASE("every text is read back from an INF string") {
  for (const std::string& text : test::hostile_texts()) {
    INFO(text);
    CHECK(read_inf(inf(text)) == text);
  }
}

TEST_CASE("every text is read back from an X.500 name inside an INF string") {
  for (const std::string& text : test::hostile_texts()) {
    INFO(text);
    const std::string name = "CN=" + x500_value("a") + ",O=" + x500_value(text) + ",C=US";
    const auto read = read_inf(inf(name));
    REQUIRE(read);
    CHECK(read_x500(*read) == std::vector<std::string>{"a", text, "US"});
  }
  CHECK(read_x500("CN=a,O=x,CN=evil,C=US").size() == 4);
}

}  // namespace
}  // namespace fedgate
