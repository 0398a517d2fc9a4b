#include "schema/value/date.h"

#include <limits>

#include "tests/support/catch.h"
#include "tests/unit/schema/value/marked.h"

using namespace fedgate;
using value::Date;
using value::Defect;

TEST_CASE("dates count their days from 1970-01-01") {
  struct Row {
    std::string text;
    std::int32_t days;
  };
  // The day numbers are those of `date -u -d DATE +%s` divided by 86400.
  const auto row = GENERATE(values<Row>({{"1970-01-01", 0},
                                         {"1970-12-31", 364},
                                         {"2000-02-29", 11016},
                                         {"2024-02-29", 19782},
                                         {"2026-11-22", 20779},
                                         {"2027-06-30", 20999},
                                         {"2100-02-28", 47540},
                                         {"9999-12-31", 2932896}}));
  INFO("text: " << row.text);
  const auto parsed = Date::parse(row.text);
  REQUIRE(parsed.has_value());
  CHECK(parsed->days_since_epoch() == row.days);
  CHECK(parsed->to_text() == row.text);
  CHECK(Date::from_days_since_epoch(row.days) == *parsed);
  CHECK(Date::from_civil(parsed->year(), parsed->month(), parsed->day()) == *parsed);
}

TEST_CASE("a text that is no date is refused at its wrong bytes") {
  test::check_refused(
      {{"⟦⟧", Defect::empty, "the date is empty"},
       {"⟦2027-6-30⟧", Defect::bad_form, "`2027-6-30` is not a date"},
       {"⟦30.06.2027⟧", Defect::bad_form, "`30.06.2027` is not a date"},
       {"⟦2027/06/30⟧", Defect::bad_form, "`2027/06/30` is not a date"},
       {"⟦20270630⟧", Defect::bad_form, "`20270630` is not a date"},
       {"⟦2027-06⟧", Defect::bad_form, "`2027-06` is not a date"},
       {"⟦ 2027-06-30⟧", Defect::bad_form, "` 2027-06-30` is not a date"},
       {"⟦+027-06-30⟧", Defect::bad_form, "`+027-06-30` is not a date"},
       {"2027-06-30⟦T12:00:00Z⟧", Defect::bad_form,
        "`2027-06-30T12:00:00Z` has a time; a date is due here"},
       {"2027-06-30⟦1⟧", Defect::bad_form, "`2027-06-301` has something behind the date"},
       {"⟦1969⟧-12-31", Defect::out_of_range, "the year `1969` lies before 1970"},
       {"⟦0000⟧-01-01", Defect::out_of_range, "the year `0000` lies before 1970"},
       {"2027-⟦00⟧-30", Defect::out_of_range, "there is no month `00`"},
       {"2027-⟦13⟧-30", Defect::out_of_range, "there is no month `13`"},
       {"2027-06-⟦31⟧", Defect::out_of_range, "`2027-06-31` is not in the calendar"},
       {"2027-06-⟦00⟧", Defect::out_of_range, "`2027-06-00` is not in the calendar"},
       {"2027-02-⟦29⟧", Defect::out_of_range, "`2027-02-29` is not in the calendar"},
       {"2100-02-⟦29⟧", Defect::out_of_range, "`2100-02-29` is not in the calendar"}},
      Date::parse);
  CHECK(Date::parse("2027-02-30").error().help == "the last day of that month is `2027-02-28`");
  CHECK(Date::parse("2028-02-30").error().help == "the last day of that month is `2028-02-29`");
}

TEST_CASE("days are added within the range of dates") {
  const Date date = *Date::parse("2026-11-22");
  CHECK(date.plus_days(199).to_text() == "2027-06-09");
  CHECK(date.plus_days(-22).to_text() == "2026-10-31");
  CHECK(date.plus_days(0) == date);
  CHECK(date.plus_days(std::numeric_limits<std::int64_t>::max()).to_text() == "9999-12-31");
  CHECK(date.plus_days(std::numeric_limits<std::int64_t>::min()).to_text() == "1970-01-01");
  CHECK(date.days_until(*Date::parse("2026-12-01")) == 9);
  CHECK(date.days_until(*Date::parse("2026-11-21")) == -1);
  CHECK(date < *Date::parse("2026-11-23"));
}

TEST_CASE("dates outside the calendar or the range are none") {
  CHECK_FALSE(Date::from_civil(1969, 12, 31).has_value());
  CHECK_FALSE(Date::from_civil(10000, 1, 1).has_value());
  CHECK_FALSE(Date::from_civil(2027, 0, 1).has_value());
  CHECK_FALSE(Date::from_civil(2027, 268, 1).has_value());
  CHECK_FALSE(Date::from_civil(2027, 1, 257).has_value());
  CHECK(Date::from_civil(2028, 2, 29).has_value());
}

TEST_CASE("every day reads back from its text") {
  const std::int32_t last = Date::parse("9999-12-31")->days_since_epoch();
  for (std::int32_t days = 0; days <= last; days += days < 60000 ? 1 : 97) {
    const Date date = Date::from_days_since_epoch(days);
    const auto again = Date::parse(date.to_text());
    REQUIRE(again.has_value());
    REQUIRE(*again == date);
    REQUIRE(again->days_since_epoch() == days);
  }
}
