#include "compiler/report/variable_reference.h"

#include <algorithm>
#include <iterator>
#include <type_traits>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "compiler/report/table.h"
#include "rules/cel/record.h"
#include "rules/entities.h"
#include "rules/tables.h"

namespace fedgate::report {

namespace {

// The record that a field leads to, itself or as the items of a list; null: none.
auto record_behind(const cel::Type& type) -> const cel::RecordType* {
  return type.is(cel::Kind::list) ? record_behind(type.inner()) : type.record_type();
}

// The records of all variables and those that their fields lead to, each once.
auto all_records() -> std::vector<const cel::RecordType*> {
  std::vector<const cel::RecordType*> records;
  const auto add = [&](const cel::RecordType* record) {
    if (record != nullptr && std::find(records.begin(), records.end(), record) == records.end()) {
      records.push_back(record);
    }
  };
  for (std::size_t i = 0; i < rules::kScopeWords.size(); ++i) {
    add(&rules::record_type(static_cast<rules::Scope>(i)));
  }
  // The list grows while it is walked.
  std::size_t next = 0;
  while (next < records.size()) {
    for (const cel::Field& field : records[next++]->fields) {
      add(record_behind(field.type));
    }
  }
  return records;
}

auto to_text(const rules::Cell& cell) -> std::string {
  return std::visit(
      [](const auto& held) -> std::string {
        using Held = std::remove_cvref_t<decltype(held)>;
        if constexpr (std::is_same_v<Held, std::monostate>) {
          return {};
        } else if constexpr (std::is_same_v<Held, std::vector<std::string>>) {
          return fmt::format("{}", fmt::join(held, ", "));
        } else if constexpr (std::is_same_v<Held, value::Date> ||
                             std::is_same_v<Held, value::Duration>) {
          return held.to_text();
        } else {
          return fmt::format("{}", held);
        }
      },
      cell);
}

void append_record(std::string& out, const cel::RecordType& record) {
  Table table{{"field", "type", "meaning"}, {}};
  for (const cel::Field& field : record.fields) {
    table.rows.push_back({fmt::format("`{}`{}", field.name, field.presence == nullptr ? "" : " ?"),
                          cel::to_string(field.type), field.description});
  }
  fmt::format_to(std::back_inserter(out), "\n### {}\n\n{}", record.name,
                 render(table, TableFormat::markdown));
}

void append_table(std::string& out, const rules::Table& table) {
  Table columns{{"column", "meaning"}, {}};
  Table rows;
  for (const rules::Column& column : table.columns()) {
    columns.rows.push_back(
        {fmt::format("`{}`{}", column.name, column.is_full ? "" : " ?"), column.description});
    rows.columns.push_back(column.name);
  }
  for (const rules::Table::Row& row : table.rows()) {
    rows.rows.emplace_back();
    std::transform(row.begin(), row.end(), std::back_inserter(rows.rows.back()), to_text);
  }
  fmt::format_to(std::back_inserter(out), "\n### tables.{}\n\n{}.\n\n{}\n{}", table.name(),
                 table.description(), render(columns, TableFormat::markdown),
                 render(rows, TableFormat::markdown));
}

}  // namespace

auto variable_reference() -> std::string {
  std::string out =
      "# What rules can name\n\n"
      "Written by `fedgate rules reference`. A rule reads the variable of its own entity (`for:`), "
      "and beside it `gateway`, `spec`, `as_of` (the day of evaluation, a timestamp at midnight "
      "UTC) and `tables`. A field marked `?` may be absent: ask with `has()` first.\n\n"
      "## Fields\n";
  for (const cel::RecordType* record : all_records()) {
    append_record(out, *record);
  }
  out += "\n## Tables\n\nEach is a list of rows: `tables.NAME.exists(row, …)`.\n";
  for (const rules::Table& table : rules::builtin_tables()) {
    append_table(out, table);
  }
  return out;
}

}  // namespace fedgate::report
