#include "schema/zonefile/lexer.h"

#include <algorithm>

#include "schema/diag/message.h"

namespace fedgate::zonefile {

namespace messages = diag::messages;

Lexer::Lexer(source::FileId file, std::string_view text, Reporter& reporter)
    : file_(file), text_(text), reporter_(&reporter) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text_.starts_with(kByteOrderMark)) {
    at_ = kByteOrderMark.size();
  }
}

auto Lexer::span(std::size_t begin, std::size_t end) const -> source::Span {
  return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

auto Lexer::next() -> std::optional<Entry> {
  while (at_ < text_.size()) {
    Entry entry;
    entry.starts_blank = text_[at_] == ' ' || text_[at_] == '\t';
    if (!read_entry(entry)) {
      is_sound_ = false;
    } else if (!entry.tokens.empty()) {
      return entry;
    }
  }
  return std::nullopt;
}

// Up to the line end that no parenthesis hides. False where the entry makes no sense.
auto Lexer::read_entry(Entry& entry) -> bool {
  std::size_t depth = 0;
  // The outermost parenthesis that is open.
  source::Span open;
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == '\n') {
      ++at_;
      if (depth == 0) {
        return true;
      }
    } else if (c == ' ' || c == '\t' || c == '\r') {
      ++at_;
    } else if (c == ';') {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (c == '(') {
      open = depth++ == 0 ? span(at_, at_ + 1) : open;
      ++at_;
    } else if (c == ')') {
      if (depth-- == 0) {
        reporter_->report(span(at_, at_ + 1), messages::zone_parenthesis);
        skip_line();
        return false;
      }
      ++at_;
    } else if (!read_token(entry)) {
      return false;
    }
  }
  if (depth != 0) {
    reporter_->report(open, messages::zone_unclosed, "parenthesis", "file");
  }
  return depth == 0;
}

auto Lexer::read_token(Entry& entry) -> bool {
  const std::size_t begin = at_;
  if (text_[at_] != '"') {
    read_word();
  } else if (!read_string()) {
    return false;
  }
  if (entry.tokens.size() == kMostTokens) {
    reporter_->report(span(begin, at_), messages::zone_words, kMostTokens);
    at_ = text_.size();
    return false;
  }
  entry.tokens.push_back({text_.substr(begin, at_ - begin), span(begin, at_)});
  return true;
}

// A string ends on its line.
auto Lexer::read_string() -> bool {
  const std::size_t begin = at_++;
  while (at_ < text_.size() && text_[at_] != '\n' && text_[at_] != '"') {
    at_ += text_[at_] == '\\' && at_ + 1 < text_.size() && text_[at_ + 1] != '\n' ? 2U : 1U;
  }
  if (at_ < text_.size() && text_[at_] == '"') {
    ++at_;
    return true;
  }
  reporter_->report(span(begin, at_), messages::zone_unclosed, "string", "line");
  skip_line();
  return false;
}

void Lexer::read_word() {
  constexpr std::string_view kEnds = " \t\r\n;()\"";
  while (at_ < text_.size() && kEnds.find(text_[at_]) == std::string_view::npos) {
    at_ += text_[at_] == '\\' && at_ + 1 < text_.size() && text_[at_ + 1] != '\n' ? 2U : 1U;
  }
}

void Lexer::skip_line() {
  at_ = std::min(text_.find('\n', at_), text_.size());
  at_ += at_ < text_.size() ? 1U : 0U;
}

}  // namespace fedgate::zonefile
