// Evaluator: one run of a Code. Private to rules/cel; eval.cpp has the operations, eval_macros.cpp
// the macros, eval_access.cpp fields, keys and literals.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <new>
#include <span>
#include <string_view>

#include "rules/cel/code.h"

namespace fedgate::cel {

class Evaluator {
 public:
  Evaluator(const Code& code, std::span<const Value> variables, std::span<Value> locals,
            Arena& arena)
      : code_(code),
        nodes_(code.nodes.data()),
        children_(code.children.data()),
        variables_(variables),
        locals_(locals),
        arena_(arena) {}

  [[nodiscard]] auto run(std::uint32_t index) -> Value {
    Value storage;
    return look(index, storage);
  }

 private:
  using Handler = Value (*)(Evaluator& evaluator, const CodeNode& node);
  // One handler for each Op, in its order.
  static const std::array<Handler, 44> kHandlers;
  template <auto Member>
  static auto handle(Evaluator& evaluator, const CodeNode& node) -> Value {
    return (evaluator.*Member)(node);
  }

  // The value of a node without a copy, where it lies somewhere already; else it is put in
  // `storage`.
  [[nodiscard]] auto look(std::uint32_t index, Value& storage) -> const Value& {
    const CodeNode& node = nodes_[index];
    if (!arena_.spend(1)) {
      storage = exhausted_error();
      return storage;
    }
    if (node.op == Op::constant) {
      return node.constant;
    }
    if (node.op == Op::variable) {
      return variables_[node.index];
    }
    if (node.op == Op::local) {
      return locals_[node.index];
    }
    // Placement saves the copy of an assignment, and the direct call one jump; both show in the
    // rate of rules, which mostly read fields.
    if (node.op == Op::variable_field) {
      return *::new (&storage) Value(read_field(node, variables_[node.slot]));
    }
    return *::new (&storage) Value(kHandlers[static_cast<std::size_t>(node.op)](*this, node));
  }
  [[nodiscard]] auto child_index(const CodeNode& node, std::size_t child) const -> std::uint32_t {
    return children_[node.first + child];
  }
  [[nodiscard]] auto look_child(const CodeNode& node, std::size_t child, Value& storage)
      -> const Value& {
    return look(child_index(node, child), storage);
  }
  [[nodiscard]] auto child(const CodeNode& node, std::size_t child) -> Value {
    return run(child_index(node, child));
  }
  // The slots of a macro's variables.
  [[nodiscard]] auto local(const CodeNode& node, std::size_t which) -> Value& {
    return locals_[node.index + which];
  }

  // look() has leaves built in; this only holds their place.
  static auto leaf(Evaluator& evaluator, const CodeNode& node) -> Value;
  auto field(const CodeNode& node) -> Value;
  auto variable_field(const CodeNode& node) -> Value;
  auto read_field(const CodeNode& node, const Value& operand) -> Value;
  auto select(const CodeNode& node) -> Value;
  auto optional_select(const CodeNode& node) -> Value;
  auto presence(const CodeNode& node) -> Value;
  auto index(const CodeNode& node) -> Value;
  auto optional_index(const CodeNode& node) -> Value;
  auto list(const CodeNode& node) -> Value;
  auto map(const CodeNode& node) -> Value;
  auto logical_and(const CodeNode& node) -> Value;
  auto logical_or(const CodeNode& node) -> Value;
  auto conditional(const CodeNode& node) -> Value;
  auto equality(const CodeNode& node) -> Value;
  auto text_equality(const CodeNode& node) -> Value;
  auto relation(const CodeNode& node) -> Value;
  auto membership(const CodeNode& node) -> Value;
  auto arithmetic(const CodeNode& node) -> Value;
  auto negate(const CodeNode& node) -> Value;
  auto negation(const CodeNode& node) -> Value;
  auto call(const CodeNode& node) -> Value;
  auto match(const CodeNode& node) -> Value;
  auto optional_or(const CodeNode& node) -> Value;
  auto macro_fold(const CodeNode& node) -> Value;
  auto macro_exists_one(const CodeNode& node) -> Value;
  auto macro_map(const CodeNode& node) -> Value;
  auto macro_transform_map(const CodeNode& node) -> Value;
  auto macro_transform_map_entry(const CodeNode& node) -> Value;
  auto macro_bind(const CodeNode& node) -> Value;
  auto macro_optional(const CodeNode& node) -> Value;

  // `&&` and `||`: `decisive` is the value that settles the result.
  auto logical(const CodeNode& node, bool decisive) -> Value;
  // Runs the overload that fits; an error where none does.
  auto invoke(const CallTarget& target, std::span<const Value> arguments) -> Value;
  // Whether an optional entry of a literal is left out; unwraps it if not. `value` becomes an error
  // where it is no optional.
  [[nodiscard]] auto is_left_out(const CodeNode& node, std::size_t entry, Value& value) const
      -> bool;
  // A filter's verdict: whether to keep the element; `error` is set where there is none.
  auto keeps(const CodeNode& node, Value& error) -> bool;

  const Code& code_;
  const CodeNode* nodes_;
  const std::uint32_t* children_;
  std::span<const Value> variables_;
  std::span<Value> locals_;
  Arena& arena_;
};

// The error of an operation that is not defined for these values: `no overload of `+` fits (int,
// string)`.
[[nodiscard]] auto no_overload_error(std::string_view name, std::span<const Value> arguments,
                                     Arena& arena) -> Value;

// `+ - * / %` for values that are no errors.
[[nodiscard]] auto calculate(Op operation, const Value& left, const Value& right, Arena& arena)
    -> Value;

}  // namespace fedgate::cel
