#include "schema/yaml/yaml_events.h"

#include <array>
#include <cstddef>
#include <istream>
#include <streambuf>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

namespace fedgate::yaml {

namespace {

// Ends a parse from inside an event; caught in parse_events.
struct Stop {};
struct LookAheadExceeded {};

struct KnownMessage {
  const char* text;
  Defect defect;
};

// yaml-cpp's messages; some continue with the offending text.
const std::array kMessages = {
    KnownMessage{YAML::ErrorMsg::END_OF_MAP_FLOW, Defect::broken_flow},
    KnownMessage{YAML::ErrorMsg::END_OF_SEQ_FLOW, Defect::broken_flow},
    KnownMessage{YAML::ErrorMsg::END_OF_MAP, Defect::misplaced_content},
    KnownMessage{YAML::ErrorMsg::END_OF_SEQ, Defect::misplaced_content},
    KnownMessage{YAML::ErrorMsg::MAP_VALUE, Defect::misplaced_colon},
    KnownMessage{YAML::ErrorMsg::MAP_KEY, Defect::misplaced_question_mark},
    KnownMessage{YAML::ErrorMsg::BLOCK_ENTRY, Defect::misplaced_dash},
    KnownMessage{YAML::ErrorMsg::FLOW_END, Defect::unmatched_bracket},
    KnownMessage{YAML::ErrorMsg::UNKNOWN_TOKEN, Defect::unquoted_indicator},
    KnownMessage{YAML::ErrorMsg::DOC_IN_SCALAR, Defect::unclosed_quote},
    KnownMessage{YAML::ErrorMsg::EOF_IN_SCALAR, Defect::unclosed_quote},
    KnownMessage{YAML::ErrorMsg::TAB_IN_INDENTATION, Defect::tab},
    KnownMessage{YAML::ErrorMsg::INVALID_ESCAPE, Defect::bad_escape},
    KnownMessage{YAML::ErrorMsg::INVALID_HEX, Defect::bad_escape},
    KnownMessage{YAML::ErrorMsg::INVALID_UNICODE, Defect::bad_escape},
    KnownMessage{YAML::ErrorMsg::ZERO_INDENT_IN_BLOCK, Defect::bad_block_header},
    KnownMessage{YAML::ErrorMsg::CHAR_IN_BLOCK, Defect::bad_block_header},
    KnownMessage{YAML::ErrorMsg::UNKNOWN_ANCHOR, Defect::undefined_alias},
    KnownMessage{YAML::ErrorMsg::ALIAS_NOT_FOUND, Defect::bad_anchor_name},
    KnownMessage{YAML::ErrorMsg::ANCHOR_NOT_FOUND, Defect::bad_anchor_name},
    KnownMessage{YAML::ErrorMsg::CHAR_IN_ALIAS, Defect::bad_anchor_name},
    KnownMessage{YAML::ErrorMsg::CHAR_IN_ANCHOR, Defect::bad_anchor_name},
    KnownMessage{YAML::ErrorMsg::MULTIPLE_TAGS, Defect::repeated_property},
    KnownMessage{YAML::ErrorMsg::MULTIPLE_ANCHORS, Defect::repeated_property},
    KnownMessage{YAML::ErrorMsg::MULTIPLE_ALIASES, Defect::repeated_property},
    KnownMessage{YAML::ErrorMsg::ALIAS_CONTENT, Defect::repeated_property},
    KnownMessage{YAML::ErrorMsg::CHAR_IN_TAG_HANDLE, Defect::bad_tag},
    KnownMessage{YAML::ErrorMsg::TAG_WITH_NO_SUFFIX, Defect::bad_tag},
    KnownMessage{YAML::ErrorMsg::END_OF_VERBATIM_TAG, Defect::bad_tag},
    KnownMessage{YAML::ErrorMsg::YAML_DIRECTIVE_ARGS, Defect::bad_directive},
    KnownMessage{YAML::ErrorMsg::YAML_VERSION, Defect::bad_directive},
    KnownMessage{YAML::ErrorMsg::YAML_MAJOR_VERSION, Defect::bad_directive},
    KnownMessage{YAML::ErrorMsg::REPEATED_YAML_DIRECTIVE, Defect::bad_directive},
    KnownMessage{YAML::ErrorMsg::TAG_DIRECTIVE_ARGS, Defect::bad_directive},
    KnownMessage{YAML::ErrorMsg::REPEATED_TAG_DIRECTIVE, Defect::bad_directive},
    KnownMessage{YAML::ErrorMsg::BAD_FILE, Defect::too_deep},
};

auto classify(const std::string& message) -> Defect {
  for (const KnownMessage& known : kMessages) {
    if (message.rfind(known.text, 0) == 0) {
      return known.defect;
    }
  }
  return Defect::other;
}

// Lets yaml-cpp read a text in place, and watches how far its reading is ahead of its events.
class TextBuffer final : public std::streambuf {
 public:
  explicit TextBuffer(std::string_view text) {
    // The get area is read only: no member here writes to it, and yaml-cpp puts back what it got.
    char* begin = const_cast<char*>(text.data());  // NOLINT(cppcoreguidelines-pro-type-const-cast)
    setg(begin, begin, begin + text.size());
  }

