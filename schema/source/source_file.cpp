#include "schema/source/source_file.h"

#include <algorithm>
#include <utility>

#include "schema/base/ascii_word.h"

namespace fedgate::source {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// A column counts at the most this many bytes.
constexpr std::size_t kBlock = 4096;

auto is_continuation(char byte) -> bool {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

// The length of the well-formed sequence at the start of `text`, or 0 (RFC 3629, section 4).
auto utf8_sequence_length(std::string_view text) -> std::size_t {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto follows = [&](std::size_t i, unsigned low, unsigned high) {
    return i < text.size() && at(i) >= low && at(i) <= high;
  };
  const unsigned lead = at(0);
  if (lead < 0x80U) {
    return 1;
  }
  if (lead >= 0xC2U && lead <= 0xDFU) {
    return follows(1, 0x80, 0xBF) ? 2 : 0;
  }
  if (lead >= 0xE0U && lead <= 0xEFU) {
    const unsigned low = lead == 0xE0U ? 0xA0 : 0x80;
    const unsigned high = lead == 0xEDU ? 0x9F : 0xBF;
    return follows(1, low, high) && follows(2, 0x80, 0xBF) ? 3 : 0;
  }
  if (lead >= 0xF0U && lead <= 0xF4U) {
    const unsigned low = lead == 0xF0U ? 0x90 : 0x80;
    const unsigned high = lead == 0xF4U ? 0x8F : 0xBF;
    return follows(1, low, high) && follows(2, 0x80, 0xBF) && follows(3, 0x80, 0xBF) ? 4 : 0;
  }
  return 0;
}

}  // namespace

auto Sources::add(std::string name, std::string text) -> FileId {
  files_.push_back(SourceFile{std::move(name), std::move(text)});
  return static_cast<FileId>(files_.size() - 1);
}

auto Sources::text(const Span& where) const -> std::string_view {
  if (!where.is_known()) {
    return {};
  }
  const std::string_view all = files_[where.file].text;
  return all.substr(std::min<std::size_t>(where.begin, all.size()), where.end - where.begin);
}

LineTable::LineTable(std::string_view text) : text_(text), starts_{0} {
  for (std::size_t at = 0; at < text.size();) {
    const void* found = std::memchr(text.data() + at, '\n', text.size() - at);
    if (found == nullptr) {
      break;
    }
    at = static_cast<std::size_t>(static_cast<const char*>(found) - text.data()) + 1;
    starts_.push_back(static_cast<std::uint32_t>(at));
  }
  std::uint32_t before = 0;
  for (std::size_t at = 0; at < text.size(); at += kBlock) {
    blocks_.push_back(before);
    before += count_code_points(text.substr(at, kBlock));
  }
  blocks_.push_back(before);
}

auto LineTable::code_points_before(std::uint32_t offset) const -> std::uint32_t {
  const std::size_t block = offset / kBlock;
  return blocks_[block] + count_code_points(text_.substr(block * kBlock, offset - block * kBlock));
}

auto LineTable::position(std::uint32_t offset) const -> Position {
  const auto bounded = std::min<std::uint32_t>(offset, static_cast<std::uint32_t>(text_.size()));
  const auto next = std::upper_bound(starts_.begin(), starts_.end(), bounded);
  const auto line = static_cast<std::uint32_t>(next - starts_.begin());
  const std::uint32_t begin = starts_[line - 1];
  const std::string_view before = text_.substr(begin, bounded - begin);
  if (before.size() > kBlock) {
    // The mark is one code point, which does not count.
    const std::uint32_t marks = line == 1 && text_.starts_with(kByteOrderMark) ? 1 : 0;
    return {line, code_points_before(bounded) - code_points_before(begin) - marks + 1};
  }
  const bool has_mark = line == 1 && before.starts_with(kByteOrderMark);
  return {line, count_code_points(before) - (has_mark ? 1 : 0) + 1};
}

auto LineTable::line_begin(std::uint32_t line) const -> std::uint32_t {
  return line <= starts_.size() ? starts_[line - 1] : static_cast<std::uint32_t>(text_.size());
}

auto LineTable::line_text(std::uint32_t line) const -> std::string_view {
  const std::uint32_t begin = line_begin(line);
  std::string_view whole = text_.substr(begin, line_begin(line + 1) - begin);
  if (!whole.empty() && whole.back() == '\n') {
    whole.remove_suffix(1);
  }
  if (!whole.empty() && whole.back() == '\r') {
    whole.remove_suffix(1);
  }
  if (line == 1 && whole.substr(0, kByteOrderMark.size()) == kByteOrderMark) {
    whole.remove_prefix(kByteOrderMark.size());
  }
  return whole;
}

auto LineTable::line_count() const -> std::uint32_t {
  return static_cast<std::uint32_t>(starts_.size());
}

auto count_code_points(std::string_view text) -> std::uint32_t {
  return static_cast<std::uint32_t>(
      std::count_if(text.begin(), text.end(), [](char byte) { return !is_continuation(byte); }));
}

auto find_invalid_utf8(std::string_view text) -> std::size_t {
  std::size_t at = 0;
  while (at < text.size()) {
    if (AsciiWord(text, at).is_ascii()) {
      at += AsciiWord::kBytes;
      continue;
    }
    const std::size_t length = utf8_sequence_length(text.substr(at, 4));
    if (length == 0) {
      return at;
    }
    at += length;
  }
  return std::string_view::npos;
}

}  // namespace fedgate::source
