#include "schema/value/duration.h"

#include <limits>
#include <random>

#include "tests/support/catch.h"
#include "tests/unit/schema/value/marked.h"

using namespace fedgate;
using value::Defect;
using value::Duration;

TEST_CASE("durations are read in seconds and written in the shortest form") {
  struct Row {
    std::string text;
    std::int64_t seconds;
    std::string canonical;
  };
  const auto row = GENERATE(values<Row>(
      {{"90s", 90, "90s"},
       {"10m", 600, "10m"},
       {"8h", 28800, "8h"},
       {"199d", 17193600, "199d"},
       {"1h30m", 5400, "90m"},
       {"1d1h1m1s", 90061, "90061s"},
       {"60s", 60, "1m"},
       {"61s", 61, "61s"},
       {"3600s", 3600, "1h"},
       {"3661s", 3661, "61m1s"},
       {"24h", 86400, "1d"},
       {"86401s", 86401, "1d1s"},
       {"0s", 0, "0s"},
       {"0d", 0, "0s"},
       {"1h0m5s", 3605, "1h5s"},
       {"1h90m", 9000, "150m"},
       {"9223372036854775807s", std::numeric_limits<std::int64_t>::max(), "9223372036854775807s"},
       {"106751991167300d55807s", std::numeric_limits<std::int64_t>::max(),
        "9223372036854775807s"}}));
  INFO("text: " << row.text);
  const auto parsed = Duration::parse(row.text);
  REQUIRE(parsed.has_value());
  CHECK(parsed->seconds() == row.seconds);
  CHECK(parsed->is_zero() == (row.seconds == 0));
  CHECK(parsed->to_text() == row.canonical);
  CHECK(*Duration::parse(row.canonical) == *parsed);
}

TEST_CASE("a text that is no duration is refused at its wrong bytes") {
  const std::string above = " is longer than any duration can be";
  test::check_refused(
      {{"⟦⟧", Defect::empty, "the duration is empty"},
       {"⟦300⟧", Defect::bad_form, "the number `300` has no unit"},
       {"1h⟦30⟧", Defect::bad_form, "the number `30` has no unit"},
       {"⟦-⟧5m", Defect::out_of_range, "a duration has no sign; `-5m` has one"},
       {"⟦+⟧5m", Defect::out_of_range, "a duration has no sign; `+5m` has one"},
       {"⟦⟧m", Defect::bad_form, "`m` lacks a number in front of a unit"},
       {"⟦⟧PT8H", Defect::bad_form, "`PT8H` lacks a number in front of a unit"},
       {"5⟦min⟧", Defect::bad_form, "`min` is not a unit of time; those are d, h, m, s"},
       {"500⟦ms⟧", Defect::bad_form, "`ms` is not a unit of time; those are d, h, m, s"},
       {"2⟦w⟧", Defect::bad_form, "`w` is not a unit of time; those are d, h, m, s"},
       {"8⟦H⟧", Defect::bad_form, "`H` is not a unit of time; those are d, h, m, s", "8h"},
       {"1⟦.⟧5h", Defect::bad_character, "`.` is not allowed in a duration"},
       {"5⟦ ⟧m", Defect::bad_character, "U+0020 is not allowed in a duration"},
       {"5⟦µ⟧s", Defect::bad_character, "`µ` is not allowed in a duration"},
       {"⟦050⟧s", Defect::other_type, "the number `050` has a leading zero"},
       {"⟦00⟧s", Defect::other_type, "the number `00` has a leading zero"},
       {"30m⟦1h⟧", Defect::bad_form, "`1h` stands behind a unit that is not larger"},
       {"1h⟦2h⟧", Defect::bad_form, "`2h` stands behind a unit that is not larger"},
       {"⟦9223372036854775808s⟧", Defect::out_of_range, "`9223372036854775808s`" + above},
       {"⟦106751991167301d⟧", Defect::out_of_range, "`106751991167301d`" + above},
       {"⟦106751991167300d55808s⟧", Defect::out_of_range, "`106751991167300d55808s`" + above},
       {"⟦99999999999999999999999d⟧", Defect::out_of_range, "`99999999999999999999999d`" + above}},
      Duration::parse);
  CHECK(Duration::parse("300").error().help ==
        "write `300s` for seconds, `300m` for minutes, `300h` for hours or `300d` for days");
}

TEST_CASE("random durations read back from their text, which no other spelling shortens") {
  std::mt19937_64 random(1);
  for (int i = 0; i < 20000; ++i) {
    const auto seconds = static_cast<std::int64_t>(random() >> (1 + random() % 63));
    const Duration duration = Duration::from_seconds(seconds);
    const std::string text = duration.to_text();
    INFO("seconds: " << seconds);
    const auto parsed = Duration::parse(text);
    REQUIRE(parsed.has_value());
    REQUIRE(*parsed == duration);
    REQUIRE(text.size() <= std::to_string(seconds).size() + 1);
  }
}

TEST_CASE("durations are ordered by length") {
  CHECK(Duration::from_seconds(59) < *Duration::parse("1m"));
  CHECK(Duration::from_seconds(60) == *Duration::parse("1m"));
  CHECK(Duration() == Duration::from_seconds(0));
}
