// Tables: their form, what ships in them, and how rules see them.
#include "rules/tables.h"

#include <algorithm>

#include "schema/source/source_file.h"
#include "schema/yaml/reader.h"
#include "tests/support/analysis.h"
#include "tests/support/catch.h"

using namespace fedgate;

namespace {

auto read_table(const std::string& text) -> Expected<rules::Table, std::string> {
  source::Sources sources;
  diag::Sink sink;
  const source::FileId file = sources.add("table.yaml", text);
  const yaml::Tree tree = yaml::read(sources, file, sink);
  REQUIRE(!sink.has_errors());
  return rules::read_table(tree);
}

auto day(std::string_view text) -> value::Date { return *value::Date::parse(text); }

const std::string kTableHead =
    "table: t\n"
    "description: d\n"
    "source: s\n"
    "checked: 2026-11-22\n"
    "columns:\n"
    "  from: {type: date, default: 1970-01-01, description: d}\n"
    "  before: {type: date, default: 9999-12-31, description: d}\n"
    "  limit: {type: duration, description: d}\n"
    "  names: {type: texts, optional: true, description: d}\n"
    "rows:\n";

}  // namespace

TEST_CASE("A table has a cell for every column, from the row, the default or the head", "[rules]") {
  const auto table = read_table(kTableHead +
                                "  - {before: 2026-01-01, limit: 2d, names: [a, b]}\n"
                                "  - {from: 2026-01-01, limit: 1d, source: other}\n");
  REQUIRE(table.has_value());
  REQUIRE(table->rows().size() == 2);
  const auto& first = table->rows()[0];
  CHECK(table->get<value::Duration>(first, "limit").to_text() == "2d");
  CHECK(table->get<std::vector<std::string>>(first, "names") == std::vector<std::string>{"a", "b"});
  CHECK(table->get<std::string>(first, "source") == "s");
  const auto& second = table->rows()[1];
  CHECK(table->find<std::vector<std::string>>(second, "names") == nullptr);
  CHECK(table->get<std::string>(second, "source") == "other");
  CHECK(table->get<value::Date>(second, "checked") == day("2026-11-22"));
  CHECK(table->in_force(day("2025-12-31")) == &first);
  CHECK(table->in_force(day("2026-01-01")) == &second);
  CHECK(table->in_force(day("9999-12-31")) == nullptr);
}

TEST_CASE("A mistake in a table is told", "[rules]") {
  struct Case {
    const char* name;
    std::string text;
    const char* problem;
  };
  const auto given = GENERATE(values<Case>({
      {"empty cell", kTableHead + "  - {from: 2026-01-01}\n", "row 1 has no `limit`"},
      {"unknown column", kTableHead + "  - {limit: 1d, limt: 2d}\n",
       "row 1 has a cell that belongs to no column"},
      {"wrong type", kTableHead + "  - {limit: soon}\n", "row 1, column `limit`: "},
      {"list for a text", kTableHead + "  - {limit: [1d]}\n",
       "row 1, column `limit`: a single value is needed"},
      {"text for a list", kTableHead + "  - {limit: 1d, names: a}\n",
       "row 1, column `names`: a list of texts is needed"},
      {"no rows", kTableHead.substr(0, kTableHead.find("rows:")), "`rows` is missing"},
      {"no columns", "table: t\nrows: []\n", "`columns` is missing"},
      {"no source",
       "table: t\nchecked: 2026-11-22\ncolumns: {a: {type: text, description: d}}\n"
       "rows: [{a: b}]\n",
       "row 1 has no `source`"},
      {"never checked",
       "table: t\nsource: s\ncolumns: {a: {type: text, description: d}}\nrows: [{a: b}]\n",
       "row 1 has no `checked`"},
      {"unknown type", "table: t\ncolumns: {a: {type: number, description: d}}\nrows: []\n",
       "column `a` needs a known type and a description"},
  }));
  INFO(given.name);
  const auto table = read_table(given.text);
  REQUIRE(!table.has_value());
  CHECK_THAT(table.error(), Catch::Matchers::ContainsSubstring(given.problem));
}

TEST_CASE("The limits of validity follow each other without a gap", "[rules]") {
  const rules::Table& table = rules::builtin_table("validity_limits");
  value::Date next = day("1970-01-01");
  for (const auto& row : table.rows()) {
    CHECK(table.get<value::Date>(row, "from") == next);
    next = table.get<value::Date>(row, "before");
    const auto maximum = table.get<value::Duration>(row, "maximum").seconds();
    CHECK(table.get<value::Duration>(row, "recommended").seconds() == maximum - 86'400);
  }
  CHECK(next == day("9999-12-31"));
  struct Case {
    const char* first_day;
    const char* maximum;
  };
  const auto given = GENERATE(values<Case>({{"2026-03-14", "398d"},
                                            {"2026-03-15", "200d"},
                                            {"2027-03-14", "200d"},
                                            {"2027-03-15", "100d"},
                                            {"2029-03-14", "100d"},
                                            {"2029-03-15", "47d"}}));
  const auto* row = table.in_force(day(given.first_day));
  REQUIRE(row != nullptr);
  CHECK(table.get<value::Duration>(*row, "maximum").to_text() == given.maximum);
}

TEST_CASE("Statements that contradict each other are not certain", "[rules]") {
  const rules::Table& table = rules::builtin_table("client_authentication");
  for (const auto& one : table.rows()) {
    for (const auto& other : table.rows()) {
      if (table.get<std::string>(one, "authority") == table.get<std::string>(other, "authority") &&
          table.get<value::Date>(one, "ends") != table.get<value::Date>(other, "ends")) {
        CHECK(!table.get<bool>(one, "certain"));
      }
    }
  }
}

TEST_CASE("Rules read the tables", "[rules]") {
  struct Case {
    const char* name;
    const char* when;
    std::vector<std::string> codes;
  };
  const auto given = GENERATE(values<Case>({
      {"a limit in force",
       "tables.validity_limits.exists(r, r.from <= as_of && as_of < r.before && "
       "r.maximum == duration(\"4800h\"))",
       {"ORG001"}},
      {"an authority's last day",
       "tables.client_authentication.exists(r, \"letsencrypt.org\" in r.caa_identities && "
       "r.certain && as_of >= r.ends)",
       {"ORG001"}},
      {"an empty cell",
       "tables.client_authentication.all(r, !has(r.optional_from) || r.optional_from < r.ends)",
       {"ORG001"}},
      {"an unknown table", "tables.validity.size() > 0", {"PCK004"}},
      {"an unknown column", "tables.validity_limits.exists(r, r.max == r.maximum)", {"PCK004"}},
      {"another type", "tables.validity_limits.exists(r, r.from > 3)", {"PCK004"}},
  }));
  INFO(given.name);
  const std::string pack =
      "pack: mine\nrules:\n  - {code: ORG001, name: mine, severity: error, for: partner, when: '" +
      std::string(given.when) + "', message: m, help: h, source: s}\n";
  const auto analysis = test::analyze(
      {{"spec.yaml", test::spec_with_posture("required", "required", false)}, {"pack.yaml", pack}});
  CHECK(test::codes(*analysis) == given.codes);
}
