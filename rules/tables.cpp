#include "rules/tables.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "rules/embedded.h"
#include "schema/scalar.h"
#include "schema/yaml/navigate.h"

namespace fedgate::rules {

namespace {

using yaml::Kind;
using yaml::Node;
using yaml::NodeId;

// In the order of CellType.
constexpr std::array<std::string_view, 6> kCellTypes = {"text",    "texts", "integer",
                                                        "boolean", "date",  "duration"};

using Mistake = Unexpected<std::string>;

template <typename T>
auto to_cell(const value::Parsed<T>& parsed) -> Expected<Cell, std::string> {
  if (!parsed) {
    return Mistake{parsed.error().message};
  }
  return Cell(*parsed);
}

auto read_texts(const yaml::Tree& tree, const Node& node) -> Expected<Cell, std::string> {
  if (node.kind != Kind::sequence) {
    return Mistake{"a list of texts is needed"};
  }
  std::vector<std::string> texts;
  for (const NodeId id : yaml::children(tree, node)) {
    texts.emplace_back(tree.resolve(id).text);
  }
  return Cell(std::move(texts));
}

auto read_cell(const yaml::Tree& tree, const Node& node, CellType type)
    -> Expected<Cell, std::string> {
  if (type == CellType::texts) {
    return read_texts(tree, node);
  }
  if (node.kind != Kind::scalar) {
    return Mistake{"a single value is needed"};
  }
  switch (type) {
    case CellType::integer:
      return to_cell(value::parse_integer(node.text));
    case CellType::boolean:
      return to_cell(value::parse_boolean(node.text));
    case CellType::date:
      return to_cell(value::Date::parse(node.text));
    case CellType::duration:
      return to_cell(value::Duration::parse(node.text));
    case CellType::text:
    case CellType::texts:
      break;
  }
  return Cell(std::string(node.text));
}

class TableReader {
 public:
  explicit TableReader(const yaml::Tree& tree) : tree_(&tree) {}

  auto read() -> Expected<Table, std::string>;

 private:
  [[nodiscard]] auto text(const Node& node, std::string_view key) const -> std::string {
    return std::string(yaml::find_text(*tree_, node, key));
  }
  auto read_column(NodeId key, NodeId value) -> std::optional<std::string>;
  auto read_columns() -> std::optional<std::string>;
  auto read_row(const Node& node) -> std::optional<std::string>;

