#include "compiler/report/table.h"

#include <algorithm>
#include <type_traits>

#include <fmt/format.h>

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
      width = std::max<std::size_t>(width, source::count_code_points(row[i].text()));
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
  line(rulers, [](const std::string& text) { return text; });
  for (const auto& row : table.rows) {
    line(row, [](const Cell& cell) { return cell.text(); });
  }
  return out;
}

void write(JsonWriter& json, const Cell& cell) {
  if (cell.value() == nullptr) {
    json.string(cell.text());
    return;
  }
  std::visit(
      [&](const auto& value) {
        using T = std::remove_cvref_t<decltype(value)>;
        if constexpr (std::is_same_v<T, std::monostate>) {
          json.null();
        } else if constexpr (std::is_same_v<T, bool>) {
          json.boolean(value);
        } else if constexpr (std::is_same_v<T, std::int64_t>) {
          json.integer(value);
        } else {
          json.begin_array();
          for (const std::string& text : value) {
            json.string(text);
          }
          json.end_array();
        }
      },
      *cell.value());
}

auto render_json(const Table& table) -> std::string {
  std::string out;
  JsonWriter json(out);
  json.begin_array();
  for (const auto& row : table.rows) {
    json.begin_object();
    for (std::size_t i = 0; i < row.size(); ++i) {
      json.key(table.columns[i]);
      write(json, row[i]);
    }
    json.end_object();
  }
  json.end_array();
  return out + "\n";
}

// The end of the code span that begins at `begin`, or of its run of backticks where none of that
// length closes it (CommonMark, section 6.1).
auto code_span_end(std::string_view text, std::size_t begin) -> std::size_t {
  const auto run_end = [&](std::size_t at) {
    return std::min(text.find_first_not_of('`', at), text.size());
  };
  const std::size_t inside = run_end(begin);
  for (std::size_t at = text.find('`', inside); at != std::string_view::npos;
       at = text.find('`', run_end(at))) {
    if (run_end(at) - at == inside - begin) {
      return run_end(at);
    }
  }
  return inside;
}

// Cells keep their code spans; outside of these nothing becomes a tag or a link.
auto markdown_cell(std::string_view text) -> std::string {
  std::string cell;
  std::size_t code_end = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '`' && i >= code_end) {
      code_end = code_span_end(text, i);
    }
    const bool is_markup = i >= code_end && (c == '<' || c == '[');
    if (c == '|' || c == '\\' || is_markup) {
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
    for (const Cell& cell : row) {
      out += " " + markdown_cell(cell.text()) + " |";
    }
    out += "\n";
  }
  return out;
}

}  // namespace

auto Cell::list(std::vector<std::string> texts) -> Cell {
  std::string joined = fmt::to_string(fmt::join(texts, ", "));
  return {std::move(joined), std::move(texts)};
}

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
