// JSON by nlohmann-json's event parser, which validates and does not recurse. It tells no places,
// so each event's place is found by walking the source in step.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "schema/diag/message.h"
#include "schema/yaml/byte_gate.h"
#include "schema/yaml/reader.h"
#include "schema/yaml/text_scan.h"
#include "schema/yaml/tree_builder.h"

namespace fedgate::yaml {

namespace {

namespace messages = diag::messages;

class JsonHandler final : public nlohmann::json_sax<nlohmann::json> {
 public:
  JsonHandler(std::string_view text, std::uint32_t begin, TreeBuilder& builder)
      : text_(text), begin_(begin), builder_(&builder) {
    builder.start_document(begin);
  }

  auto null() -> bool override {
    builder_->add_null(next(), 0);
    return true;
  }
  auto boolean(bool value) -> bool override { return add(value ? "true" : "false"); }
  auto number_integer(number_integer_t /*value*/) -> bool override { return add_number(); }
  auto number_unsigned(number_unsigned_t /*value*/) -> bool override { return add_number(); }
  auto number_float(number_float_t /*value*/, const string_t& /*text*/) -> bool override {
    return add_number();
  }
  auto string(string_t& value) -> bool override { return add(value); }
  auto binary(binary_t& /*value*/) -> bool override { return false; }
  auto start_object(std::size_t /*size*/) -> bool override { return start(Kind::mapping); }
  auto key(string_t& value) -> bool override { return add(value); }
  auto end_object() -> bool override { return end(); }
  auto start_array(std::size_t /*size*/) -> bool override { return start(Kind::sequence); }
  auto end_array() -> bool override { return end(); }

  auto parse_error(std::size_t position, const std::string& /*last*/,
                   const nlohmann::json::exception& error) -> bool override {
    // The position counts the bytes read, the offending one included.
    const auto size = static_cast<std::uint32_t>(text_.size());
    error_at_ = std::min(begin_ + static_cast<std::uint32_t>(position), size);
    error_ = describe(error.what());
    return false;
  }

  // What the parser said is wrong, or nothing.
  [[nodiscard]] auto error() const -> const std::string& { return error_; }
  // One past the last byte that the parser looked at.
  [[nodiscard]] auto error_at() const -> std::uint32_t { return error_at_; }
  // The first byte after all that was understood.
  [[nodiscard]] auto next() const -> std::uint32_t {
    std::uint32_t at = builder_->position();
    while (at < text_.size() &&
           (is_blank(text_[at]) || is_break(text_[at]) || text_[at] == ',' || text_[at] == ':')) {
      ++at;
    }
    return at;
  }

 private:
  auto add(std::string_view value) -> bool {
    builder_->add_scalar(next(), 0, value);
    return !builder_->stopped();
  }
  // Numbers keep the text that they were written with.
  auto add_number() -> bool {
    const std::uint32_t at = next();
    return add(text_.substr(at, word_end(text_, at, ",]}") - at));
  }
  auto start(Kind kind) -> bool {
    builder_->start_collection({kind, next(), 0, false, true});
    return !builder_->stopped();
  }
  auto end() -> bool {
    builder_->end_collection();
    return true;
  }

  // The library's sentence without its prefix, and without the bytes last read, which the place
  // shows: "[json…] parse error at line 1, column 3: syntax error while parsing value - WHAT; last
  // read: '…'; expected …".
  [[nodiscard]] static auto describe(std::string_view what) -> std::string {
    for (const std::string_view before : {"] ", "syntax error while parsing ", " - "}) {
      const std::size_t found = what.find(before);
      what.remove_prefix(found == std::string_view::npos ? 0 : found + before.size());
    }
    const std::size_t last = what.find("; last read: ");
    const std::size_t expected = what.find("; expected ");
    std::string text(what.substr(0, std::min(last, expected)));
    if (expected != std::string_view::npos) {
      text += describe_expected(what.substr(expected));
    }
    std::replace(text.begin(), text.end(), '\'', '`');
    return text;
  }

  // What the grammar allows there, where the library names less or more than that.
  [[nodiscard]] static auto describe_expected(std::string_view what) -> std::string_view {
    struct Phrase {
      std::string_view theirs;
      std::string_view ours;
    };
    constexpr std::array<Phrase, 4> kPhrases = {{
        {"; expected '}'", "; expected `,` or `}`"},
        {"; expected ']'", "; expected `,` or `]`"},
        {"; expected '[', '{', or a literal", "; expected a value"},
        {"; expected string literal", "; expected a key in double quotes"},
    }};
    for (const Phrase& phrase : kPhrases) {
      if (what == phrase.theirs) {
        return phrase.ours;
      }
    }
    return what;
  }

  std::string_view text_;
  std::uint32_t begin_;
  TreeBuilder* builder_;
  std::string error_;
  std::uint32_t error_at_ = 0;
};

void report_error(source::FileId file, std::string_view text, const JsonHandler& handler,
                  const TreeBuilder& builder, diag::Sink& sink) {
  // From the token in which the error lies to the byte that gave it away.
  const std::uint32_t end = handler.error_at();
  const std::uint32_t begin = std::min(handler.next(), end > 0 ? end - 1 : 0);
  const OpenBracket bracket = builder.open_bracket();
  const bool at_end = handler.next() >= text.size();
  if (byte_at(text, begin) == '"' && (end >= text.size() || byte_at(text, end - 1) == '\n') &&
      text.substr(begin + 1, end - begin - 1).find('"') == std::string_view::npos) {
    sink.report({file, begin, begin + 1}, messages::unclosed_quote, "\"");
  } else if (at_end && bracket.exists()) {
    const bool list = text[bracket.begin] == '[';
    sink.report({file, bracket.begin, bracket.begin + 1}, messages::unclosed_bracket,
                list ? "[" : "{", list ? "]" : "}");
  } else {
    sink.report({file, begin, end}, messages::json_syntax_error, handler.error());
  }
}

}  // namespace

auto read_json(const source::Sources& sources, source::FileId file, diag::Sink& sink,
               const Limits& limits) -> Tree {
  const std::string_view text = sources[file].text;
  const GateResult gate = check_encoding(file, text, limits.bytes, sink);
  if (!gate.passed) {
    return {};
  }
  if (text.find_first_not_of(" \t\r\n", gate.begin) == std::string_view::npos) {
    sink.report({file, gate.begin, gate.begin}, messages::empty_file);
    return {};
  }
  const std::string_view body = text.substr(gate.begin);
  if (body.starts_with(kByteOrderMark)) {
    // A second one, which the parser would pass over without counting it.
    const auto end = gate.begin + static_cast<std::uint32_t>(kByteOrderMark.size());
    sink.report({file, gate.begin, end}, messages::forbidden_character,
                std::string(kByteOrderMarkName));
    return {};
  }
  TreeBuilder builder(file, text, limits, sink);
  JsonHandler handler(text, gate.begin, builder);
  if (nlohmann::json::sax_parse(body.begin(), body.end(), &handler)) {
    return builder.take_tree();
  }
  if (!handler.error().empty()) {
    report_error(file, text, handler, builder, sink);
  }
  return {};
}

}  // namespace fedgate::yaml
