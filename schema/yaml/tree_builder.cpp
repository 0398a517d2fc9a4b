#include "schema/yaml/tree_builder.h"

#include <algorithm>
#include <array>

#include "schema/diag/message.h"
#include "schema/source/source_file.h"
#include "schema/yaml/key_check.h"
#include "schema/yaml/scalar_range.h"
#include "schema/yaml/syntax_error.h"
#include "schema/yaml/text_scan.h"

namespace fedgate::yaml {

namespace {

namespace messages = diag::messages;

// What ends an anchor's name beside white space.
constexpr std::string_view kFlowIndicators = "[]{},";

auto is_flow_stop(char byte) -> bool { return byte == ',' || byte == ']' || byte == '}'; }

// The length of a written null at `at` (YAML 1.2.2, section 10.3.2), or 0.
auto null_length(std::string_view text, std::uint32_t at) -> std::uint32_t {
  constexpr std::array<std::string_view, 4> kNulls = {"~", "null", "Null", "NULL"};
  for (const std::string_view word : kNulls) {
    const auto end = at + static_cast<std::uint32_t>(word.size());
    if (at < text.size() && text.substr(at, word.size()) == word &&
        (is_gap(text, end) || is_flow_stop(text[end]) || text[end] == ':' || text[end] == '?' ||
         text[end] == '[' || text[end] == '{')) {
      return static_cast<std::uint32_t>(word.size());
    }
  }
  return 0;
}

// Characters of a tag (YAML 1.2.2, section 5.6, ns-tag-char) and the `!` of its handle.
auto is_tag_character(char byte) -> bool {
  constexpr std::string_view kMarks = "!-#;/?:@&=+$_.~*'()%";
  return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= 'a' && byte <= 'z') || kMarks.find(byte) != std::string_view::npos;
}

auto tag_end(std::string_view text, std::uint32_t at) -> std::uint32_t {
  if (byte_at(text, at + 1) == '<') {
    const std::size_t close = text.find('>', at);
    return close == std::string_view::npos ? static_cast<std::uint32_t>(text.size())
                                           : static_cast<std::uint32_t>(close) + 1;
  }
  while (at < text.size() && is_tag_character(text[at])) {
    ++at;
  }
  return at;
}

// The name of a tag of YAML's own schemas, e.g. `int`, or nothing.
auto standard_tag_name(std::string_view tag) -> std::string_view {
  constexpr std::string_view kVerbatim = "!<tag:yaml.org,2002:";
  if (tag.substr(0, kVerbatim.size()) == kVerbatim) {
    return tag.substr(kVerbatim.size(), tag.size() - kVerbatim.size() - 1);
  }
  return tag.substr(0, 2) == "!!" ? tag.substr(2) : std::string_view();
}

// yaml-cpp gives the escapes `\N` and `\_` as single bytes; as UTF-8, U+0085 and U+00A0 have two.
auto with_whole_characters(std::string_view value) -> std::string {
  std::string whole;
  for (std::size_t at = source::find_invalid_utf8(value); at != std::string_view::npos;
       at = source::find_invalid_utf8(value)) {
    whole += value.substr(0, at);
    whole += '\xC2';
    whole += value[at];
    value.remove_prefix(at + 1);
  }
  whole += value;
  return whole;
}

auto is_core_tag(std::string_view name) -> bool {
  constexpr std::array<std::string_view, 7> kCore = {"map",  "seq",   "str", "int",
                                                     "bool", "float", "null"};
  return std::find(kCore.begin(), kCore.end(), name) != kCore.end();
}

}  // namespace

TreeBuilder::TreeBuilder(source::FileId file, std::string_view text, const Limits& limits,
                         diag::Sink& sink)
    : text_(text), limits_(limits), sink_(&sink) {
  // A node for each 8 bytes is denser than most specs, and untouched memory costs nothing.
  constexpr std::size_t kBytesPerNode = 8;
  tree_.file = file;
  tree_.nodes.reserve(text.size() / kBytesPerNode + 16);
  frames_.reserve(limits.depth);
}

void TreeBuilder::start_document(std::uint32_t offset) {
  position_ = is_document_marker(text_, offset, "---") ? offset + 3 : offset;
}

auto TreeBuilder::open_bracket() const -> OpenBracket {
  const auto flow = std::find_if(frames_.rbegin(), frames_.rend(),
                                 [&](const Frame& frame) { return tree_.nodes[frame.node].flow; });
  return flow == frames_.rend() ? OpenBracket{} : OpenBracket{tree_.nodes[flow->node].begin};
}

