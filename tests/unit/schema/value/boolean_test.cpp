#include "schema/value/boolean.h"

#include "tests/support/catch.h"
#include "tests/unit/schema/value/marked.h"

using namespace fedgate;
using value::Defect;
using value::parse_boolean;

TEST_CASE("true and false are the booleans") {
  CHECK(*parse_boolean("true"));
  CHECK_FALSE(*parse_boolean("false"));
}

TEST_CASE("words of YAML 1.1 and kin are refused, with the boolean that they mean") {
  struct Row {
    std::string text;
    std::string replacement;
  };
  const auto row = GENERATE(values<Row>(
      {{"yes", "true"},    {"Yes", "true"},    {"YES", "true"},   {"no", "false"},
       {"No", "false"},    {"on", "true"},     {"On", "true"},    {"off", "false"},
       {"OFF", "false"},   {"y", "true"},      {"Y", "true"},     {"n", "false"},
       {"N", "false"},     {"True", "true"},   {"TRUE", "true"},  {"tRUE", "true"},
       {"False", "false"}, {"FALSE", "false"}, {"1", "true"},     {"0", "false"},
       {"t", "true"},      {"F", "false"},     {"$true", "true"}, {"$False", "false"}}));
  test::check_refused({{"⟦" + row.text + "⟧", Defect::other_type,
                        "`" + row.text + "` is neither `true` nor `false`", row.replacement}},
                      parse_boolean);
  CHECK(parse_boolean(row.text).error().help == "write `" + row.replacement + "`");
}

TEST_CASE("other texts are refused without a guess") {
  test::check_refused({{"⟦⟧", Defect::empty, "the value is empty; `true` or `false` is due here"},
                       {"⟦maybe⟧", Defect::bad_form, "`maybe` is neither `true` nor `false`"},
                       {"⟦true ⟧", Defect::bad_form, "`true ` is neither `true` nor `false`"},
                       {"⟦2⟧", Defect::bad_form, "`2` is neither `true` nor `false`"},
                       {"⟦enabled⟧", Defect::bad_form, "`enabled` is neither `true` nor `false`"}},
                      parse_boolean);
}
