// The bytes of a run's input files, and the way from a byte offset to a line and column.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "schema/source/span.h"

namespace fedgate::source {

// The name is what findings show: the path as it was given, with `/` as separator, or `<stdin>`.
struct SourceFile {
  std::string name;
  std::string text;
};

// All input files of a run. Texts keep their address for the life of this object, so views into
// them are safe to hold.
class Sources {
 public:
  Sources() = default;
  Sources(const Sources&) = delete;
  auto operator=(const Sources&) -> Sources& = delete;
  Sources(Sources&&) = default;
  auto operator=(Sources&&) -> Sources& = default;
  ~Sources() = default;

  auto add(std::string name, std::string text) -> FileId;
  [[nodiscard]] auto operator[](FileId file) const -> const SourceFile& { return files_[file]; }
  [[nodiscard]] auto size() const -> std::size_t { return files_.size(); }
  // The bytes that `where` covers; empty for the unknown span.
  [[nodiscard]] auto text(const Span& where) const -> std::string_view;

 private:
  std::deque<SourceFile> files_;
};

// 1-based; the column counts Unicode code points and leaves a byte order mark out.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

// The line starts of one text. A line ends with LF or CRLF; a lone CR does not end a line, as in
// YAML readers that follow the platform's editors.
class LineTable {
 public:
  // `text` is kept by reference and must outlive the table.
  explicit LineTable(std::string_view text);

  [[nodiscard]] auto position(std::uint32_t offset) const -> Position;
  // The line without its line end; `line` is 1-based and may be one past the last.
  [[nodiscard]] auto line_text(std::uint32_t line) const -> std::string_view;
  [[nodiscard]] auto line_begin(std::uint32_t line) const -> std::uint32_t;
  [[nodiscard]] auto line_count() const -> std::uint32_t;

 private:
  // Code points before `offset`.
  [[nodiscard]] auto code_points_before(std::uint32_t offset) const -> std::uint32_t;

  std::string_view text_;
  std::vector<std::uint32_t> starts_;
  // Code points before each block of the text, so that a column in a long line is found quickly.
  std::vector<std::uint32_t> blocks_;
};

// The number of code points in `text`; each byte that is no UTF-8 continuation byte counts one.
[[nodiscard]] auto count_code_points(std::string_view text) -> std::uint32_t;

// The offset of the first byte that is not part of well-formed UTF-8 (RFC 3629), or npos.
[[nodiscard]] auto find_invalid_utf8(std::string_view text) -> std::size_t;

}  // namespace fedgate::source