auto TreeBuilder::nothing_written() const -> bool {
  return tree_.nodes.size() == 1 && tree_.root().kind == Kind::null &&
         tree_.root().begin == tree_.root().end;
}

// Reports a tag that a spec must not use; returns whether it makes text of a scalar.
auto TreeBuilder::read_tag(std::uint32_t begin, std::uint32_t end, Kind kind) -> bool {
  const std::string_view tag = text_.substr(begin, end - begin);
  const std::string_view name = standard_tag_name(tag);
  const bool collection = kind == Kind::sequence || kind == Kind::mapping;
  if (tag == "!" || (name == "str" && !collection)) {
    return true;
  }
  if (is_core_tag(name)) {
    sink_->report(span(begin, end), messages::explicit_type, std::string(tag));
  } else {
    sink_->report(span(begin, end), messages::unknown_tag, std::string(tag));
  }
  return false;
}

// Reads at most so many anchors and tags: what follows them may belong to the node's first key.
auto TreeBuilder::read_properties(std::uint32_t at, int anchors, int tags, Kind kind)
    -> Properties {
  Properties properties{at, false, false};
  while (true) {
    const char byte = byte_at(text_, at);
    if (byte == '&' && anchors > 0) {
      properties.end = word_end(text_, at + 1, kFlowIndicators);
      --anchors;
    } else if (byte == '!' && tags > 0) {
      properties.end = tag_end(text_, at);
      properties.text = read_tag(at, properties.end, kind);
      --tags;
    } else {
      return properties;
    }
    properties.any = true;
    at = skip_trivia(text_, properties.end);
  }
}

// Where an empty value, key or item would stand: after the `:`, `?`, `-`, `,` or bracket before it;
// or kNowhere for the value of a key without a `:`, which the parser places at the key's start.
auto TreeBuilder::find_announcement(std::uint32_t offset) const -> std::uint32_t {
  if (frames_.empty()) {
    return position_;
  }
  const Frame& frame = frames_.back();
  const Node& node = tree_.nodes[frame.node];
  std::uint32_t at = skip_trivia(text_, position_);
  if (node.kind == Kind::mapping && frame.key != kNoNode) {
    return byte_at(text_, at) == ':' && offset > at ? at + 1 : kNowhere;
  }
  if (node.flow) {
    return frame.started && byte_at(text_, at) == ',' ? at + 1 : position_;
  }
  const char indicator = node.kind == Kind::mapping ? '?' : '-';
  return byte_at(text_, at) == indicator && is_gap(text_, at + 1) ? at + 1 : at;
}

// Whether the token at `at` can be the content that was announced before `announced`, and not the
// next item or key of a collection around it.
auto TreeBuilder::is_own_token(std::uint32_t announced, std::uint32_t at) const -> bool {
  if (at >= text_.size()) {
    return false;
  }
  if (frames_.empty()) {
    return true;
  }
  const Frame& frame = frames_.back();
  const Node& node = tree_.nodes[frame.node];
  if (node.flow || frame.compact) {
    return !is_flow_stop(text_[at]);
  }
  if (text_.substr(announced, at - announced).find('\n') == std::string_view::npos) {
    return true;
  }
  return at - line_start(text_, at) > node.begin - line_start(text_, node.begin);
}

void TreeBuilder::add_null(std::uint32_t offset, std::size_t anchor) {
  const std::uint32_t announced = find_announcement(offset);
  if (announced == kNowhere) {
    const Frame& frame = frames_.back();
    const bool explicit_key = byte_at(text_, offset) == '?' && is_gap(text_, offset + 1);
    if (!explicit_key && !tree_.nodes[frame.node].flow && !frame.compact) {
      // The parser lets the last line of a mapping go without a colon.
      report_missing_colon(tree_.span(tree_.nodes[frame.key]), text_, *sink_);
    }
    attach(add_node(Kind::null, position_, position_), 1);
    return;
  }
  std::uint32_t at = skip_trivia(text_, announced);
  bool own = at == offset && is_own_token(announced, at);
  Properties properties{announced, false, false};
  if (own) {
    properties = read_properties(at, anchor != 0 ? 1 : 0, 0, Kind::null);
    if (properties.any) {
      at = skip_trivia(text_, properties.end);
      own = is_own_token(properties.end, at);
    } else {
      properties.end = announced;
    }
  }
  const std::uint32_t length = own ? null_length(text_, at) : 0;
  NodeId node = kNoNode;
  if (length == 0) {
    node = add_node(Kind::null, properties.end, properties.end);
    if (!frames_.empty() && tree_.nodes[frames_.back().node].flow && !properties.any &&
        tree_.nodes[frames_.back().node].kind == Kind::sequence) {
      sink_->report(span(at, std::min(at + 1, static_cast<std::uint32_t>(text_.size()))),
                    messages::empty_item);
    }
  } else {
    node = add_node(Kind::null, at, at + length);
  }
  set_anchor(anchor, node, 1, false);
  attach(node, 1);
}

