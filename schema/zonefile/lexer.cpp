#include "schema/zonefile/lexer.h"

#include <algorithm>

#include "schema/diag/message.h"

namespace fedgate::zonefile {

namespace messages = diag::messages;

Lexer::Lexer(source::FileId file, std::string_view text, diag::Sink& sink)
    : file_(file), text_(text), sink_(&sink) {
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
  std::optional<std::size_t> open;
  while (at_ < text_.size()) {
    const char c = text_[at_];
    const std::size_t begin = at_;
    if (c == '\n') {
      ++at_;
      if (!open) {
        return true;
      }
    } else if (c == ' ' || c == '\t' || c == '\r') {
      ++at_;
    } else if (c == ';') {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (c == '(' || c == ')') {
      ++at_;
      if ((c == '(') == open.has_value()) {
        sink_->report(span(begin, at_), messages::zone_parenthesis, std::string(1, c),
                      c == '(' ? "inside another pair" : "and none is open");
        skip_line();
        return false;
      }
      open = c == '(' ? std::optional(begin) : std::nullopt;
    } else {
      if (c != '"') {
        read_word();
      } else if (!read_string()) {
        return false;
      }
      entry.tokens.push_back({text_.substr(begin, at_ - begin), span(begin, at_)});
    }
  }
  if (open) {
    sink_->report(span(*open, *open + 1), messages::zone_unclosed, "parenthesis", "file");
  }
  return !open;
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
  sink_->report(span(begin, at_), messages::zone_unclosed, "string", "line");
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
