// Tables for `fedgate show`, `negotiate` and `rules`: one content, three forms.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fedgate::report {

struct Table {
  // snake_case, the members of the JSON objects; people read them with blanks.
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
};

enum class TableFormat : std::uint8_t { table, json, markdown };

// `table`: aligned columns under a head line. `json`: a list of objects whose values are text.
// `markdown`: a table of CommonMark's usual extension, cells escaped.
[[nodiscard]] auto render(const Table& table, TableFormat format) -> std::string;

}  // namespace fedgate::report
