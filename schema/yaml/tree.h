// The document tree: what a YAML or JSON file says, every key and value with its byte range.
// Scalars stay text; their own types read them later.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "schema/source/span.h"

namespace fedgate::yaml {

using NodeId = std::uint32_t;

inline constexpr NodeId kNoNode = 0xFFFFFFFFU;

// `null` is a plain empty scalar or `~`/`null`; `alias` stands for the node that it names, so the
// tree may be a directed graph without cycles (resolve() looks through it).
enum class Kind : std::uint8_t { null, scalar, sequence, mapping, alias };

// How a scalar was written. Only a plain scalar may be read as something else than text; one with
// the tag `!` or `!!str` counts as single-quoted.
enum class Style : std::uint8_t { plain, single_quoted, double_quoted, literal, folded };

struct Node {
  Kind kind = Kind::null;
  Style style = Style::plain;
  // Of a sequence or mapping: written in brackets. `[key: value]` is a list of one mapping without
  // brackets of its own.
  bool flow = false;
  // Byte range without anchor and tag: quotes and brackets included; of a block collection from the
  // first byte of its first entry to the last byte of its last; of a block scalar from its `|` or
  // `>` to the end of its last line without the line end; of an empty value the empty range right
  // after the `:` or `-` that announces it, or after its anchor or tag. A child lies inside its
  // parent, and siblings stand one after the other.
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  // Of an alias, its target.
  NodeId target = kNoNode;
  // Children are a linked list in document order. In a mapping they alternate key, value.
  NodeId first_child = kNoNode;
  NodeId next_sibling = kNoNode;
  // Number of children; of a mapping, the number of pairs.
  std::uint32_t size = 0;
  // Of a scalar: its content with escapes resolved and lines folded. Points into the source text
  // where that holds the very same bytes, else into the tree.
  std::string_view text;
};

// One document of one file.
struct Tree {
  source::FileId file = source::kNoFile;
  // In document order, root first; empty where the file could not be read as a document.
  std::vector<Node> nodes;
  // Texts that differ from the bytes of the file.
  std::deque<std::string> owned;

  [[nodiscard]] auto empty() const -> bool { return nodes.empty(); }
  [[nodiscard]] auto root() const -> const Node& { return nodes.front(); }
  [[nodiscard]] auto operator[](NodeId id) const -> const Node& { return nodes[id]; }
  // The node itself, or what an alias stands for.
  [[nodiscard]] auto resolve(NodeId id) const -> const Node& {
    return nodes[id].kind == Kind::alias ? nodes[nodes[id].target] : nodes[id];
  }
  [[nodiscard]] auto span(const Node& node) const -> source::Span {
    return {file, node.begin, node.end};
  }
};

}  // namespace fedgate::yaml
