// Ast: an expression as written, after parsing and before any name has a meaning. Macros are
// recognized already: they are syntax, because they bind variables. Names are views of the
// expression's text, which has to outlive the tree.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace fedgate::cel {

// Byte offsets into the expression; `end` is one past the last byte.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

// An index into Ast::nodes.
using NodeId = std::uint32_t;
constexpr NodeId kNoNode = 0xFFFFFFFFU;

enum class NodeKind : std::uint8_t {
  literal,
  // `name`; `rooted` for `.name`.
  identifier,
  // children[0] `.name`; `optional` for `.?name`, `quoted` for a name in backticks.
  select,
  // `has(…)` around a select: children[0] is what is selected from.
  presence,
  // children[0] `[` children[1] `]`; `optional` for `[?…]`.
  index,
  // `name(children…)`; `rooted` for `.name(…)`.
  call,
  // children[0] `.name(` rest `)`.
  method,
  // Elements, with `optional_entries` for `?x`.
  list,
  // Keys and values in turn, with `optional_entries` for each pair.
  map,
  // `name{…}`; parsed, but there is nothing that it could construct.
  message,
  // Two or more operands.
  logical_and,
  logical_or,
  // Condition, then, else.
  conditional,
  // One or two operands and `operation`.
  operation,
  // children[0] is the range (of bind, optMap and optFlatMap: the value), children[1] the filter or
  // kNoNode, children[2] the body; `variables` has one or two entries.
  macro,
};

enum class Operation : std::uint8_t {
  add,
  subtract,
  multiply,
  divide,
  modulo,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  in,
  negate,
  logical_not,
};

// The name of the function that holds an operation's signatures (`_+_`), and its symbol (`+`).
[[nodiscard]] auto operator_function(Operation operation) -> std::string_view;
[[nodiscard]] auto operator_symbol(Operation operation) -> std::string_view;

enum class Macro : std::uint8_t {
  all,
  exists,
  exists_one,
  // Both forms of map, and filter with the variable itself as body.
  map,
  transform_map,
  transform_map_entry,
  bind,
  optional_map,
  optional_flat_map,
};

struct Octets {
  std::string bytes;
};
// std::monostate is null.
using Literal =
    std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, std::string, Octets>;

struct MacroVariable {
  std::string_view name;
  Span span;
};

struct Node {
  NodeKind kind = NodeKind::literal;
  Operation operation = Operation::add;
  Macro macro = Macro::all;
  bool rooted = false;
  bool optional = false;
  bool quoted = false;
  // How deep the tree is below and with this node.
  std::uint32_t height = 1;
  Span span;
  // Of the name, the operator, the brackets: what a message about this node alone points at.
  Span name_span;
  std::string_view name;
  Literal literal;
  std::vector<NodeId> children;
  std::vector<bool> optional_entries;
  std::vector<MacroVariable> variables;
};

struct Ast {
  std::vector<Node> nodes;
  NodeId root = 0;
};

}  // namespace fedgate::cel
