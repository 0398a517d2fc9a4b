#include "schema/yaml/syntax_error.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "schema/diag/message.h"
#include "schema/yaml/text_scan.h"

namespace fedgate::yaml {

namespace {

namespace messages = diag::messages;
using source::Span;

class Reporter {
 public:
  Reporter(const SyntaxError& error, std::string_view text, const TreeBuilder& builder,
           const Limits& limits, diag::Sink& sink)
      : error_(&error),
        text_(text),
        builder_(&builder),
        limits_(limits),
        sink_(&sink),
        at_(error.offset) {}

  void report();
  [[nodiscard]] auto report_tabs(const std::vector<std::uint32_t>& tabs) -> bool;

 private:
  [[nodiscard]] auto span(std::uint32_t begin, std::uint32_t end) const -> Span {
    const auto size = static_cast<std::uint32_t>(text_.size());
    return {builder_->tree().file, std::min(begin, size), std::min(end, size)};
  }
  [[nodiscard]] auto character(std::uint32_t at) const -> Span {
    return span(at, code_point_end(text_, at));
  }
  [[nodiscard]] auto word(std::uint32_t at) const -> Span {
    return span(at, std::max(word_end(text_, at, ",[]{}"), code_point_end(text_, at)));
  }
  [[nodiscard]] auto starts_line(std::uint32_t at) const -> bool {
    return skip_blanks(text_, line_start(text_, at)) == at;
  }
  auto syntax(Span where, const std::string& what, const std::string& help) -> diag::Sink::Draft {
    return sink_->report(where, messages::yaml_syntax_error, what).help(help);
  }

  void report_content();
  void report_flow();
  void report_colon();
  void report_unmatched_bracket();
  void report_indicator();
  void report_unclosed_quote();
  void report_escape();
  void report_block_header();
  void report_other();

