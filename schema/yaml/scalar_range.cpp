#include "schema/yaml/scalar_range.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "schema/yaml/text_scan.h"

namespace fedgate::yaml {

namespace {

// One step over the written form of a plain or quoted scalar: the bytes up to `next` give `length`
// bytes of text.
struct Step {
  std::uint32_t next = 0;
  std::uint32_t length = 0;
};

auto utf8_length(std::uint32_t code) -> std::uint32_t {
  if (code < 0x80U) {
    return 1;
  }
  if (code < 0x800U) {
    return 2;
  }
  return code < 0x10000U ? 3 : 4;
}

// The line end at `at` and all blanks and line ends after it.
struct Fold {
  std::uint32_t next = 0;
  std::uint32_t breaks = 0;
};

auto scan_fold(std::string_view source, std::uint32_t at) -> Fold {
  Fold fold{at, 0};
  while (fold.next < source.size() &&
         (is_blank(source[fold.next]) || is_break(source[fold.next]))) {
    fold.breaks += source[fold.next] == '\n' ? 1U : 0U;
    ++fold.next;
  }
  return fold;
}

// The `digits` hexadecimal digits at `at`; what is no digit counts as 0, for yaml-cpp has refused
// it.
auto scan_hex(std::string_view source, std::uint32_t at, std::uint32_t digits) -> std::uint32_t {
  std::uint32_t code = 0;
  for (std::uint32_t i = 0; i < digits; ++i) {
    const char byte = byte_at(source, at + i);
    const auto value = static_cast<std::uint32_t>(static_cast<unsigned char>(byte));
    std::uint32_t digit = 0;
    if (byte >= '0' && byte <= '9') {
      digit = value - '0';
    } else if (byte >= 'A' && byte <= 'F') {
      digit = value - 'A' + 10;
    } else if (byte >= 'a' && byte <= 'f') {
      digit = value - 'a' + 10;
    }
    code = (code << 4U) | digit;
  }
  return code;
}

// The escape at `at` (YAML 1.2.2, section 5.7; JSON's are a subset but for its surrogate pairs).
auto step_escape(std::string_view source, std::uint32_t at) -> Step {
  switch (byte_at(source, at + 1)) {
    case 'x':
      return {at + 4, utf8_length(scan_hex(source, at + 2, 2))};
    case 'u': {
      const std::uint32_t code = scan_hex(source, at + 2, 4);
      const bool pair = code >= 0xD800U && code < 0xDC00U && byte_at(source, at + 6) == '\\';
      return pair ? Step{at + 12, 4} : Step{at + 6, utf8_length(code)};
    }
    case 'U':
      return {at + 10, utf8_length(scan_hex(source, at + 2, 8))};
    case 'N':
    case '_':
      return {at + 2, 2};
    case 'L':
    case 'P':
      return {at + 2, 3};
    case '\n':
    case '\r': {
      // An escaped line end gives nothing; empty lines after it each give one.
      const Fold fold = scan_fold(source, at + 1);
      return {fold.next, fold.breaks > 0 ? fold.breaks - 1 : 0};
    }
    default:
      return {at + 2, 1};
  }
}

// `at` is inside the scalar, before its end.
auto step_flow(std::string_view source, std::uint32_t at, Style style) -> Step {
  const char byte = source[at];
  if (style == Style::double_quoted && byte == '\\') {
    return step_escape(source, at);
  }
  if (style == Style::single_quoted && byte == '\'') {
    return {at + 2, 1};
  }
  if (is_blank(byte) || is_break(byte)) {
    const std::uint32_t after_blanks = skip_blanks(source, at);
    if (after_blanks < source.size() && is_break(source[after_blanks])) {
      const Fold fold = scan_fold(source, after_blanks);
      return {fold.next, fold.breaks > 1 ? fold.breaks - 1 : 1};
    }
  }
  return {at + 1, 1};
}

auto style_at(std::string_view source, std::uint32_t begin) -> Style {
  switch (byte_at(source, begin)) {
    case '\'':
      return Style::single_quoted;
    case '"':
      return Style::double_quoted;
    case '|':
      return Style::literal;
    case '>':
      return Style::folded;
    default:
      return Style::plain;
  }
}

auto starts_with(std::string_view source, std::uint32_t at, std::string_view value) -> bool {
  return source.substr(std::min<std::size_t>(at, source.size()), value.size()) == value;
}

// A plain scalar on one line stands verbatim. One over several lines differs at its first line end:
// there the text has a blank, or fewer line feeds than the source.
auto find_plain(std::string_view source, std::uint32_t begin, std::string_view value)
    -> ScalarRange {
  const auto size = static_cast<std::uint32_t>(value.size());
  if (starts_with(source, begin, value)) {
    return {.end = begin + size, .verbatim = begin};
  }
  std::uint32_t at = begin;
  std::uint32_t done = 0;
  while (done < size && at < source.size()) {
    const Step step = step_flow(source, at, Style::plain);
    if (step.next == at + 1 && !is_break(source[at]) && source[at] != value[done]) {
      break;
    }
    at = step.next;
    done += step.length;
  }
  return {.end = at};
}

auto find_quoted(std::string_view source, std::uint32_t begin, std::string_view value, Style style)
    -> ScalarRange {
  const char quote = source[begin];
  const auto size = static_cast<std::uint32_t>(value.size());
  // The text itself holds no quote and no backslash, so nothing was escaped.
  if (byte_at(source, begin + 1 + size) == quote && starts_with(source, begin + 1, value) &&
      value.find(quote) == std::string_view::npos &&
      (style == Style::single_quoted || value.find('\\') == std::string_view::npos)) {
    return {.style = style, .end = begin + size + 2, .verbatim = begin + 1};
  }
  std::uint32_t at = begin + 1;
  while (at < source.size()) {
    const bool doubled = style == Style::single_quoted && byte_at(source, at + 1) == '\'';
    if (source[at] == quote && !doubled) {
      return {.style = style, .end = at + 1};
    }
    at = step_flow(source, at, style).next;
  }
  return {.style = style, .end = static_cast<std::uint32_t>(source.size()), .closed = false};
}

// Walks the lines of a block scalar beside its text. A line's content stands in the text as it is
// written; between lines the text has what folding left of the line ends.
class BlockLines {
 public:
  BlockLines(std::string_view source, std::uint32_t begin, std::string_view value)
      : source_(source), value_(value), end_(line_end(source, begin)), next_(after_break(end_)) {
    indent_ = find_indent();
  }

