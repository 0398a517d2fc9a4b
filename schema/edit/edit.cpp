#include "schema/edit/edit.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "schema/base/json_writer.h"
#include "schema/value/describe.h"

namespace fedgate::edit {

namespace {

using diag::Edit;
using source::Span;
using Edits = std::optional<std::vector<Edit>>;

auto is_blank(char c) -> bool { return c == ' ' || c == '\t'; }
auto is_space(char c) -> bool { return is_blank(c) || c == '\n' || c == '\r'; }

// Walks over the bytes of one file.
class Text {
 public:
  Text(const source::Sources& sources, const Span& where)
      : file_(where.file), name_(sources[where.file].name), text_(sources[where.file].text) {}

  [[nodiscard]] auto operator[](std::size_t at) const -> char {
    return at < text_.size() ? text_[at] : '\0';
  }
  [[nodiscard]] auto is_json() const -> bool { return name_.ends_with(".json"); }
  [[nodiscard]] auto part(std::size_t begin, std::size_t end) const -> std::string_view {
    return text_.substr(begin, end - begin);
  }
  [[nodiscard]] auto line_begin(std::size_t at) const -> std::size_t {
    while (at > 0 && text_[at - 1] != '\n') {
      --at;
    }
    return at;
  }
  // Without the line end.
  [[nodiscard]] auto line_end(std::size_t at) const -> std::size_t {
    const std::size_t feed = std::min(text_.find('\n', at), text_.size());
    return feed > at && feed < text_.size() && text_[feed - 1] == '\r' ? feed - 1 : feed;
  }
  // The first byte of the line after.
  [[nodiscard]] auto next_line(std::size_t at) const -> std::size_t {
    const std::size_t feed = text_.find('\n', at);
    return feed == std::string_view::npos ? text_.size() : feed + 1;
  }
  // The line end of the line that `at` is on; LF where the file ends there.
  [[nodiscard]] auto line_break(std::size_t at) const -> std::string_view {
    return (*this)[line_end(at)] == '\r' ? "\r\n" : "\n";
  }
  [[nodiscard]] auto skip_blanks(std::size_t at) const -> std::size_t {
    while (is_blank((*this)[at])) {
      ++at;
    }
    return at;
  }
  // Whether nothing but a comment follows on the line.
  [[nodiscard]] auto ends_line(std::size_t at) const -> bool {
    const std::size_t next = skip_blanks(at);
    return next >= text_.size() || next >= line_end(at) || (text_[next] == '#' && next > at);
  }
  [[nodiscard]] auto edit(std::size_t begin, std::size_t end, std::string text) const -> Edit {
    return {{file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)},
            std::move(text)};
  }

