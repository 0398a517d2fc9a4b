// Builds a document tree from a parser's events: finds each node's range in the source, and reports
// what YAML allows and a spec does not. Private to schema/yaml; yaml_events.cpp drives it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/diag/sink.h"
#include "schema/source/span.h"
#include "schema/yaml/reader.h"
#include "schema/yaml/tree.h"

namespace fedgate::yaml {

// A flow collection that is still open.
struct OpenBracket {
  std::uint32_t begin = kNoNode;
  [[nodiscard]] auto exists() const -> bool { return begin != kNoNode; }
};

// The start of a sequence or mapping as the parser tells it.
struct CollectionStart {
  Kind kind = Kind::mapping;
  // Of the first anchor or tag where there is any.
  std::uint32_t offset = 0;
  // Anchors are numbered from 1 in the order of the document; 0 is none.
  std::size_t anchor = 0;
  bool tagged = false;
  bool flow = false;
};

class TreeBuilder {
 public:
  // `text` must outlive the tree. Everything is reported to `sink`.
  TreeBuilder(source::FileId file, std::string_view text, const Limits& limits, diag::Sink& sink);

  void start_document(std::uint32_t offset);
  // `offset` is that of the next token where nothing is written.
  void add_null(std::uint32_t offset, std::size_t anchor);
  void add_alias(std::uint32_t offset, std::size_t anchor);
  void add_scalar(std::uint32_t offset, std::size_t anchor, std::string_view value);
  void start_collection(const CollectionStart& start);
  void end_collection();

  // Whether a finding was such that reading on makes no sense.
  [[nodiscard]] auto stopped() const -> bool { return stopped_; }
  // One past the last byte that is part of the tree so far.
  [[nodiscard]] auto position() const -> std::uint32_t { return position_; }
  // The innermost pair of brackets that is still open.
  [[nodiscard]] auto open_bracket() const -> OpenBracket;
  // Whether the root is an empty value that nothing was written for.
  [[nodiscard]] auto nothing_written() const -> bool;
  [[nodiscard]] auto tree() const -> const Tree& { return tree_; }
  [[nodiscard]] auto take_tree() -> Tree { return std::move(tree_); }

 private:
  struct Frame {
    NodeId node = kNoNode;
    // Of the last pair or item that was kept.
    NodeId last = kNoNode;
    // Of a mapping whose value is due: its key, and whether the pair is left out.
    NodeId key = kNoNode;
    bool drop = false;
    // A mapping of one pair in a flow sequence, without braces.
    bool compact = false;
    // Any child so far, kept or not.
    bool started = false;
    std::size_t anchor = 0;
    // Nodes below, with aliases written out.
    std::uint64_t expanded = 0;
  };
  struct Anchor {
    NodeId node = kNoNode;
    std::uint64_t expanded = 0;
    bool open = false;
  };
  // An anchor and a tag before a node's content.
  struct Properties {
    std::uint32_t end = 0;
    bool any = false;
    // The tag is `!` or `!!str`: the content is text, whatever it looks like.
    bool text = false;
  };

  [[nodiscard]] auto span(std::uint32_t begin, std::uint32_t end) const -> source::Span {
    return {tree_.file, begin, end};
  }
  auto read_properties(std::uint32_t at, int anchors, int tags, Kind kind) -> Properties;
  auto read_tag(std::uint32_t begin, std::uint32_t end, Kind kind) -> bool;
  [[nodiscard]] auto is_own_token(std::uint32_t announced, std::uint32_t at) const -> bool;
  [[nodiscard]] auto find_announcement(std::uint32_t offset) const -> std::uint32_t;
  auto add_node(Kind kind, std::uint32_t begin, std::uint32_t end) -> NodeId;
  void set_anchor(std::size_t anchor, NodeId node, std::uint64_t expanded, bool open);
  void attach(NodeId id, std::uint64_t expanded);
  void attach_key(Frame& frame, NodeId id);
  [[nodiscard]] auto find_closing(const Frame& frame) const -> std::uint32_t;

  std::string_view text_;
  Limits limits_;
  diag::Sink* sink_;
  Tree tree_;
  std::vector<Frame> frames_;
  std::vector<Anchor> anchors_;
  // All nodes so far, with aliases written out.
  std::uint64_t expanded_ = 0;
  std::uint32_t position_ = 0;
  bool stopped_ = false;
  bool over_budget_ = false;
};

}  // namespace fedgate::yaml
