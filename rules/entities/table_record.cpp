#include "rules/entities/table_record.h"

#include <array>
#include <utility>
#include <vector>

#include "rules/entities/entity_record.h"
#include "rules/tables.h"

namespace fedgate::rules {

namespace {

using cel::Arena;
using cel::Type;
using cel::Value;

struct RowObject {
  const cel::RecordType* type = nullptr;
  const Table::Row* row = nullptr;
};

struct TableObject {
  cel::RecordType type;
  std::vector<RowObject> rows;
};

// What the variable points to. Rows point to the types beside them, so nothing moves once it is
// made.
struct TablesObject {
  std::vector<TableObject> tables;
  cel::RecordType type;
};

auto column_type(CellType type) -> Type {
  switch (type) {
    case CellType::text:
      return Type::string();
    case CellType::texts:
      return Type::list(Type::string());
    case CellType::integer:
      return Type::integer();
    case CellType::boolean:
      return Type::boolean();
    case CellType::date:
      return Type::timestamp();
    case CellType::duration:
      return Type::duration();
  }
  return Type::dyn();
}

auto cell_at(const void* row, std::size_t column) -> const Cell& {
  return (*as<RowObject>(row).row)[column];
}

// A field is read by a plain function, so there is one for each place in a row or list of tables.
template <std::size_t I>
auto get_cell(const void* row, Arena& arena) -> Value {
  return std::visit(
      [&](const auto& cell) -> Value {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(cell)>, std::monostate>) {
          return Value::null();
        } else {
          return to_value(cell, arena);
        }
      },
      cell_at(row, I));
}

template <std::size_t I>
auto cell_presence(const void* row) -> cel::Presence {
  return cell_at(row, I).index() != 0 ? cel::Presence::present : cel::Presence::absent;
}

auto row_value(const RowObject& row, Arena&) -> Value { return Value::record(row.type, &row); }

template <std::size_t I>
auto get_table(const void* tables, Arena& arena) -> Value {
  return cel::list_of<&row_value>(as<TablesObject>(tables).tables[I].rows, arena);
}

using Getter = Value (*)(const void*, Arena&);
using Asker = cel::Presence (*)(const void*);

// More than any table has columns, and more than there are tables.
constexpr std::size_t kPlaces = 24;

template <std::size_t... I>
constexpr auto make_cell_getters(std::index_sequence<I...>) -> std::array<Getter, sizeof...(I)> {
  return {&get_cell<I>...};
}
template <std::size_t... I>
constexpr auto make_cell_askers(std::index_sequence<I...>) -> std::array<Asker, sizeof...(I)> {
  return {&cell_presence<I>...};
}
template <std::size_t... I>
constexpr auto make_table_getters(std::index_sequence<I...>) -> std::array<Getter, sizeof...(I)> {
  return {&get_table<I>...};
}

constexpr auto kCellGetters = make_cell_getters(std::make_index_sequence<kPlaces>());
constexpr auto kCellAskers = make_cell_askers(std::make_index_sequence<kPlaces>());
constexpr auto kTableGetters = make_table_getters(std::make_index_sequence<kPlaces>());

auto row_record(const Table& table) -> cel::RecordType {
  FEDGATE_CHECK(table.columns().size() <= kPlaces, "a table has too many columns");
  cel::RecordType type{"row of " + table.name(), {}};
  for (std::size_t i = 0; i < table.columns().size(); ++i) {
    const Column& column = table.columns()[i];
    type.fields.push_back({column.name, column_type(column.type), kCellGetters[i],
                           column.is_full ? nullptr : kCellAskers[i], column.description, nullptr});
  }
  return type;
}

auto make_tables() -> TablesObject {
  const auto tables = builtin_tables();
  FEDGATE_CHECK(tables.size() <= kPlaces, "there are too many tables");
  TablesObject object;
  object.type.name = "tables";
  object.tables.reserve(tables.size());
  for (std::size_t i = 0; i < tables.size(); ++i) {
    TableObject& table = object.tables.emplace_back();
    table.type = row_record(tables[i]);
    for (const Table::Row& row : tables[i].rows()) {
      table.rows.push_back({&table.type, &row});
    }
    object.type.fields.push_back({tables[i].name(), Type::list(Type::record(&table.type)),
                                  kTableGetters[i], nullptr, tables[i].description(), nullptr});
  }
  return object;
}

auto tables_object() -> const TablesObject& {
  static const TablesObject kObject = make_tables();
  return kObject;
}

}  // namespace

auto tables_record() -> const cel::RecordType& { return tables_object().type; }

auto tables_value() -> Value { return Value::record(&tables_record(), &tables_object()); }

}  // namespace fedgate::rules
