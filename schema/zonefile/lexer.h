// Splits a master file into entries and tokens (RFC 1035, section 5.1): comments, quoted strings,
// escapes, and parentheses that join lines and may nest, as in BIND. Private to the reader.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "schema/source/span.h"
#include "schema/zonefile/reporter.h"

namespace fedgate::zonefile {

struct Token {
  // As written, with quotes and escapes.
  std::string_view text;
  source::Span where;

  [[nodiscard]] auto is_quoted() const -> bool { return !text.empty() && text.front() == '"'; }
};

// One record or directive.
struct Entry {
  std::vector<Token> tokens;
  // A blank stands before the first token: the owner is that of the record before.
  bool starts_blank = false;
};

class Lexer {
 public:
  // `text` is that of `file` and outlives the tokens.
  Lexer(source::FileId file, std::string_view text, Reporter& reporter);

  // The most tokens of an entry: owner, TTL, class, type, and as many as data has octets
  // (RFC 1035, section 3.2.1), with `\# LENGTH` in front.
  static constexpr std::size_t kMostTokens = 4 + 2 + 65'535;

  // The next entry that has a token; none at the end. An entry with an unclosed string, a stray
  // parenthesis or too many tokens is reported and left out.
  [[nodiscard]] auto next() -> std::optional<Entry>;
  // Nothing was left out so far.
  [[nodiscard]] auto is_sound() const -> bool { return is_sound_; }

 private:
  [[nodiscard]] auto span(std::size_t begin, std::size_t end) const -> source::Span;
  [[nodiscard]] auto read_entry(Entry& entry) -> bool;
  [[nodiscard]] auto read_string() -> bool;
  void read_word();
  [[nodiscard]] auto read_token(Entry& entry) -> bool;
  void skip_line();

  source::FileId file_;
  std::string_view text_;
  Reporter* reporter_;
  std::size_t at_ = 0;
  bool is_sound_ = true;
};

}  // namespace fedgate::zonefile
