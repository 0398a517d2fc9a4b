#include "schema/yaml/print.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace fedgate::yaml {

namespace {

auto style_word(Style style) -> std::string_view {
  switch (style) {
    case Style::plain:
      return "plain";
    case Style::single_quoted:
      return "single";
    case Style::double_quoted:
      return "double";
    case Style::literal:
      return "literal";
    case Style::folded:
      return "folded";
  }
  return "plain";
}

// The text in double quotes; controls, quotes and backslashes as escapes.
auto quote(std::string_view text) -> std::string {
  std::string quoted = "\"";
  for (const char byte : text) {
    const auto code = static_cast<unsigned char>(byte);
    if (byte == '\n') {
      quoted += "\\n";
    } else if (byte == '"' || byte == '\\') {
      quoted += '\\';
      quoted += byte;
    } else if (code < 0x20U || code == 0x7FU) {
      fmt::format_to(std::back_inserter(quoted), "\\x{:02X}", code);
    } else {
      quoted += byte;
    }
  }
  return quoted + '"';
}

class Printer {
 public:
  Printer(const source::Sources& sources, const Tree& tree)
      : tree_(&tree), lines_(sources[tree.file].text) {}

  // Aliases are printed, not followed, so the walk is over a tree.
  auto print() -> std::string {
    struct Item {
      NodeId node;
      std::size_t depth;
      std::string_view role;
    };
    std::vector<Item> stack = {{0, 0, "root"}};
    while (!stack.empty()) {
      const Item item = stack.back();
      stack.pop_back();
      const Node& node = (*tree_)[item.node];
      print_node(node, item.depth, item.role);
      const std::size_t below = stack.size();
      bool key = true;
      for (NodeId child = node.first_child; child != kNoNode;
           child = (*tree_)[child].next_sibling) {
        const std::string_view value = key ? "key" : "value";
        stack.push_back({child, item.depth + 1, node.kind == Kind::mapping ? value : "item"});
        key = !key;
      }
      std::reverse(stack.begin() + static_cast<std::ptrdiff_t>(below), stack.end());
    }
    return std::move(text_);
  }

 private:
  auto place(std::uint32_t offset) const -> std::string {
    const source::Position position = lines_.position(offset);
    return fmt::format("{}:{}", position.line, position.column);
  }

  void print_node(const Node& node, std::size_t depth, std::string_view role) {
    text_.append(2 * depth, ' ');
    text_ += fmt::format("{} {}-{} ", role, place(node.begin), place(node.end));
    switch (node.kind) {
      case Kind::null:
        text_ += "null";
        break;
      case Kind::scalar:
        text_ += fmt::format("{} {}", style_word(node.style), quote(node.text));
        break;
      case Kind::sequence:
        text_ += fmt::format("{}sequence of {}", node.flow ? "flow " : "", node.size);
        break;
      case Kind::mapping:
        text_ += fmt::format("{}mapping of {}", node.flow ? "flow " : "", node.size);
        break;
      case Kind::alias:
        text_ += fmt::format("alias of {}", place((*tree_)[node.target].begin));
        break;
    }
    text_ += '\n';
  }

  const Tree* tree_;
  source::LineTable lines_;
  std::string text_;
};

}  // namespace

auto print_tree(const source::Sources& sources, const Tree& tree) -> std::string {
  return tree.empty() ? std::string() : Printer(sources, tree).print();
}

}  // namespace fedgate::yaml