 private:
  source::FileId file_;
  std::string_view name_;
  std::string_view text_;
};

// Whether an anchor or a tag stands before the node at `begin`.
auto has_properties(const Text& text, std::size_t begin) -> bool {
  std::size_t end = begin;
  while (end > 0 && is_space(text[end - 1])) {
    --end;
  }
  std::size_t start = end;
  while (start > 0 && !is_space(text[start - 1]) && text[start - 1] != '[' &&
         text[start - 1] != '{' && text[start - 1] != ',') {
    --start;
  }
  return start < end && (text[start] == '&' || text[start] == '!');
}

// Whether every YAML reader takes the plain word for text, in brackets too.
auto is_plain_text(std::string_view text) -> bool {
  static constexpr std::array<std::string_view, 9> kOther = {"true", "false", "null", "yes", "no",
                                                             "on",   "off",   "y",    "n"};
  const std::string lower = value::to_lower(text);
  if (text.empty() || std::find(kOther.begin(), kOther.end(), lower) != kOther.end()) {
    return false;
  }
  const auto is_word = [](char c) {
    return value::is_letter(c) || value::is_digit(c) || !value::is_ascii(c);
  };
  return is_word(text.front()) &&
         std::any_of(text.begin(), text.end(),
                     [](char c) { return value::is_letter(c) || !value::is_ascii(c); }) &&
         std::all_of(text.begin(), text.end(),
                     [&](char c) { return is_word(c) || c == '-' || c == '_' || c == '.'; }) &&
         !(value::is_digit(text.front()) &&
           text.find_first_not_of("0123456789.eE-_") == std::string_view::npos);
}

auto double_quoted(std::string_view text) -> std::string {
  std::string out;
  JsonWriter(out, true).string(text);
  return out;
}

auto single_quoted(std::string_view text) -> std::string {
  std::string out = "'";
  for (const char c : text) {
    out += c == '\'' ? "''" : std::string(1, c);
  }
  return out + "'";
}

// `text` as a scalar beside one that starts, or ends, with `neighbour`.
auto written(std::string_view text, char neighbour, bool is_json) -> std::string {
  if (is_json || neighbour == '"') {
    return double_quoted(text);
  }
  return neighbour != '\'' && is_plain_text(text) ? std::string(text) : single_quoted(text);
}

// Whether the key stands anywhere in the text; it may be the mapping's own or one below.
auto has_key(std::string_view text, std::string_view key) -> bool {
  for (std::size_t at = text.find(key); at != std::string_view::npos; at = text.find(key, at + 1)) {
    const std::size_t behind = text.find_first_not_of("\"' \t", at + key.size());
    if (behind != std::string_view::npos && text[behind] == ':' &&
        (at == 0 || !value::is_letter(text[at - 1]))) {
      return true;
    }
  }
  return false;
}

auto has_comment(std::string_view text) -> bool {
  for (std::size_t at = text.find('#'); at != std::string_view::npos; at = text.find('#', at + 1)) {
    if (at == 0 || is_space(text[at - 1])) {
      return true;
    }
  }
  return false;
}

auto remove_block_item(const Text& text, const Span& item) -> Edits {
  const std::size_t begin = text.line_begin(item.begin);
  const std::size_t dash = text.skip_blanks(begin);
  if (text[dash] != '-' || text.skip_blanks(dash + 1) != item.begin || !text.ends_line(item.end)) {
    return std::nullopt;
  }
  const std::size_t comment = text.skip_blanks(item.end);
  if (text[comment] == '#') {
    return std::vector{text.edit(dash, comment, {})};
  }
  return std::vector{text.edit(begin, text.next_line(item.end), {})};
}

auto remove_flow_item(const Text& text, const Span& previous, const Span& item) -> Edits {
  const std::string_view gap = text.part(previous.end, item.begin);
  const std::size_t comma = previous.end + gap.find(',');
  if (has_comment(gap) || std::count(gap.begin(), gap.end(), ',') != 1) {
    return std::nullopt;
  }
  if (gap.find('\n') == std::string_view::npos) {
    return std::vector{text.edit(comma, item.end, {})};
  }
  // The item starts its line. With a comma behind it, both go, and else the comma before it.
  const std::size_t begin = text.line_begin(item.begin);
  const std::size_t behind = text.skip_blanks(item.end);
  const bool has_comma = text[behind] == ',';
  const std::size_t end = has_comma ? behind + 1 : item.end;
  std::vector<Edit> edits;
  if (!has_comma) {
    edits.push_back(text.edit(comma, comma + 1, {}));
  }
  const std::size_t rest = text.skip_blanks(end);
  if (rest == text.line_end(end)) {
    edits.push_back(text.edit(begin, text.next_line(end), {}));
  } else {
    edits.push_back(text.edit(item.begin, text[rest] == '#' ? rest : end, {}));
  }
  return edits;
}

auto append_block_items(const Text& text, const Span& list, std::span<const std::string> texts)
    -> Edits {
  const std::size_t begin = text.line_begin(list.begin);
  const std::string_view before = text.part(begin, list.begin);
  if (before.find_first_not_of(" -") != std::string_view::npos || !text.ends_line(list.end)) {
    return std::nullopt;
  }
  const std::size_t last = text.line_begin(list.end);
  const char first_byte = text[text.skip_blanks(text.skip_blanks(last) + 1)];
  const std::string indent(before.size(), ' ');
  std::string lines;
  for (const std::string& item : texts) {
    lines += text.line_break(list.end);
    lines += indent + "- " + written(item, first_byte, false);
  }
  const std::size_t at = text.line_end(list.end);
  return std::vector{text.edit(at, at, std::move(lines))};
}

auto append_flow_items(const Text& text, const Span& list, std::span<const std::string> texts)
    -> Edits {
  const std::string_view whole = text.part(list.begin, list.end);
  if (has_comment(whole) || !whole.ends_with(']')) {
    return std::nullopt;
  }
  std::size_t at = list.end - 1;
  while (is_space(text[at - 1])) {
    --at;
  }
  const bool is_empty = at == list.begin + 1;
  const bool has_comma = text[at - 1] == ',';
  const std::size_t line = text.line_begin(at);
  const bool is_tall = line > list.begin;
  std::string separator = ", ";
  if (is_tall) {
    separator = "," + std::string(text.line_break(at - 1)) +
                std::string(text.part(line, text.skip_blanks(line)));
  }
  std::string items;
  for (const std::string& item : texts) {
    const bool is_first = items.empty();
    items += is_first && is_empty ? "" : is_first && has_comma ? separator.substr(1) : separator;
    items += written(item, text[at - 1], text.is_json());
  }
  return std::vector{text.edit(at, at, std::move(items))};
}

auto insert_into_flow(const Text& text, const Span& mapping, std::string pair) -> Edits {
  const std::string_view whole = text.part(mapping.begin, mapping.end);
  if (has_comment(whole) || !whole.ends_with('}')) {
    return std::nullopt;
  }
  std::size_t at = mapping.end - 1;
  while (is_space(text[at - 1])) {
    --at;
  }
  if (at != mapping.begin + 1) {
    pair = (text[at - 1] == ',' ? " " : ", ") + pair;
  }
  return std::vector{text.edit(at, at, std::move(pair))};
}

}  // namespace

