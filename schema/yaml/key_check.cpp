#include "schema/yaml/key_check.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "schema/diag/message.h"

namespace fedgate::yaml {

namespace {

// Up to here every key is compared with every other, which is what nearly all mappings need.
constexpr std::size_t kSmall = 16;

// The first bytes and the length: two keys with different prints differ.
auto fingerprint(std::string_view text) -> std::uint64_t {
  std::uint64_t print = 0;
  if (!text.empty()) {
    std::memcpy(&print, text.data(), std::min(text.size(), sizeof(print)));
  }
  return print ^ (static_cast<std::uint64_t>(text.size()) << 56U);
}

auto is_unique_small(const Tree& tree, const Node& mapping) -> bool {
  std::array<std::uint64_t, kSmall> prints{};
  std::array<std::string_view, kSmall> texts{};
  std::size_t count = 0;
  for (NodeId key = mapping.first_child; key != kNoNode;
       key = tree.nodes[tree.nodes[key].next_sibling].next_sibling) {
    const std::string_view text = tree.nodes[key].text;
    const std::uint64_t print = fingerprint(text);
    for (std::size_t i = 0; i < count; ++i) {
      if (prints[i] == print && texts[i] == text) {
        return false;
      }
    }
    prints[count] = print;
    texts[count] = text;
    ++count;
  }
  return true;
}

struct Key {
  std::string_view text;
  NodeId node = kNoNode;
  NodeId first = kNoNode;
};

// The keys in document order, each with the first key of the same text. Sorted, not hashed: no
// choice of keys makes it slow.
auto find_first_uses(const Tree& tree, const Node& mapping) -> std::vector<Key> {
  std::vector<Key> keys;
  keys.reserve(mapping.size);
  for (NodeId key = mapping.first_child; key != kNoNode;
       key = tree.nodes[tree.nodes[key].next_sibling].next_sibling) {
    keys.push_back({tree.nodes[key].text, key, key});
  }
  std::sort(keys.begin(), keys.end(), [](const Key& a, const Key& b) {
    return std::tie(a.text, a.node) < std::tie(b.text, b.node);
  });
  for (std::size_t i = 1; i < keys.size(); ++i) {
    if (keys[i].text == keys[i - 1].text) {
      keys[i].first = keys[i - 1].first;
    }
  }
  std::sort(keys.begin(), keys.end(), [](const Key& a, const Key& b) { return a.node < b.node; });
  return keys;
}

}  // namespace

void drop_duplicate_keys(Tree& tree, NodeId mapping, diag::Sink& sink) {
  Node& node = tree.nodes[mapping];
  if (node.size < 2 || (node.size <= kSmall && is_unique_small(tree, node))) {
    return;
  }
  NodeId last_value = kNoNode;
  for (const Key& key : find_first_uses(tree, node)) {
    const NodeId value = tree.nodes[key.node].next_sibling;
    if (key.first == key.node) {
      last_value = value;
      continue;
    }
    sink.report(tree.span(tree.nodes[key.node]), diag::messages::duplicate_key,
                std::string(key.text))
        .note(tree.span(tree.nodes[key.first]), "it stands here first");
    tree.nodes[last_value].next_sibling = tree.nodes[value].next_sibling;
    tree.nodes[value].next_sibling = kNoNode;
    --node.size;
  }
}

}  // namespace fedgate::yaml