void TreeBuilder::add_alias(std::uint32_t offset, std::size_t anchor) {
  const std::uint32_t end = word_end(text_, offset + 1, kFlowIndicators);
  const std::string name(text_.substr(offset + 1, end - offset - 1));
  const NodeId node = add_node(Kind::alias, offset, end);
  const Anchor target = anchor < anchors_.size() ? anchors_[anchor] : Anchor{};
  std::uint64_t expanded = target.expanded;
  // Without a target the alias stays in the tree as an empty value, so that all is still walkable.
  if (target.open) {
    sink_->report(span(offset, end), messages::alias_cycle, name)
        .note(span(tree_.nodes[target.node].begin, tree_.nodes[target.node].begin + 1),
              "the node starts here");
    tree_.nodes[node].kind = Kind::null;
    expanded = 1;
  } else if (target.node == kNoNode || expanded_ + expanded > limits_.nodes) {
    if (!over_budget_) {
      over_budget_ = true;
      sink_->report(span(offset, end), messages::alias_expansion, name, limits_.nodes);
    }
    tree_.nodes[node].kind = Kind::null;
    expanded = 1;
  } else {
    tree_.nodes[node].target = target.node;
    expanded_ += expanded;
  }
  attach(node, expanded);
}

void TreeBuilder::add_scalar(std::uint32_t offset, std::size_t anchor, std::string_view value) {
  std::uint32_t begin = offset;
  bool forced = false;
  const char first = byte_at(text_, offset);
  if (first == '&' || first == '!') {
    const Properties properties = read_properties(offset, anchor != 0 ? 1 : 0, 1, Kind::scalar);
    begin = skip_trivia(text_, properties.end);
    forced = properties.text;
    constexpr std::string_view kWritesEmpty = "'\"|>*";
    if (value.empty() && (!is_own_token(properties.end, begin) ||
                          kWritesEmpty.find(byte_at(text_, begin)) == std::string_view::npos)) {
      begin = properties.end;
      const NodeId node = add_node(forced ? Kind::scalar : Kind::null, begin, begin);
      tree_.nodes[node].style = forced ? Style::single_quoted : Style::plain;
      set_anchor(anchor, node, 1, false);
      attach(node, 1);
      return;
    }
  }
  if (byte_at(text_, begin) == '*') {
    // Text cannot start with `*`: the reader has hidden an alias without anchor from the parser.
    const std::uint32_t end = word_end(text_, begin + 1, kFlowIndicators);
    sink_->report(span(begin, end), messages::undefined_alias,
                  std::string(text_.substr(begin + 1, end - begin - 1)));
    attach(add_node(Kind::null, begin, end), 1);
    return;
  }
  const ScalarRange range = find_scalar(text_, begin, value);
  if (!range.closed) {
    sink_->report(span(begin, begin + 1), messages::unclosed_quote, std::string(1, text_[begin]));
    stopped_ = true;
    return;
  }
  // Under a refused tag the parser takes a null for text.
  const bool null = begin != offset && !forced && range.style == Style::plain &&
                    null_length(text_, begin) == range.end - begin;
  const NodeId id = add_node(null ? Kind::null : Kind::scalar, begin, range.end);
  Node& node = tree_.nodes[id];
  node.style = forced && range.style == Style::plain ? Style::single_quoted : range.style;
  if (null) {
    node.text = {};
  } else if (range.verbatim != kNowhere) {
    node.text = text_.substr(range.verbatim, value.size());
  } else {
    std::string& text = tree_.owned.emplace_back(with_whole_characters(value));
    text.append(range.lost_break ? 1 : 0, '\n');
    node.text = text;
  }
  set_anchor(anchor, id, 1, false);
  attach(id, 1);
}