  // An event for this offset of the text has come.
  void reach(std::uint32_t offset) { reached_ = offset; }

 protected:
  auto xsgetn(char* to, std::streamsize count) -> std::streamsize override {
    if (gptr() - eback() > static_cast<std::ptrdiff_t>(reached_) + kLookAhead) {
      throw LookAheadExceeded();
    }
    return std::streambuf::xsgetn(to, count);
  }

 private:
  std::uint32_t reached_ = 0;
};

class Handler final : public YAML::EventHandler {
 public:
  Handler(TextBuffer& buffer, std::uint32_t begin, TreeBuilder& builder)
      : buffer_(&buffer), begin_(begin), builder_(&builder) {}

  void OnDocumentStart(const YAML::Mark& mark) override { builder_->start_document(offset(mark)); }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    builder_->add_null(offset(mark), anchor);
    check();
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    builder_->add_alias(offset(mark), anchor);
    check();
  }
  void OnScalar(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                const std::string& value) override {
    builder_->add_scalar(offset(mark), anchor, value);
    check();
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    builder_->start_collection(
        {Kind::sequence, offset(mark), anchor, tag != "?", style == YAML::EmitterStyle::Flow});
    check();
  }
  void OnSequenceEnd() override { builder_->end_collection(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    builder_->start_collection(
        {Kind::mapping, offset(mark), anchor, tag != "?", style != YAML::EmitterStyle::Block});
    check();
  }
  void OnMapEnd() override { builder_->end_collection(); }

 private:
  auto offset(const YAML::Mark& mark) -> std::uint32_t {
    const auto position = static_cast<std::uint32_t>(mark.pos);
    buffer_->reach(position);
    return begin_ + position;
  }
  void check() const {
    if (builder_->stopped()) {
      throw Stop();
    }
  }

  TextBuffer* buffer_;
  std::uint32_t begin_;
  TreeBuilder* builder_;
};

}  // namespace

auto parse_events(std::string_view text, std::uint32_t begin, TreeBuilder& builder)
    -> std::optional<SyntaxError> {
  TextBuffer buffer(text.substr(begin));
  std::istream stream(&buffer);
  // Lets an exception of the buffer through, which a stream else turns into an end of file.
  stream.exceptions(std::ios::badbit);
  Handler handler(buffer, begin, builder);
  try {
    YAML::Parser parser(stream);
    parser.HandleNextDocument(handler);
  } catch (const Stop&) {
    return std::nullopt;
  } catch (const LookAheadExceeded&) {
    return SyntaxError{Defect::look_ahead, builder.position(), {}};
  } catch (const YAML::Exception& error) {
    const bool placed = !error.mark.is_null() && error.mark.pos >= 0;
    const auto end = static_cast<std::uint32_t>(text.size());
    const std::uint32_t offset =
        placed ? begin + static_cast<std::uint32_t>(error.mark.pos) : builder.position();
    return SyntaxError{classify(error.msg), offset < end ? offset : end, error.msg};
  }
  return std::nullopt;
}

}  // namespace fedgate::yaml