  const SyntaxError* error_;
  std::string_view text_;
  const TreeBuilder* builder_;
  Limits limits_;
  diag::Sink* sink_;
  std::uint32_t at_;
};

// A key or item was due, or the end of the mapping or list.
void Reporter::report_content() {
  const Tree& tree = builder_->tree();
  const Node* before = tree.empty() ? nullptr : &tree.nodes.back();
  const bool quoted =
      before != nullptr && before->kind == Kind::scalar && before->end == builder_->position() &&
      before->end <= at_ &&
      (byte_at(text_, before->begin) == '"' || byte_at(text_, before->begin) == '\'');
  if (quoted && line_start(text_, at_) == line_start(text_, before->end)) {
    auto draft = sink_->report(word(at_), messages::text_after_quote, quote_word(text_, at_));
    if (line_start(text_, before->begin) != line_start(text_, before->end)) {
      draft.note(character(before->begin), "the quote that closes before it opened here");
    }
    return;
  }
  if (byte_at(text_, at_) == '*' && !starts_line(at_)) {
    syntax(word(at_), "an alias takes no anchor and no tag", "remove the anchor or tag before it");
    return;
  }
  if (starts_line(at_)) {
    sink_->report(word(at_), messages::misaligned_line, quote_word(text_, at_));
    return;
  }
  syntax(word(at_), fmt::format("`{}` cannot follow here", quote_word(text_, at_)),
         "start a new line, or put the whole text in quotes");
}

// Inside brackets, neither a separator nor the closing bracket.
void Reporter::report_flow() {
  const OpenBracket bracket = builder_->open_bracket();
  if (!bracket.exists()) {
    report_other();
    return;
  }
  const char opening = text_[bracket.begin];
  const std::string closing(1, opening == '[' ? ']' : '}');
  const std::uint32_t next = skip_trivia(text_, at_);
  const bool at_end = next >= text_.size();
  if (at_end || line_start(text_, next) != line_start(text_, bracket.begin)) {
    auto draft = sink_->report(character(bracket.begin), messages::unclosed_bracket,
                               std::string(1, opening), closing);
    if (!at_end) {
      draft.note(word(next),
                 fmt::format("this cannot stand inside the brackets; `,` or `{}` is due", closing));
    }
    return;
  }
  sink_->report(word(next), messages::missing_comma, quote_word(text_, next), closing)
      .note(character(bracket.begin), "the bracket opened here");
}

void Reporter::report_colon() {
  // `-<tab>key: value`: a tab cannot indent the mapping that starts after the dash.
  const std::uint32_t start = skip_blanks(text_, line_start(text_, at_));
  const std::uint32_t after = start + 1;
  const char indicator = byte_at(text_, start);
  if ((indicator == '-' || indicator == '?') && is_blank(byte_at(text_, after))) {
    const std::size_t tab = text_.substr(after, skip_blanks(text_, after) - after).find('\t');
    if (tab != std::string_view::npos) {
      sink_->report(character(after + static_cast<std::uint32_t>(tab)), messages::tab_indent);
      return;
    }
  }
  // A key that is indented further than the value above it, and was read as more of that value.
  const Tree& tree = builder_->tree();
  const Node* before = tree.empty() ? nullptr : &tree.nodes.back();
  if (before != nullptr && before->kind == Kind::scalar && before->style == Style::plain &&
      before->end == at_ && line_start(text_, before->begin) != line_start(text_, at_)) {
    sink_
        ->report(span(start, at_ + 1), messages::misaligned_line,
                 std::string(text_.substr(start, at_ + 1 - start)))
        .note(span(before->begin, line_end(text_, before->begin)), "it continues this text");
    return;
  }
  // A line without a colon, which the parser joined with the next one.
  const std::uint32_t text = skip_trivia(text_, builder_->position());
  if (starts_line(text) && line_end(text_, text) < line_start(text_, at_)) {
    report_missing_colon(span(text, line_end(text_, text)), text_, *sink_);
    return;
  }
  sink_->report(character(at_), messages::misplaced_colon);
}

void Reporter::report_unmatched_bracket() {
  auto draft = sink_->report(character(at_), messages::unmatched_bracket, quote_word(text_, at_));
  const OpenBracket bracket = builder_->open_bracket();
  if (bracket.exists()) {
    draft.note(character(bracket.begin),
               fmt::format("`{}` is open since here", text_[bracket.begin]));
  }
}

void Reporter::report_indicator() {
  const Span where = character(at_);
  const std::string_view indicator = text_.substr(where.begin, where.end - where.begin);
  const char before = at_ > 0 ? text_[at_ - 1] : ' ';
  if (indicator == "?" && !is_blank(before) && !is_break(before) && before != '[' &&
      before != '{' && before != ',') {
    // YAML 1.2 allows it; yaml-cpp 0.7 does not.
    syntax(where, "`?` cannot stand in plain text inside brackets", "put the text in quotes");
    return;
  }
  sink_->report(where, messages::unquoted_indicator,
                indicator == "`" ? "a backtick" : fmt::format("`{}`", indicator));
}

// The parser met the end of the file or of the document; the quote is the first after the last
// node.
void Reporter::report_unclosed_quote() {
  std::uint32_t at = builder_->position();
  while (at < at_ && byte_at(text_, at) != '"' && byte_at(text_, at) != '\'') {
    at = byte_at(text_, at) == '#' ? line_end(text_, at) : at + 1;
  }
  sink_->report(character(at), messages::unclosed_quote, quote_word(text_, at).substr(0, 1));
}

void Reporter::report_escape() {
  const std::size_t slash = text_.substr(0, at_).rfind('\\');
  const auto begin = slash == std::string_view::npos ? at_ : static_cast<std::uint32_t>(slash);
  std::uint32_t end = code_point_end(text_, begin + 1);
  // The digits of `\x`, `\u` and `\U`, up to what is none.
  while (end < at_ && !is_gap(text_, end) && text_[end] != '"') {
    end = code_point_end(text_, end);
  }
  sink_->report(span(begin, end), messages::invalid_escape,
                std::string(text_.substr(begin, end - begin)));
}

void Reporter::report_block_header() {
  if (byte_at(text_, at_) == '0' || (at_ > 0 && text_[at_ - 1] == '0')) {
    const std::uint32_t zero = byte_at(text_, at_) == '0' ? at_ : at_ - 1;
    syntax(character(zero), "a block text is indented by 1 to 9 spaces", "leave the digit out");
    return;
  }
  syntax(word(at_), fmt::format("`{}` cannot follow `|` or `>`", quote_word(text_, at_)),
         "start the text on the next line, or put it in quotes");
}

void Reporter::report_other() {
  syntax(word(at_), error_->detail, "correct the syntax at this place");
}

void Reporter::report() {
  switch (error_->defect) {
    case Defect::misplaced_content:
      return report_content();
    case Defect::broken_flow:
      return report_flow();
    case Defect::misplaced_colon:
      return report_colon();
    case Defect::misplaced_question_mark:
      syntax(character(at_), "`?` starts a key, and a key cannot stand here",
             "put the text in quotes");
      return;
    case Defect::misplaced_dash:
      sink_->report(character(at_), messages::misplaced_dash);
      return;
    case Defect::unmatched_bracket:
      return report_unmatched_bracket();
    case Defect::unquoted_indicator:
      return report_indicator();
    case Defect::unclosed_quote:
      return report_unclosed_quote();
    case Defect::tab:
      sink_->report(character(at_), messages::tab_indent);
      return;
    case Defect::bad_escape:
      return report_escape();
    case Defect::bad_block_header:
      return report_block_header();
    case Defect::undefined_alias:
      sink_->report(word(at_), messages::undefined_alias,
                    std::string(text_.substr(at_ + 1, word(at_).end - at_ - 1)));
      return;
    case Defect::bad_anchor_name:
      syntax(character(at_), "the name of an anchor or alias is missing or malformed",
             "if it is text, put it in quotes");
      return;
    case Defect::repeated_property:
      syntax(word(at_), "a value takes one anchor and one tag", "remove this one");
      return;
    case Defect::bad_tag:
      syntax(word(at_), "the tag is malformed", "remove the tag; if it is text, put it in quotes");
      return;
    case Defect::bad_directive:
      sink_
          ->report(span(at_, line_end(text_, at_)), messages::unsupported_directive,
                   std::string(text_.substr(at_, line_end(text_, at_) - at_)))
          .help("write `%YAML 1.2`, or remove the line");
      return;
    case Defect::too_deep:
      sink_->report(character(at_), messages::deep_nesting, limits_.depth);
      return;
    case Defect::look_ahead:
      sink_->report(character(skip_trivia(text_, at_)), messages::oversized_flow,
                    static_cast<std::size_t>(kLookAhead >> 10U));
      return;
    case Defect::other:
      return report_other();
  }
}

// Tabs up to the line of the error, and not behind a bracket whose event has not come yet.
auto Reporter::report_tabs(const std::vector<std::uint32_t>& tabs) -> bool {
  const Defect defect = error_->defect;
  if (defect == Defect::unclosed_quote || defect == Defect::bad_escape ||
      defect == Defect::look_ahead || defect == Defect::tab) {
    return false;
  }
  const std::uint32_t begin = builder_->position();
  const std::uint32_t bracket = builder_->open_bracket().begin;
  const std::size_t pending = text_.find_first_of("[{", begin);
  bool found = false;
  for (const std::uint32_t tab : find_indenting_tabs(builder_->tree(), tabs)) {
    if (tab > line_end(text_, at_) || tab > bracket || tab > pending) {
      break;
    }
    sink_->report(character(tab), messages::tab_indent);
    found = true;
  }
  return found;
}

}  // namespace

void report_missing_colon(const Span& where, std::string_view text, diag::Sink& sink) {
  const std::string_view key = text.substr(where.begin, where.end - where.begin);
  auto draft = sink.report(where, messages::missing_colon, quote_word(text, where.begin));
  if (key.find(':') != std::string_view::npos) {
    draft.help("write a space after the `:`; without it, it is part of the text");
  }
}

auto find_indenting_tabs(const Tree& tree, const std::vector<std::uint32_t>& tabs)
    -> std::vector<std::uint32_t> {
  std::vector<std::uint32_t> indenting;
  if (tabs.empty()) {
    return indenting;
  }
  // Nodes stand in the order of their first byte, so one walk over both lists is enough.
  std::uint32_t covered = 0;
  auto node = tree.nodes.begin();
  for (const std::uint32_t tab : tabs) {
    for (; node != tree.nodes.end() && node->begin < tab; ++node) {
      if (node->kind == Kind::scalar || node->flow) {
        covered = std::max(covered, node->end);
      }
    }
    if (tab >= covered) {
      indenting.push_back(tab);
    }
  }
  return indenting;
}

void report_syntax_error(const SyntaxError& error, std::string_view text,
                         const TreeBuilder& builder, const std::vector<std::uint32_t>& tabs,
                         const Limits& limits, diag::Sink& sink) {
  Reporter reporter(error, text, builder, limits, sink);
  if (!reporter.report_tabs(tabs)) {
    reporter.report();
  }
}

}  // namespace fedgate::yaml