void TreeBuilder::start_collection(const CollectionStart& start) {
  std::uint32_t begin = start.offset;
  if (!frames_.empty()) {
    Frame& parent = frames_.back();
    Node& node = tree_.nodes[parent.node];
    if (!parent.started && node.flow && node.kind == Kind::mapping && node.begin == begin) {
      // `[{a: b}: c]`: the brace was the key's, and the mapping around it has none.
      node.flow = false;
      parent.compact = true;
    }
  }
  if (start.anchor != 0 || start.tagged) {
    const Properties properties =
        read_properties(begin, start.anchor != 0 ? 1 : 0, start.tagged ? 1 : 0, start.kind);
    begin = skip_trivia(text_, properties.end);
  }
  if (frames_.size() >= limits_.depth) {
    sink_->report(span(begin, begin + 1), messages::deep_nesting, limits_.depth);
    stopped_ = true;
    return;
  }
  const NodeId id = add_node(start.kind, begin, begin);
  Frame frame;
  frame.node = id;
  frame.anchor = start.anchor;
  if (start.flow) {
    const char bracket = start.kind == Kind::mapping ? '{' : '[';
    frame.compact = byte_at(text_, begin) != bracket;
    tree_.nodes[id].flow = !frame.compact;
    position_ = frame.compact ? begin : begin + 1;
  }
  frames_.push_back(frame);
  set_anchor(start.anchor, id, 0, true);
}

auto TreeBuilder::find_closing(const Frame& frame) const -> std::uint32_t {
  const char closing = tree_.nodes[frame.node].kind == Kind::mapping ? '}' : ']';
  std::uint32_t at = position_;
  while (true) {
    at = skip_trivia(text_, at);
    const char byte = byte_at(text_, at);
    if (byte == closing) {
      return at + 1;
    }
    if (byte != ',' && byte != ':' && byte != '?') {
      return position_;
    }
    ++at;
  }
}

void TreeBuilder::end_collection() {
  const Frame frame = frames_.back();
  frames_.pop_back();
  Node& node = tree_.nodes[frame.node];
  if (node.flow) {
    position_ = find_closing(frame);
  }
  node.end = position_;
  if (node.kind == Kind::mapping) {
    drop_duplicate_keys(tree_, frame.node, *sink_);
  }
  const std::uint64_t expanded = frame.expanded + 1;
  set_anchor(frame.anchor, frame.node, expanded, false);
  attach(frame.node, expanded);
}

auto TreeBuilder::add_node(Kind kind, std::uint32_t begin, std::uint32_t end) -> NodeId {
  Node& node = tree_.nodes.emplace_back();
  node.kind = kind;
  node.begin = begin;
  node.end = end;
  position_ = end;
  ++expanded_;
  return static_cast<NodeId>(tree_.nodes.size() - 1);
}

void TreeBuilder::set_anchor(std::size_t anchor, NodeId node, std::uint64_t expanded, bool open) {
  if (anchor == 0) {
    return;
  }
  if (anchor >= anchors_.size()) {
    anchors_.resize(anchor + 1);
  }
  anchors_[anchor] = {node, expanded, open};
}

// Hands a complete node to the collection around it.
void TreeBuilder::attach(NodeId id, std::uint64_t expanded) {
  if (frames_.empty()) {
    return;
  }
  Frame& frame = frames_.back();
  Node& parent = tree_.nodes[frame.node];
  frame.started = true;
  frame.expanded += expanded;
  NodeId first = id;
  if (parent.kind == Kind::mapping) {
    if (frame.key == kNoNode) {
      attach_key(frame, id);
      return;
    }
    first = frame.key;
    frame.key = kNoNode;
    if (frame.drop) {
      return;
    }
    tree_.nodes[first].next_sibling = id;
  }
  (frame.last == kNoNode ? parent.first_child : tree_.nodes[frame.last].next_sibling) = first;
  frame.last = id;
  ++parent.size;
}

// Takes a key, and reports one that a spec cannot have; its pair is then left out.
void TreeBuilder::attach_key(Frame& frame, NodeId id) {
  const Node& key = tree_.nodes[id];
  const source::Span where = span(key.begin, key.end);
  frame.key = id;
  frame.drop = true;
  switch (key.kind) {
    case Kind::null: {
      if (byte_at(text_, key.begin) == '*' && key.begin != key.end) {
        // An alias that has its finding already.
        return;
      }
      const std::uint32_t at = skip_trivia(text_, key.begin);
      const auto end = std::min(at + 1, static_cast<std::uint32_t>(text_.size()));
      sink_->report(key.begin == key.end ? span(at, end) : where, messages::empty_key);
      return;
    }
    case Kind::alias:
      sink_->report(where, messages::compound_key, "an alias");
      return;
    case Kind::sequence:
      sink_->report(where, messages::compound_key, "a list");
      return;
    case Kind::mapping:
      sink_->report(where, messages::compound_key, "a mapping");
      return;
    case Kind::scalar:
      break;
  }
  if (key.style == Style::plain && key.text == "<<") {
    sink_->report(where, messages::merge_key);
    return;
  }
  frame.drop = false;
}

}  // namespace fedgate::yaml