  // The line just read: where its content begins and ends, and where that stands in the text.
  [[nodiscard]] auto content() const -> std::uint32_t { return content_; }
  [[nodiscard]] auto end() const -> std::uint32_t { return end_; }
  [[nodiscard]] auto text_begin() const -> std::uint32_t { return text_begin_; }
  [[nodiscard]] auto text_end() const -> std::uint32_t { return text_end_; }

  // The line just read is indentation only, with a line end.
  [[nodiscard]] auto is_empty() const -> bool {
    return content_ == end_ && is_break(byte_at(source_, end_));
  }

  // Reads the next line; false at the end of the source.
  auto advance() -> bool {
    if (next_ >= source_.size()) {
      return false;
    }
    const std::uint32_t start = next_;
    end_ = line_end(source_, start);
    next_ = after_break(end_);
    content_ = start;
    while (content_ < end_ && content_ - start < indent_ && source_[content_] == ' ') {
      ++content_;
    }
    const std::string_view line = source_.substr(content_, end_ - content_);
    text_begin_ = text_end_;
    if (!line.empty()) {
      while (text_begin_ < value_.size() && !starts_with(value_, text_begin_, line) &&
             (value_[text_begin_] == ' ' || value_[text_begin_] == '\n')) {
        ++text_begin_;
      }
      text_end_ = std::min(text_begin_ + static_cast<std::uint32_t>(line.size()),
                           static_cast<std::uint32_t>(value_.size()));
    }
    return true;
  }

 private:
  [[nodiscard]] auto after_break(std::uint32_t at) const -> std::uint32_t {
    at += byte_at(source_, at) == '\r' ? 1U : 0U;
    return at + (byte_at(source_, at) == '\n' ? 1U : 0U);
  }

  // The columns of indentation that the text does not have: the first line with anything but
  // spaces, in the source and in the text, is the same line.
  [[nodiscard]] auto find_indent() const -> std::uint32_t {
    const std::size_t in_text = value_.find_first_not_of(" \n");
    std::uint32_t in_source = next_;
    while (in_source < source_.size() &&
           (source_[in_source] == ' ' || is_break(source_[in_source]))) {
      ++in_source;
    }
    const std::uint32_t written = in_source - line_start(source_, in_source);
    if (in_text == std::string_view::npos) {
      return written;
    }
    const std::size_t before = value_.substr(0, in_text).rfind('\n');
    const std::size_t kept = before == std::string_view::npos ? in_text : in_text - before - 1;
    return written - std::min(written, static_cast<std::uint32_t>(kept));
  }

