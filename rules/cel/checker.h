// Checker: the state of check(), shared by check.cpp (names, selections, macros) and
// check_calls.cpp (functions and operators). Private to rules/cel.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/cel/check.h"

namespace fedgate::cel {

// `; did you mean `x`?` for a message where a known name is near, else nothing.
[[nodiscard]] auto did_you_mean(std::string_view name, std::span<const std::string_view> known)
    -> std::string;

class Checker {
 public:
  Checker(const Ast& ast, const Environment& environment)
      : ast_(ast), environment_(environment), nodes_(ast.nodes.size()) {}

  // The type of the node, after everything below it has been resolved.
  auto infer(NodeId id) -> Type;
  void expect(NodeId id, const Type& actual, const Type& expected);

  [[nodiscard]] auto issues() -> std::vector<Issue>& { return issues_; }
  [[nodiscard]] auto take() -> Checked { return {std::move(nodes_), most_locals_}; }

 private:
  struct Local {
    std::string_view name;
    Type type;
  };

  // The element types that a macro's variables get.
  struct Elements {
    Type first;
    Type second;
  };

  [[nodiscard]] auto node(NodeId id) const -> const Node& { return ast_.nodes[id]; }
  // Reports, unless in dynamic mode, and gives the type to go on with.
  auto report(Span span, std::string message) -> Type;
  // The same for what has no value at all: in dynamic mode the node becomes an error at run time.
  auto report_missing(NodeId id, Span span, std::string message) -> Type;

  auto infer_kind(NodeId id) -> Type;
  static auto infer_literal(const Node& node) -> Type;
  auto infer_identifier(NodeId id) -> Type;
  auto infer_select(NodeId id) -> Type;
  auto infer_presence(NodeId id) -> Type;
  auto infer_index(NodeId id) -> Type;
  auto infer_list(const Node& node) -> Type;
  auto infer_map(const Node& node) -> Type;
  auto infer_logical(const Node& node) -> Type;
  auto infer_conditional(NodeId id) -> Type;
  auto infer_macro(NodeId id) -> Type;
  auto macro_elements(const Node& node, const Type& range) -> Elements;
  auto macro_result(const Node& node, const Type& range, const Type& body) -> Type;
  auto entry_type(NodeId id, bool optional) -> Type;
  auto select_from(NodeId id, const Type& operand) -> Type;
  auto select_field(NodeId id, const RecordType& record) -> Type;
  auto index_into(const Node& node, const Type& operand, const Type& key) -> Type;

  // In check_calls.cpp.
  auto infer_operation(NodeId id) -> Type;
  auto infer_call(NodeId id) -> Type;
  auto infer_method(NodeId id) -> Type;
  auto apply(NodeId id, const Function& function, std::size_t skip) -> Type;
  auto no_overload(NodeId id, const Function& function, const std::vector<Type>& types) -> Type;
  auto unknown_function(NodeId id, std::string_view name, CallStyle style) -> Type;
  [[nodiscard]] auto find_global(std::string_view name, bool rooted) const -> const Function*;

  // The names that `name` may stand for, the most likely one first.
  [[nodiscard]] auto candidates(std::string_view name, bool rooted) const
      -> std::vector<std::string>;
  // `a.b.c` for a chain of plain selections from an identifier that is no macro variable; else
  // empty.
  [[nodiscard]] auto dotted_name(NodeId id) const -> std::string;
  [[nodiscard]] auto is_rooted(NodeId id) const -> bool;
  [[nodiscard]] auto find_local(std::string_view name) const -> const Local*;
  // Makes the node a variable or a type's name, where the name is known.
  auto resolve_name(NodeId id, std::string_view name, bool rooted) -> bool;
  [[nodiscard]] auto known_variables() const -> std::vector<std::string_view>;

  const Ast& ast_;
  const Environment& environment_;
  std::vector<Resolution> nodes_;
  std::vector<Local> locals_;
  std::size_t most_locals_ = 0;
  std::vector<Issue> issues_;
};

}  // namespace fedgate::cel
