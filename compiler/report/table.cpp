#include "compiler/report/table.h"

#include <algorithm>

#include "schema/base/json_writer.h"
#include "schema/source/source_file.h"

namespace fedgate::report {

namespace {

auto heading(std::string_view column) -> std::string {
  std::string words(column);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

auto render_text(const Table& table) -> std::string {
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    std::size_t width = source::count_code_points(table.columns[i]);
    for (const auto& row : table.rows) {
      width = std::max<std::size_t>(width, source::count_code_points(row[i]));
    }
    widths.push_back(width);
  }
  std::string out;
  const auto line = [&](const auto& cells, auto cell_text) {
    std::string text;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string cell = cell_text(cells[i]);
      text += cell;
      text.append(widths[i] - source::count_code_points(cell) + 2, ' ');
    }
    text.erase(text.find_last_not_of(' ') + 1);
    out += text + "\n";
  };
  line(table.columns, heading);
  std::vector<std::string> rulers;
  rulers.reserve(widths.size());
  for (const std::size_t width : widths) {
    rulers.emplace_back(width, '-');
  }
  const auto same = [](const std::string& text) { return text; };
  line(rulers, same);
  for (const auto& row : table.rows) {
    line(row, same);
  }
  return out;
}

auto render_json(const Table& table) -> std::string {
  std::string out;
  JsonWriter json(out);
  json.begin_array();
  for (const auto& row : table.rows) {
    json.begin_object();
    for (std::size_t i = 0; i < row.size(); ++i) {
      json.member(table.columns[i], row[i]);
    }
    json.end_object();
  }
  json.end_array();
  return out + "\n";
}

auto markdown_cell(std::string_view text) -> std::string {
  std::string cell;
  for (const char c : text) {
    if (c == '|' || c == '\\') {
      cell += '\\';
    }
    cell += c == '\n' ? ' ' : c;
  }
  return cell;
}

auto render_markdown(const Table& table) -> std::string {
  std::string out = "|";
  for (const std::string& column : table.columns) {
    out += " " + heading(column) + " |";
  }
  out += "\n|";
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    out += "---|";
  }
  out += "\n";
  for (const auto& row : table.rows) {
    out += "|";
    for (const std::string& cell : row) {
      out += " " + markdown_cell(cell) + " |";
    }
    out += "\n";
  }
  return out;
}

}  // namespace

auto render(const Table& table, TableFormat format) -> std::string {
  switch (format) {
    case TableFormat::json:
      return render_json(table);
    case TableFormat::markdown:
      return render_markdown(table);
    case TableFormat::table:
      break;
  }
  return render_text(table);
}

}  // namespace fedgate::report