  std::string_view source_;
  std::string_view value_;
  std::uint32_t indent_ = 0;
  std::uint32_t content_ = 0;
  std::uint32_t end_;
  std::uint32_t next_;
  std::uint32_t text_begin_ = 0;
  std::uint32_t text_end_ = 0;
};

// The block scalar at `begin` keeps the empty lines at its end (YAML 1.2.2, section 8.1.1.2).
auto keeps_breaks(std::string_view source, std::uint32_t begin) -> bool {
  const std::string_view header = source.substr(begin, line_end(source, begin) - begin);
  return header.substr(0, header.find_first_of(" \t#")).find('+') != std::string_view::npos;
}

auto find_block(std::string_view source, std::uint32_t begin, std::string_view value, Style style)
    -> ScalarRange {
  const std::size_t last = value.find_last_not_of('\n');
  const auto content_size =
      static_cast<std::uint32_t>(last == std::string_view::npos ? 0 : last + 1);
  auto breaks = static_cast<std::uint32_t>(value.size()) - content_size;
  BlockLines lines(source, begin, value);
  ScalarRange range{.style = style, .end = lines.end()};
  while (content_size > 0 && lines.text_end() < content_size && lines.advance()) {
  }
  if (content_size > 0) {
    range.end = lines.end();
    if (lines.text_begin() == 0 && starts_with(source, lines.content(), value)) {
      range.verbatim = lines.content();
    }
    breaks -= breaks > 0 ? 1U : 0U;
  }
  // Kept empty lines at the end.
  for (; breaks > 0 && lines.advance(); --breaks) {
    range.end = lines.end();
  }
  // yaml-cpp folds the end of the last line of text into the empty lines that are kept after it.
  if (style == Style::folded && content_size > 0 && keeps_breaks(source, begin) &&
      lines.advance() && lines.is_empty()) {
    range.end = lines.end();
    range.verbatim = kNowhere;
    range.lost_break = true;
  }
  return range;
}

auto find_block_byte(std::string_view source, std::uint32_t begin, std::uint32_t end,
                     std::string_view value, std::uint32_t offset) -> std::uint32_t {
  BlockLines lines(source, begin, value);
  // The line ends since the last content, one for each line feed that folding may have left.
  std::vector<std::uint32_t> ends = {lines.end()};
  std::uint32_t text_end = 0;
  while (ends.back() < end && lines.advance()) {
    if (offset < lines.text_begin()) {
      return ends[std::min<std::size_t>(offset - text_end, ends.size() - 1)];
    }
    if (offset < lines.text_end()) {
      return lines.content() + (offset - lines.text_begin());
    }
    if (lines.text_end() > text_end) {
      text_end = lines.text_end();
      ends.clear();
    }
    ends.push_back(lines.end());
  }
  return end;
}

}  // namespace

auto find_scalar(std::string_view source, std::uint32_t begin, std::string_view value)
    -> ScalarRange {
  const Style style = style_at(source, begin);
  switch (style) {
    case Style::plain:
      return find_plain(source, begin, value);
    case Style::single_quoted:
    case Style::double_quoted:
      return find_quoted(source, begin, value, style);
    case Style::literal:
    case Style::folded:
      return find_block(source, begin, value, style);
  }
  return {};
}

auto find_source_byte(std::string_view source, std::uint32_t begin, std::uint32_t end,
                      std::string_view value, std::uint32_t offset) -> std::uint32_t {
  const Style style = style_at(source, begin);
  if (style == Style::literal || style == Style::folded) {
    return find_block_byte(source, begin, end, value, offset);
  }
  std::uint32_t at = style == Style::plain ? begin : begin + 1;
  const std::uint32_t last = style == Style::plain || end <= at ? end : end - 1;
  for (std::uint32_t done = 0; at < last;) {
    const Step step = step_flow(source, at, style);
    if (offset < done + step.length) {
      return at;
    }
    done += step.length;
    at = step.next;
  }
  return last;
}

}  // namespace fedgate::yaml
