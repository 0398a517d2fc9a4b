#include "tests/support/tree_check.h"

#include <cstddef>
#include <cstdint>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "schema/diag/sink.h"
#include "schema/yaml/reader.h"

namespace fedgate::test {

namespace {

using yaml::Kind;
using yaml::kNoNode;
using yaml::Node;
using yaml::NodeId;
using yaml::Style;
using yaml::Tree;

// What a scalar stands in: that decides which characters and line starts end a plain one.
enum class Context { root, block, flow };

class Checker {
 public:
  Checker(const source::Sources& sources, const Tree& tree)
      : sources_(&sources), tree_(&tree), text_(sources[tree.file].text) {}

  auto check() -> std::string {
    struct Item {
      NodeId id;
      Context context;
    };
    std::vector<Item> pending = {{0, Context::root}};
    std::vector<bool> seen(tree_->nodes.size(), false);
    while (!pending.empty() && broken_.empty()) {
      const auto [id, context] = pending.back();
      pending.pop_back();
      if (seen[id]) {
        return fmt::format("node {} has two parents", id);
      }
      seen[id] = true;
      check_node(id, context);
      const bool in_flow = context == Context::flow || (*tree_)[id].flow;
      for (NodeId child = (*tree_)[id].first_child; child != kNoNode;
           child = (*tree_)[child].next_sibling) {
        pending.push_back({child, in_flow ? Context::flow : Context::block});
      }
    }
    return broken_;
  }

 private:
  void expect(bool holds, NodeId id, std::string_view what) {
    if (!holds && broken_.empty()) {
      const Node& node = (*tree_)[id];
      broken_ = fmt::format("node {} at {}-{}: {}", id, node.begin, node.end, what);
    }
  }

  void check_node(NodeId id, Context context) {
    const Node& node = (*tree_)[id];
    expect(node.begin <= node.end && node.end <= text_.size(), id, "range");
    switch (node.kind) {
      case Kind::null:
        break;
      case Kind::scalar:
        check_scalar(id, context);
        break;
      case Kind::alias:
        // An anchor stands before its aliases, so no chain of aliases can come back.
        expect(node.target < id && (*tree_)[node.target].kind != Kind::alias, id, "alias");
        expect(node.target < id && (*tree_)[node.target].end <= node.begin, id, "cycle");
        break;
      case Kind::sequence:
      case Kind::mapping:
        check_children(id);
        break;
    }
  }

  void check_children(NodeId id) {
    const Node& node = (*tree_)[id];
    std::set<std::string_view> keys;
    std::uint32_t position = node.begin;
    std::uint32_t count = 0;
    for (NodeId child = node.first_child; child != kNoNode; child = (*tree_)[child].next_sibling) {
      const Node& inner = (*tree_)[child];
      expect(inner.begin >= position, child, "order");
      expect(inner.end <= node.end, child, "inside its parent");
      position = inner.end;
      if (node.kind == Kind::mapping && count % 2 == 0) {
        expect(inner.kind == Kind::scalar, child, "a key is a scalar");
        expect(keys.insert(inner.text).second, child, "a key is unique");
      }
      ++count;
    }
    expect(count == (node.kind == Kind::mapping ? 2 * node.size : node.size), id, "size");
    if (node.flow) {
      const std::string_view brackets = node.kind == Kind::mapping ? "{}" : "[]";
      expect(node.end - node.begin >= 2 && text_[node.begin] == brackets[0] &&
                 text_[node.end - 1] == brackets[1],
             id, "brackets");
    }
  }

  void check_scalar(NodeId id, Context context) {
    const Node& node = (*tree_)[id];
    const std::string_view slice = text_.substr(node.begin, node.end - node.begin);
    for (std::uint32_t i = 0; i <= node.text.size(); ++i) {
      const std::uint32_t at = yaml::source_offset(*sources_, *tree_, node, i);
      expect(at >= node.begin && at <= node.end, id, "offset inside the scalar");
      // Letters are never changed by folding; only an escape can make one.
      if (i < node.text.size() && node.text[i] >= 'g' && node.text[i] <= 'z') {
        expect(at < node.end && (text_[at] == node.text[i] || text_[at] == '\\'), id,
               "offset of a letter");
      }
    }
    if (reads_alone(node, slice)) {
      check_slice(id, slice, context);
    }
  }

  // Whether the text says all that its reading depends on: not so with a tag before it, or an
  // indentation that counts from the collection around it.
  [[nodiscard]] static auto reads_alone(const Node& node, std::string_view slice) -> bool {
    if (node.style == Style::literal || node.style == Style::folded) {
      const std::string_view header = slice.substr(0, slice.find_first_of("\r\n #"));
      return header.find_first_of("123456789") == std::string_view::npos;
    }
    // `a:` and `?` are text where another colon follows, and indicators where they stand alone.
    if (node.style == Style::plain && !slice.empty() &&
        (slice.back() == ':' || slice == "?" || slice == "-")) {
      return false;
    }
    const bool tagged = node.style == Style::single_quoted && slice.substr(0, 1) != "'";
    return !tagged && !slice.empty();
  }

  void check_slice(NodeId id, std::string_view slice, Context context) {
    const Node& node = (*tree_)[id];
    source::Sources again;
    const bool json = is_json();
    std::string text(slice);
    if (!json) {
      // At the root a blank before it keeps `...` from ending the document.
      const std::string before = context == Context::root ? " " : "- ";
      text = context == Context::flow ? "[" + text + "]" : before + text;
    }
    if (!node.text.empty() && node.text.back() == '\n') {
      text += '\n';
    }
    diag::Sink sink;
    const source::FileId file = again.add("slice.yaml", std::move(text));
    const Tree tree =
        json ? yaml::read_json(again, file, sink) : yaml::read_yaml(again, file, sink);
    expect(!tree.empty() && sink.findings().empty(), id, "its text can be read again");
    if (broken_.empty()) {
      const Node& root = tree.root();
      const Node& same = root.kind == Kind::sequence ? tree[root.first_child] : root;
      expect(same.kind == Kind::scalar && same.text == node.text && same.style == node.style, id,
             "its text reads the same again");
    }
  }

  [[nodiscard]] auto is_json() const -> bool {
    const std::string& name = (*sources_)[tree_->file].name;
    return name.size() >= 5 && name.substr(name.size() - 5) == ".json";
  }

  const source::Sources* sources_;
  const Tree* tree_;
  std::string_view text_;
  std::string broken_;
};

}  // namespace

auto find_broken_promise(const source::Sources& sources, const Tree& tree) -> std::string {
  return tree.empty() ? std::string() : Checker(sources, tree).check();
}

}  // namespace fedgate::test
