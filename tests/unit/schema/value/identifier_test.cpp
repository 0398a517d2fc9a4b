#include "schema/value/identifier.h"

#include "tests/support/catch.h"
#include "tests/unit/schema/value/marked.h"

using namespace fedgate;
using std::string_literals::operator""s;
using value::Defect;
using value::EnvironmentName;
using value::Name;
using value::RelativePath;
using value::Text;

TEST_CASE("a name has lower-case letters, digits and inner hyphens") {
  for (const std::string text : {"a", "0", "contoso-edge", "a--b", "0-9"}) {
    INFO("text: " << text);
    REQUIRE(Name::parse(text).has_value());
    CHECK(Name::parse(text)->text() == text);
  }
  CHECK(Name::parse(std::string(63, 'a')).has_value());
  const std::string allowed =
      " is not allowed in a name; it has lower-case letters, digits and hyphens";
  test::check_refused({{"⟦⟧", Defect::empty, "the name is empty"},
                       {std::string(63, 'a') + "⟦a⟧", Defect::too_long,
                        "the name has 64 characters; 63 are the limit"},
                       {"⟦-⟧a", Defect::bad_form, "`-a` begins with a hyphen"},
                       {"a⟦-⟧", Defect::bad_form, "`a-` ends with a hyphen"},
                       {"⟦C⟧ontoso Edge", Defect::bad_character, "`C`" + allowed, "contoso-edge"},
                       {"external⟦_⟧edge", Defect::bad_character, "`_`" + allowed, "external-edge"},
                       {"a⟦/⟧b", Defect::bad_character, "`/`" + allowed},
                       {"⟦.⟧.", Defect::bad_character, "`.`" + allowed},
                       {"b⟦ü⟧cher", Defect::bad_character, "`ü`" + allowed},
                       {"a⟦\n⟧", Defect::bad_character, "U+000A" + allowed},
                       {"a⟦ ⟧b/", Defect::bad_character, "U+0020" + allowed}},
                      Name::parse);
}

TEST_CASE("a text is one line of characters that a reader can see") {
  for (const std::string text : {"Northwind Traders, contact noc@northwind.example", "c:\\cert.cer",
                                 "‘quoted’ “text” `$(x)`; ${ENV::x}", "Ünïcödé 日本語 😀", " a",
                                 "\u200d\u00a0\u00ad", "\U0010FFFD"}) {
    INFO("text: " << text);
    REQUIRE(Text::parse(text).has_value());
    CHECK(Text::parse(text)->text() == text);
  }
  const std::string control = "the text has a control character (U+";
  const std::string bidi = "the text has a bidirectional control character (U+";
  const std::string none = "the text has a noncharacter (U+";
  test::check_refused(
      {{"⟦⟧", Defect::empty, "the text is empty"},
       {"⟦  ⟧", Defect::empty, "the text has only blanks"},
       {"a⟦\0⟧b"s, Defect::bad_character, control + "0000)"},
       {"a⟦\t⟧b", Defect::bad_character, control + "0009)"},
       {"a⟦\n⟧b", Defect::bad_character, control + "000A)"},
       {"a⟦\r⟧", Defect::bad_character, control + "000D)"},
       {"a⟦\x1b⟧[31m", Defect::bad_character, control + "001B)"},
       {"a⟦\x1f⟧", Defect::bad_character, control + "001F)"},
       {"a⟦\x7f⟧", Defect::bad_character, control + "007F)"},
       {"a⟦\u0080⟧", Defect::bad_character, control + "0080)"},
       {"a⟦\u0085⟧", Defect::bad_character, control + "0085)"},
       {"a⟦\u009f⟧", Defect::bad_character, control + "009F)"},
       {"a⟦\u2028⟧", Defect::bad_character, "the text has a line separator (U+2028)"},
       {"a⟦\u2029⟧", Defect::bad_character, "the text has a line separator (U+2029)"},
       {"a⟦\u202a⟧", Defect::bad_character, bidi + "202A)"},
       {"a⟦\u202e⟧", Defect::bad_character, bidi + "202E)"},
       {"a⟦\u2066⟧", Defect::bad_character, bidi + "2066)"},
       {"a⟦\u2069⟧", Defect::bad_character, bidi + "2069)"},
       {"a⟦\ufdd0⟧", Defect::bad_character, none + "FDD0)"},
       {"a⟦\ufdef⟧", Defect::bad_character, none + "FDEF)"},
       {"a⟦\uffff⟧", Defect::bad_character, none + "FFFF)"},
       {"a⟦\U0001fffe⟧", Defect::bad_character, none + "1FFFE)"},
       {"a⟦\xC0⟧\x80", Defect::bad_character, "the text has a byte that is not UTF-8 (byte 0xC0)"},
       {"a⟦\xED⟧\xA0\x80", Defect::bad_character,
        "the text has a byte that is not UTF-8 (byte 0xED)"},
       {"a⟦\xE2⟧\x80", Defect::bad_character, "the text has a byte that is not UTF-8 (byte 0xE2)"}},
      Text::parse);
}