auto replace_scalar(const source::Sources& sources, const Span& where, std::string_view text,
                    Form form) -> Edits {
  if (!where.is_known() || where.begin == where.end) {
    return std::nullopt;
  }
  const Text file(sources, where);
  const std::string_view old = sources.text(where);
  const char first = old.front();
  if (first == '|' || first == '>' || first == '[' || first == '{' || first == '*' ||
      old.find('\n') != std::string_view::npos || has_properties(file, where.begin)) {
    return std::nullopt;
  }
  std::string replacement;
  switch (form) {
    case Form::text:
      replacement = written(text, first, file.is_json());
      break;
    case Form::bare:
      replacement = std::string(text);
      break;
    case Form::quoted:
      replacement = file.is_json() || first == '"' ? double_quoted(text) : single_quoted(text);
      break;
  }
  return std::vector{file.edit(where.begin, where.end, std::move(replacement))};
}

auto remove_item(const source::Sources& sources, const Span& list, const Span& previous_item,
                 const Span& item) -> Edits {
  const Text text(sources, item);
  if (list.file != item.file || previous_item.file != item.file || item.begin < list.begin ||
      item.end > list.end || previous_item.end > item.begin || previous_item.begin < list.begin ||
      sources.text(item).find('\n') != std::string_view::npos || has_properties(text, item.begin)) {
    return std::nullopt;
  }
  return text[list.begin] == '[' ? remove_flow_item(text, previous_item, item)
                                 : remove_block_item(text, item);
}

auto append_items(const source::Sources& sources, const Span& list,
                  std::span<const std::string> texts) -> Edits {
  if (!list.is_known() || texts.empty()) {
    return std::nullopt;
  }
  const Text text(sources, list);
  if (has_properties(text, list.begin)) {
    return std::nullopt;
  }
  if (text[list.begin] == '[') {
    return append_flow_items(text, list, texts);
  }
  return text[list.begin] == '-' ? append_block_items(text, list, texts) : std::nullopt;
}

auto insert_key(const source::Sources& sources, const Span& mapping, std::string_view key,
                std::string_view value) -> Edits {
  if (!mapping.is_known()) {
    return std::nullopt;
  }
  const Text text(sources, mapping);
  if (has_properties(text, mapping.begin) || has_key(sources.text(mapping), key)) {
    return std::nullopt;
  }
  if (text[mapping.begin] == '{') {
    const bool is_quoted = text.is_json();
    return insert_into_flow(
        text, mapping,
        (is_quoted ? double_quoted(key) : std::string(key)) + ": " + std::string(value));
  }
  const std::string_view before = text.part(text.line_begin(mapping.begin), mapping.begin);
  if (before.find_first_not_of(" -") != std::string_view::npos || !text.ends_line(mapping.end)) {
    return std::nullopt;
  }
  const std::size_t at = text.line_end(mapping.end);
  return std::vector{text.edit(at, at,
                               std::string(text.line_break(mapping.end)) +
                                   std::string(before.size(), ' ') + std::string(key) + ": " +
                                   std::string(value))};
}

auto as_fix(std::string title, Edits edits) -> std::optional<diag::Fix> {
  if (!edits || edits->empty()) {
    return std::nullopt;
  }
  return diag::Fix{std::move(title), *std::move(edits)};
}

}  // namespace fedgate::edit
