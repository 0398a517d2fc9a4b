#include "schema/value/word.h"

#include <array>

#include "tests/support/catch.h"
#include "tests/unit/schema/value/marked.h"

using namespace fedgate;
using value::Defect;

namespace {

constexpr std::array<std::string_view, 3> kNegotiation = {"required", "optional", "not_supported"};
constexpr std::array<std::string_view, 1> kLone = {"server_auth"};

auto parse(std::string_view text) { return value::parse_word(text, kNegotiation); }

}  // namespace

TEST_CASE("a word is the index of its spelling") {
  CHECK(*parse("required") == 0);
  CHECK(*parse("optional") == 1);
  CHECK(*parse("not_supported") == 2);
}

TEST_CASE("another spelling of a word is refused with the right one") {
  const std::string due = "` is not `required`, `optional` or `not_supported`";
  test::check_refused(
      {{"⟦Required⟧", Defect::bad_form, "`Required" + due, "required"},
       {"⟦NotSupported⟧", Defect::bad_form, "`NotSupported" + due, "not_supported"},
       {"⟦not-supported⟧", Defect::bad_form, "`not-supported" + due, "not_supported"},
       {"⟦Not Supported⟧", Defect::bad_form, "`Not Supported" + due, "not_supported"},
       {"⟦requierd⟧", Defect::bad_form, "`requierd" + due},
       {"⟦never⟧", Defect::bad_form, "`never" + due},
       {"⟦⟧", Defect::empty,
        "the value is empty; `required`, `optional` or `not_supported` is due here"}},
      parse);
  CHECK(parse("requierd").error().help == "did you mean `required`?");
  CHECK(parse("NotSupported").error().help == "write `not_supported`");
  CHECK(parse("NotSuported").error().help == "did you mean `not_supported`?");
  CHECK(parse("never").error().help == "write `required`, `optional` or `not_supported`");
  CHECK(value::parse_word("x", kLone).error().message == "`x` is not `server_auth`");
}
