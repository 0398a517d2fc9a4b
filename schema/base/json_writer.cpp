#include "schema/base/json_writer.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "schema/base/ascii_word.h"
#include "schema/base/check.h"
#include "schema/source/source_file.h"

namespace fedgate {

namespace {

// Appends `text` without its quotes, escaped as RFC 8259, section 7, demands; U+2028 and U+2029
// too, which JavaScript once took for line ends.
void append_escaped(std::string& out, std::string_view text) {
  std::size_t copied = 0;
  const auto replace = [&](std::size_t at, std::size_t length, std::string_view by) {
    out.append(text, copied, at - copied);
    out.append(by);
    copied = at + length;
  };
  const auto escape = [&](std::size_t i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == '"') {
      replace(i, 1, "\\\"");
    } else if (byte == '\\') {
      replace(i, 1, "\\\\");
    } else if (byte == '\n') {
      replace(i, 1, "\\n");
    } else if (byte < 0x20U || byte == 0x7FU) {
      replace(i, 1, fmt::format("\\u{:04x}", byte));
    } else if (byte == 0xE2U && (text.substr(i, 3) == "\u2028" || text.substr(i, 3) == "\u2029")) {
      replace(i, 3, text.substr(i, 3) == "\u2028" ? "\\u2028" : "\\u2029");
    }
  };
  for (std::size_t at = 0; at < text.size(); at += AsciiWord::kBytes) {
    const AsciiWord word(text, at);
    if (word.is_printable() && !word.has('"') && !word.has('\\')) {
      continue;
    }
    const std::size_t end = std::min(at + AsciiWord::kBytes, text.size());
    for (std::size_t i = at; i < end; ++i) {
      escape(i);
    }
  }
  out.append(text, copied);
}

}  // namespace

void JsonWriter::new_line() {
  if (!compact_) {
    out_->push_back('\n');
    out_->append(2 * levels_.size(), ' ');
  }
}

void JsonWriter::before_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (levels_.empty()) {
    return;
  }
  FEDGATE_CHECK(!levels_.back().is_object, "a value in a JSON object without its key");
  if (!levels_.back().is_empty) {
    out_->push_back(',');
  }
  levels_.back().is_empty = false;
  new_line();
}

void JsonWriter::begin_object() {
  before_value();
  out_->push_back('{');
  levels_.push_back({true, true});
}

void JsonWriter::begin_array() {
  before_value();
  out_->push_back('[');
  levels_.push_back({false, true});
}

void JsonWriter::end(bool is_object, char bracket) {
  FEDGATE_CHECK(!levels_.empty() && levels_.back().is_object == is_object && !after_key_,
                "unbalanced JSON");
  const bool is_empty = levels_.back().is_empty;
  levels_.pop_back();
  if (!is_empty) {
    new_line();
  }
  out_->push_back(bracket);
}

void JsonWriter::end_object() { end(true, '}'); }

void JsonWriter::end_array() { end(false, ']'); }

void JsonWriter::key(std::string_view name) {
  FEDGATE_CHECK(!levels_.empty() && levels_.back().is_object && !after_key_,
                "a JSON key outside an object");
  if (!levels_.back().is_empty) {
    out_->push_back(',');
  }
  levels_.back().is_empty = false;
  new_line();
  out_->push_back('"');
  append_escaped(*out_, name);
  out_->append(compact_ ? "\":" : "\": ");
  after_key_ = true;
}

void JsonWriter::string(std::string_view text) {
  before_value();
  out_->push_back('"');
  while (true) {
    const std::size_t bad = source::find_invalid_utf8(text);
    append_escaped(*out_, text.substr(0, bad));
    if (bad == std::string_view::npos) {
      break;
    }
    out_->append("\uFFFD");
    text.remove_prefix(bad + 1);
  }
  out_->push_back('"');
}

void JsonWriter::integer(std::int64_t value) {
  before_value();
  fmt::format_to(std::back_inserter(*out_), "{}", value);
}

void JsonWriter::boolean(bool value) {
  before_value();
  out_->append(value ? "true" : "false");
}

void JsonWriter::null() {
  before_value();
  out_->append("null");
}

}  // namespace fedgate
