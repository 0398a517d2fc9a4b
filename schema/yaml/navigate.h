// Reading a tree by hand, for documents that have no field table: rule packs and built-in tables.
#pragma once

#include <string_view>
#include <vector>

#include "schema/yaml/tree.h"

namespace fedgate::yaml {

// The value of `key` in a mapping; kNoNode where there is none, or `node` is no mapping. The id is
// that of the value as written, maybe an alias.
[[nodiscard]] inline auto find(const Tree& tree, const Node& node, std::string_view key) -> NodeId {
  if (node.kind != Kind::mapping) {
    return kNoNode;
  }
  for (NodeId id = node.first_child; id != kNoNode;) {
    const NodeId value = tree[id].next_sibling;
    if (tree.resolve(id).text == key) {
      return value;
    }
    id = tree[value].next_sibling;
  }
  return kNoNode;
}

// The scalar text of `key` in a mapping; empty where there is none.
[[nodiscard]] inline auto find_text(const Tree& tree, const Node& node, std::string_view key)
    -> std::string_view {
  const NodeId id = find(tree, node, key);
  return id == kNoNode ? std::string_view{} : tree.resolve(id).text;
}

// The items of a sequence, or the keys and values of a mapping in turn.
[[nodiscard]] inline auto children(const Tree& tree, const Node& node) -> std::vector<NodeId> {
  std::vector<NodeId> ids;
  ids.reserve(node.size);
  for (NodeId id = node.first_child; id != kNoNode; id = tree[id].next_sibling) {
    ids.push_back(id);
  }
  return ids;
}

}  // namespace fedgate::yaml