  const yaml::Tree* tree_;
  std::vector<Column> columns_;
  std::vector<Table::Row> rows_;
};

// What is wrong, if anything is.
auto TableReader::read_column(NodeId key, NodeId value) -> std::optional<std::string> {
  const Node& about = tree_->resolve(value);
  Column column;
  column.name = std::string(tree_->resolve(key).text);
  column.description = text(about, "description");
  const auto* const type = std::find(kCellTypes.begin(), kCellTypes.end(), text(about, "type"));
  if (type == kCellTypes.end() || column.description.empty()) {
    return fmt::format("column `{}` needs a known type and a description", column.name);
  }
  column.type = static_cast<CellType>(type - kCellTypes.begin());
  if (const NodeId fallback = yaml::find(*tree_, about, "default"); fallback != yaml::kNoNode) {
    auto cell = read_cell(*tree_, tree_->resolve(fallback), column.type);
    if (!cell) {
      return fmt::format("default of column `{}`: {}", column.name, cell.error());
    }
    column.fallback = *std::move(cell);
  }
  column.is_full = column.fallback.index() != 0 || text(about, "optional") != "true";
  columns_.push_back(std::move(column));
  return std::nullopt;
}

auto TableReader::read_columns() -> std::optional<std::string> {
  const Node& root = tree_->root();
  const NodeId list = yaml::find(*tree_, root, "columns");
  if (list == yaml::kNoNode || tree_->resolve(list).kind != Kind::mapping) {
    return "`columns` is missing";
  }
  const std::vector<NodeId> pairs = yaml::children(*tree_, tree_->resolve(list));
  for (std::size_t i = 0; i < pairs.size(); i += 2) {
    if (auto mistake = read_column(pairs[i], pairs[i + 1])) {
      return mistake;
    }
  }
  Column source{"source", CellType::text, "where the row comes from", {}, true};
  if (auto given = text(root, "source"); !given.empty()) {
    source.fallback = std::move(given);
  }
  columns_.push_back(std::move(source));
  Column checked{
      "checked", CellType::date, "day on which it was last compared with its source", {}, true};
  if (const auto day = value::Date::parse(text(root, "checked")); day) {
    checked.fallback = *day;
  }
  columns_.push_back(std::move(checked));
  return std::nullopt;
}

auto TableReader::read_row(const Node& node) -> std::optional<std::string> {
  Table::Row row;
  std::size_t used = 0;
  for (const Column& column : columns_) {
    const NodeId id = yaml::find(*tree_, node, column.name);
    if (id == yaml::kNoNode) {
      row.push_back(column.fallback);
    } else {
      ++used;
      auto cell = read_cell(*tree_, tree_->resolve(id), column.type);
      if (!cell) {
        return fmt::format("row {}, column `{}`: {}", rows_.size() + 1, column.name, cell.error());
      }
      row.push_back(*std::move(cell));
    }
    if (column.is_full && row.back().index() == 0) {
      return fmt::format("row {} has no `{}`", rows_.size() + 1, column.name);
    }
  }
  if (used != node.size) {
    return fmt::format("row {} has a cell that belongs to no column", rows_.size() + 1);
  }
  rows_.push_back(std::move(row));
  return std::nullopt;
}

auto TableReader::read() -> Expected<Table, std::string> {
  if (tree_->empty()) {
    return Mistake{"the table is empty"};
  }
  const Node& root = tree_->root();
  if (auto mistake = read_columns()) {
    return Mistake{*std::move(mistake)};
  }
  const NodeId list = yaml::find(*tree_, root, "rows");
  if (list == yaml::kNoNode) {
    return Mistake{"`rows` is missing"};
  }
  for (const NodeId id : yaml::children(*tree_, tree_->resolve(list))) {
    if (auto mistake = read_row(tree_->resolve(id))) {
      return Mistake{*std::move(mistake)};
    }
  }
  return Table(text(root, "table"), text(root, "description"), std::move(columns_),
               std::move(rows_));
}

auto load_tables() -> std::vector<Table> {
  std::vector<Table> tables;
  source::Sources sources;
  for (const EmbeddedFile& file : embedded_files()) {
    if (!file.name.starts_with("tables/")) {
      continue;
    }
    const yaml::Tree tree = load_embedded(file, sources);
    if (yaml::find(tree, tree.root(), "table") == yaml::kNoNode) {
      continue;
    }
    auto table = read_table(tree);
    if (!table) {
      fmt::print(stderr, "{}: {}\n", file.name, table.error());
    }
    FEDGATE_CHECK(table.has_value(), "a built-in table has a mistake");
    tables.push_back(*std::move(table));
  }
  return tables;
}

auto to_matrix_row(const Table& table, const Table::Row& row) -> MatrixRow {
  constexpr std::size_t kNegotiations = spec::kWords<spec::Negotiation>.size();
  const auto text = [&](std::string_view column) { return table.get<std::string>(row, column); };
  MatrixRow result;
  result.posture = {enumerator<spec::Negotiation>(text("tls"), kNegotiations),
                    enumerator<spec::Negotiation>(text("sasl"), kNegotiations),
                    table.get<bool>(row, "dialback")};
  result.verdict = enumerator<Verdict>(text("verdict"), 3);
  result.note = text("note");
  for (const std::string& method : table.get<std::vector<std::string>>(row, "methods")) {
    result.methods.push_back(enumerator<Method>(method, 3));
  }
  return result;
}

}  // namespace

auto Table::index_of(std::string_view column) const -> std::size_t {
  const auto found = std::find_if(columns_.begin(), columns_.end(),
                                  [&](const Column& one) { return one.name == column; });
  FEDGATE_CHECK(found != columns_.end(), "a table has no such column");
  return static_cast<std::size_t>(found - columns_.begin());
}

auto Table::in_force(value::Date day) const -> const Row* {
  const auto found = std::find_if(rows_.begin(), rows_.end(), [&](const Row& row) {
    return get<value::Date>(row, "from") <= day && day < get<value::Date>(row, "before");
  });
  return found == rows_.end() ? nullptr : &*found;
}

auto read_table(const yaml::Tree& tree) -> Expected<Table, std::string> {
  return TableReader(tree).read();
}

auto builtin_tables() -> std::span<const Table> {
  static const std::vector<Table> kTables = load_tables();
  return kTables;
}

auto builtin_table(std::string_view name) -> const Table& {
  const auto tables = builtin_tables();
  const auto found = std::find_if(tables.begin(), tables.end(),
                                  [&](const Table& table) { return table.name() == name; });
  FEDGATE_CHECK(found != tables.end(), "a built-in table is missing");
  return *found;
}

auto load_negotiation_matrix() -> NegotiationMatrix {
  const Table& table = builtin_table("negotiation");
  std::vector<MatrixRow> rows;
  for (const Table::Row& row : table.rows()) {
    rows.push_back(to_matrix_row(table, row));
  }
  return NegotiationMatrix(std::move(rows), table.get<std::string>(table.rows().front(), "source"));
}

}  // namespace fedgate::rules
