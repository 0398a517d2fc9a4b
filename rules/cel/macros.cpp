// The macros of AstBuilder: calls that bind variables or look at syntax.
#include <array>
#include <string_view>
#include <utility>

#include "rules/cel/builder.h"

namespace fedgate::cel {
namespace {

struct Shape {
  std::string_view name;
  // Without the object.
  std::size_t arguments;
  Macro macro;
  std::size_t variables;
  bool has_filter = false;
};

constexpr std::array<Shape, 19> kShapes = {{
    {"all", 2, Macro::all, 1},
    {"all", 3, Macro::all, 2},
    {"exists", 2, Macro::exists, 1},
    {"exists", 3, Macro::exists, 2},
    {"exists_one", 2, Macro::exists_one, 1},
    {"exists_one", 3, Macro::exists_one, 2},
    {"existsOne", 2, Macro::exists_one, 1},
    {"existsOne", 3, Macro::exists_one, 2},
    {"map", 2, Macro::map, 1},
    {"map", 3, Macro::map, 1, true},
    {"filter", 2, Macro::map, 1, true},
    {"transformList", 3, Macro::map, 2},
    {"transformList", 4, Macro::map, 2, true},
    {"transformMap", 3, Macro::transform_map, 2},
    {"transformMap", 4, Macro::transform_map, 2, true},
    {"transformMapEntry", 3, Macro::transform_map_entry, 2},
    {"transformMapEntry", 4, Macro::transform_map_entry, 2, true},
    {"optMap", 2, Macro::optional_map, 1},
    {"optFlatMap", 2, Macro::optional_flat_map, 1},
}};

auto find_shape(std::string_view name, std::size_t arguments) -> const Shape* {
  for (const Shape& shape : kShapes) {
    if (shape.name == name && shape.arguments == arguments) {
      return &shape;
    }
  }
  return nullptr;
}

}  // namespace

auto AstBuilder::is_namespace(NodeId target, std::string_view name) const -> bool {
  const Node& node = ast_.nodes[target];
  return node.kind == NodeKind::identifier && !node.rooted && node.name == name;
}

auto AstBuilder::take_variable(NodeId argument) -> MacroVariable {
  const Node& node = ast_.nodes[argument];
  if (node.kind != NodeKind::identifier || node.rooted) {
    report(node.span, "the variable of a macro must be a simple name");
    return {"", node.span};
  }
  return {node.name, node.span};
}

auto AstBuilder::expand_presence(const Frame& frame, const std::vector<NodeId>& arguments,
                                 Span span) -> bool {
  if (frame.name != "has" || frame.rooted || arguments.size() != 1) {
    return false;
  }
  Node node = ast_.nodes[arguments[0]];
  if (node.kind != NodeKind::select) {
    report(node.span, "`has` takes the selection of a field, as in `has(a.b)`");
  }
  node.kind = NodeKind::presence;
  node.span = span;
  push(std::move(node));
  return true;
}

auto AstBuilder::expand_macro(const Frame& frame, const std::vector<NodeId>& children, Span span)
    -> bool {
  Node node;
  node.kind = NodeKind::macro;
  node.span = span;
  node.name_span = frame.span;
  node.name = frame.name;
  if (frame.name == "bind" && children.size() == 4 && is_namespace(children[0], "cel")) {
    node.macro = Macro::bind;
    node.variables = {take_variable(children[1])};
    node.children = {children[2], kNoNode, children[3]};
    push(std::move(node));
    return true;
  }
  const Shape* const shape = find_shape(frame.name, children.size() - 1);
  if (shape == nullptr) {
    return false;
  }
  node.macro = shape->macro;
  for (std::size_t i = 1; i <= shape->variables; ++i) {
    node.variables.push_back(take_variable(children[i]));
  }
  if (node.variables.size() == 2 && node.variables[0].name == node.variables[1].name) {
    report(node.variables[1].span, "the two variables of a macro must have different names");
  }
  const std::size_t next = shape->variables + 1;
  const NodeId filter = shape->has_filter ? children[next] : kNoNode;
  // What `filter` collects is its variable.
  const NodeId body = frame.name == "filter" ? children[1] : children.back();
  node.children = {children[0], filter, body};
  push(std::move(node));
  return true;
}

}  // namespace fedgate::cel
