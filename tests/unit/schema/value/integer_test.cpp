#include "schema/value/integer.h"

#include <limits>
#include <random>

#include "tests/support/catch.h"
#include "tests/unit/schema/value/marked.h"

using namespace fedgate;
using value::Defect;
using value::parse_integer;

TEST_CASE("plain decimal numbers are read") {
  struct Row {
    std::string text;
    std::int64_t number;
  };
  const auto row =
      GENERATE(values<Row>({{"0", 0},
                            {"7", 7},
                            {"5269", 5269},
                            {"-20", -20},
                            {"9223372036854775807", std::numeric_limits<std::int64_t>::max()},
                            {"-9223372036854775808", std::numeric_limits<std::int64_t>::min()}}));
  INFO("text: " << row.text);
  const auto parsed = parse_integer(row.text);
  REQUIRE(parsed.has_value());
  CHECK(*parsed == row.number);
}

TEST_CASE("every other notation of a number is refused with its own explanation") {
  const std::string only = "; only decimal numbers are read";
  test::check_refused(
      {{"⟦⟧", Defect::empty, "the number is empty"},
       {"⟦010⟧", Defect::other_type, "`010` has a leading zero; YAML 1.1 reads it as octal"},
       {"⟦-010⟧", Defect::other_type, "`-010` has a leading zero; YAML 1.1 reads it as octal"},
       {"⟦08⟧", Defect::other_type, "`08` has a leading zero; YAML 1.1 reads it as octal"},
       {"⟦00⟧", Defect::other_type, "`00` is zero in another spelling", "0"},
       {"⟦-0⟧", Defect::other_type, "`-0` is zero in another spelling", "0"},
       {"⟦+⟧5", Defect::other_type, "`+5` has a plus sign", "5"},
       {"⟦+⟧0", Defect::other_type, "`+0` has a plus sign", "0"},
       {"⟦+⟧010", Defect::other_type, "`+010` has a plus sign"},
       {"⟦+⟧9223372036854775808", Defect::other_type, "`+9223372036854775808` has a plus sign"},
       {"⟦0x10⟧", Defect::other_type, "`0x10` is a hexadecimal number" + only},
       {"⟦0X1F⟧", Defect::other_type, "`0X1F` is a hexadecimal number" + only},
       {"⟦-0x10⟧", Defect::other_type, "`-0x10` is a hexadecimal number" + only},
       {"⟦0o7⟧", Defect::other_type, "`0o7` is an octal number" + only},
       {"⟦0b1⟧", Defect::other_type, "`0b1` is a binary number" + only},
       {"⟦1e3⟧", Defect::other_type, "`1e3` is a number with an exponent" + only},
       {"⟦1.5E+3⟧", Defect::other_type, "`1.5E+3` is a number with an exponent" + only},
       {"⟦20.0⟧", Defect::other_type, "`20.0` is a number with a fraction" + only},
       {"⟦.5⟧", Defect::other_type, "`.5` is a number with a fraction" + only},
       {"⟦.inf⟧", Defect::other_type, "`.inf` is a floating-point value" + only},
       {"⟦-.INF⟧", Defect::other_type, "`-.INF` is a floating-point value" + only},
       {"1⟦_⟧000", Defect::other_type, "`1_000` has separators between its digits"},
       {"1⟦,⟧000", Defect::other_type, "`1,000` has separators between its digits"},
       {"1⟦ ⟧000", Defect::other_type, "`1 000` has separators between its digits"},
       {"⟦ten⟧", Defect::bad_character, "`ten` is not a number"},
       {"20⟦s⟧", Defect::bad_character, "`20s` is not a number"},
       {"20⟦ ⟧", Defect::bad_character, "`20 ` is not a number"},
       {"2⟦٠⟧", Defect::bad_character, "`2٠` is not a number"},
       {"-⟦-⟧5", Defect::bad_character, "`--5` is not a number"},
       {"⟦-⟧", Defect::bad_form, "`-` is not a number"},
       {"0⟦x⟧", Defect::bad_character, "`0x` is not a number"},
       {"⟦9223372036854775808⟧", Defect::out_of_range,
        "`9223372036854775808` does not fit 64 bits"},
       {"⟦-9223372036854775809⟧", Defect::out_of_range,
        "`-9223372036854775809` does not fit 64 bits"}},
      parse_integer);
  CHECK(parse_integer("010").error().help == "write `10` if a decimal number is meant");
  CHECK(parse_integer("-0010").error().help == "write `-10` if a decimal number is meant");
  CHECK(parse_integer("1,000").error().help == "write `1000`");
  CHECK(parse_integer("+010").error().help == "write `10` if a decimal number is meant");
  CHECK(parse_integer("+9223372036854775808").error().help == "write a smaller number");
}

TEST_CASE("random numbers read back from their text") {
  std::mt19937_64 random(3);
  for (int i = 0; i < 20000; ++i) {
    const auto number = static_cast<std::int64_t>(random()) >> (random() % 64);
    const auto parsed = parse_integer(std::to_string(number));
    INFO("number: " << number);
    REQUIRE(parsed.has_value());
    REQUIRE(*parsed == number);
  }
}