TEST_CASE("the neighbours of refused characters are allowed") {
  for (const std::string text : {" ~", "~", "\u00a0", "\u2027", "\u202f", "\u2065", "\u206a",
                                 "\ufdcf", "\ufdf0", "\ufffd", "\U0001fffd"}) {
    INFO("text: " << text);
    CHECK(Text::parse(text).has_value());
  }
}

TEST_CASE("the name of an environment variable") {
  for (const std::string text : {"XMPP_DIALBACK_PASSPHRASE", "_", "a", "A1_b2"}) {
    INFO("text: " << text);
    REQUIRE(EnvironmentName::parse(text).has_value());
    CHECK(EnvironmentName::parse(text)->text() == text);
  }
  const std::string allowed =
      " is not allowed in the name of an environment variable; it has letters, digits and "
      "underscores";
  test::check_refused(
      {{"⟦⟧", Defect::empty, "the name of the environment variable is empty"},
       {"⟦1⟧A", Defect::bad_form, "`1A` begins with a digit; an environment variable does not"},
       {"⟦$⟧PASS", Defect::bad_character, "`$`" + allowed},
       {"A⟦-⟧B", Defect::bad_character, "`-`" + allowed},
       {"A⟦=⟧b", Defect::bad_character, "`=`" + allowed},
       {"A⟦ ⟧", Defect::bad_character, "U+0020" + allowed},
       {"A⟦Ä⟧", Defect::bad_character, "`Ä`" + allowed}},
      EnvironmentName::parse);
}

TEST_CASE("a relative path stays below its folder") {
  struct Row {
    std::string text;
    std::string path;
  };
  const auto row = GENERATE(values<Row>({{"certs/edge.pem", "certs/edge.pem"},
                                         {"edge.pem", "edge.pem"},
                                         {"./certs//edge.pem", "certs/edge.pem"},
                                         {"a/./b", "a/b"},
                                         {"..a/b..c/...", "..a/b..c/..."},
                                         {".hidden", ".hidden"},
                                         {"a/c:x", "a/c:x"},
                                         {"zönes/a b.db", "zönes/a b.db"}}));
  INFO("text: " << row.text);
  const auto parsed = RelativePath::parse(row.text);
  REQUIRE(parsed.has_value());
  CHECK(parsed->text() == row.path);
  CHECK(*RelativePath::parse(row.path) == *parsed);
}

TEST_CASE("a path that may lead elsewhere is refused at its wrong bytes") {
  const std::string leaves = " may leave the spec's folder";
  const std::string folder = " names a folder; a file is due here";
  test::check_refused(
      {{"⟦⟧", Defect::empty, "the path is empty"},
       {"⟦/⟧etc/passwd", Defect::bad_form,
        "`/etc/passwd` is an absolute path; a relative one is due here"},
       {"⟦\\⟧\\host\\share", Defect::bad_form,
        "`\\\\host\\share` is an absolute path; a relative one is due here"},
       {"⟦c:⟧\\x", Defect::bad_form, "`c:\\x` has a drive; a relative path is due here"},
       {"⟦c:⟧x", Defect::bad_form, "`c:x` has a drive; a relative path is due here"},
       {"./⟦c:⟧x", Defect::bad_form, "`./c:x` has a drive; a relative path is due here"},
       {"a⟦\\⟧b", Defect::bad_character, "`a\\b` has a backslash"},
       {"⟦..⟧/x", Defect::bad_form, "`../x`" + leaves},
       {"a/⟦..⟧/x", Defect::bad_form, "`a/../x`" + leaves},
       {"a/⟦..⟧", Defect::bad_form, "`a/..`" + leaves},
       {"certs⟦/⟧", Defect::bad_form, "`certs/`" + folder},
       {"⟦.⟧", Defect::bad_form, "`.`" + folder},
       {"⟦a/.⟧", Defect::bad_form, "`a/.`" + folder},
       {"a⟦\n⟧b", Defect::bad_character, "the text has a control character (U+000A)"},
       {"a⟦\0⟧b"s, Defect::bad_character, "the text has a control character (U+0000)"}},
      RelativePath::parse);
}
