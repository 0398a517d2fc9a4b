// Tables for `fedgate show`, `negotiate` and `rules`: one content, three forms.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace fedgate::report {

// What stands in a row, as people read it and as the value that programs read.
class Cell {
 public:
  // Nothing, a truth, a number, texts; or the text itself.
  using Value = std::variant<std::monostate, bool, std::int64_t, std::vector<std::string>>;

  // Nothing is known: blank, or null.
  Cell() : value_(Value()) {}
  // NOLINTNEXTLINE(google-explicit-constructor,hicpp-explicit-conversions): most cells are texts.
  Cell(std::string text) : text_(std::move(text)) {}
  // NOLINTNEXTLINE(google-explicit-constructor,hicpp-explicit-conversions): the same.
  Cell(const char* text) : text_(text) {}
  Cell(std::string text, Value value) : text_(std::move(text)), value_(std::move(value)) {}
  [[nodiscard]] static auto truth(bool value) -> Cell { return {value ? "true" : "false", value}; }
  [[nodiscard]] static auto number(std::int64_t value) -> Cell {
    return {std::to_string(value), value};
  }
  // `a, b, c`
  [[nodiscard]] static auto list(std::vector<std::string> texts) -> Cell;

  [[nodiscard]] auto text() const -> const std::string& { return text_; }
  // Null: the text.
  [[nodiscard]] auto value() const -> const Value* { return value_ ? &*value_ : nullptr; }

 private:
  std::string text_;
  std::optional<Value> value_;
};

struct Table {
  // snake_case, the members of the JSON objects; people read them with blanks.
  std::vector<std::string> columns;
  std::vector<std::vector<Cell>> rows;
};

enum class TableFormat : std::uint8_t { table, json, markdown };

// `table`: aligned columns under a head line. `json`: a list of objects.
// `markdown`: a table of CommonMark's usual extension, cells escaped.
[[nodiscard]] auto render(const Table& table, TableFormat format) -> std::string;

}  // namespace fedgate::report
