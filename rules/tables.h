// The tables that ship as data (rules/tables/*.yaml): facts from outside with their source and the
// day on which they were checked. Rules read them as `tables.NAME`, code through Table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "rules/facts/negotiation.h"
#include "schema/base/check.h"
#include "schema/base/expected.h"
#include "schema/value/date.h"
#include "schema/value/duration.h"
#include "schema/yaml/tree.h"

namespace fedgate::rules {

// What the cells of a column hold.
enum class CellType : std::uint8_t { text, texts, integer, boolean, date, duration };

// The alternatives after the first are in the order of CellType; the first is an empty cell.
using Cell = std::variant<std::monostate, std::string, std::vector<std::string>, std::int64_t, bool,
                          value::Date, value::Duration>;

struct Column {
  std::string name;
  CellType type = CellType::text;
  std::string description;
  // Of rows that do not name the column.
  Cell fallback;
  // No cell is empty.
  bool is_full = false;
};

// Rows of cells under named and typed columns. Every table has the columns `source` (text: where
// the row's facts come from) and `checked` (date: when they were last compared with the source).
class Table {
 public:
  using Row = std::vector<Cell>;

  Table(std::string name, std::string description, std::vector<Column> columns,
        std::vector<Row> rows)
      : name_(std::move(name)),
        description_(std::move(description)),
        columns_(std::move(columns)),
        rows_(std::move(rows)) {}

  [[nodiscard]] auto name() const -> const std::string& { return name_; }
  [[nodiscard]] auto description() const -> const std::string& { return description_; }
  [[nodiscard]] auto columns() const -> const std::vector<Column>& { return columns_; }
  // Each with a cell for every column.
  [[nodiscard]] auto rows() const -> const std::vector<Row>& { return rows_; }

  // The cell of a row, null where it is empty. The column must exist and hold T; checked.
  template <typename T>
  [[nodiscard]] auto find(const Row& row, std::string_view column) const -> const T* {
    const Cell& cell = row[index_of(column)];
    FEDGATE_CHECK(cell.index() == 0 || std::holds_alternative<T>(cell),
                  "a column of a table is read as another type than its own");
    return std::get_if<T>(&cell);
  }
  // The same of a cell that is not empty; checked.
  template <typename T>
  [[nodiscard]] auto get(const Row& row, std::string_view column) const -> const T& {
    const T* cell = find<T>(row, column);
    FEDGATE_CHECK(cell != nullptr, "a cell of a built-in table is empty");
    return *cell;
  }
  // Of a table with the date columns `from` and `before`: the first row that holds on that day.
  // Null: none does.
  [[nodiscard]] auto in_force(value::Date day) const -> const Row*;

 private:
  [[nodiscard]] auto index_of(std::string_view column) const -> std::size_t;

  std::string name_;
  std::string description_;
  std::vector<Column> columns_;
  std::vector<Row> rows_;
};

// Reads a table. The error says what is wrong with the first mistake in it.
[[nodiscard]] auto read_table(const yaml::Tree& tree) -> Expected<Table, std::string>;

// All built-in tables, in the order in which the build lists them. A mistake in one of them is a
// defect of fedgate.
[[nodiscard]] auto builtin_tables() -> std::span<const Table>;
// The one of that name, which must exist.
[[nodiscard]] auto builtin_table(std::string_view name) -> const Table&;

// The table `negotiation`.
[[nodiscard]] auto load_negotiation_matrix() -> NegotiationMatrix;

// The enumerator whose word is `text`, of the first `count`; a built-in table that holds another
// word is a defect of fedgate.
template <typename Enum>
[[nodiscard]] auto enumerator(std::string_view text, std::size_t count) -> Enum {
  for (std::size_t i = 0; i < count; ++i) {
    if (word(static_cast<Enum>(i)) == text) {
      return static_cast<Enum>(i);
    }
  }
  FEDGATE_CHECK(false, "a built-in table holds an unknown word");
}

}  // namespace fedgate::rules
