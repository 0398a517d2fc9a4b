// AstBuilder: what the actions of the grammar call, token by token, to put an Ast together. Private
// to rules/cel; parse.cpp owns the grammar, builder.cpp and macros.cpp the tree.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/cel/ast.h"
#include "rules/cel/environment.h"
#include "rules/cel/issue.h"

namespace fedgate::cel {

// Thrown when an expression passes a limit, caught in parse().
struct TooComplex {
  Issue issue;
};

// Operands wait on a stack. What was opened and is not complete (a call whose arguments are still
// to come) is a frame on a second stack, which remembers how many operands there were.
class AstBuilder {
 public:
  AstBuilder(std::string_view expression, const Limits& limits);

  // Where a token, which is a part of the expression, stands in it.
  [[nodiscard]] auto span_of(std::string_view token) const -> Span;

  void text_literal(std::string_view token, Span span);
  void number_literal(std::string_view token, Span span);
  void word_literal(std::string_view token, Span span);

  void open(std::string_view name, Span span);
  void root_dot(Span span) { root_ = span; }
  // The next frame is that of `.?name`.
  void mark_next_optional() { next_optional_ = true; }
  // The entry of the open list or map that comes next is optional.
  void mark_optional();
  void add_prefix(std::string_view symbol, Span span);

  void close_identifier();
  void close_call(Span parentheses);
  void close_select();
  void close_method(Span parentheses);
  void close_index(Span brackets);
  void close_list(Span span);
  void close_map(Span span);
  void close_message(Span span);
  void close_paren(Span span) { node(operands_.back()).span = span; }
  void close_prefixes();
  void close_operation();
  void close_logical(NodeKind kind);
  void close_conditional();

  [[nodiscard]] auto issues() -> std::vector<Issue>& { return issues_; }
  // The whole tree, once the expression is complete.
  [[nodiscard]] auto finish() -> Ast;

 private:
  struct Frame {
    std::string_view name;
    Span span;
    // The number of operands when it was opened.
    std::size_t mark = 0;
    bool rooted = false;
    bool optional = false;
    std::vector<Span> prefixes;
    // Which operands since the mark are optional entries.
    std::vector<std::size_t> optional_entries;
  };

  [[nodiscard]] auto node(NodeId id) -> Node& { return ast_.nodes[id]; }
  [[nodiscard]] auto pop_frame() -> Frame;
  [[nodiscard]] auto pop_operand() -> NodeId;
  // The operands that were pushed since `mark`, removed from the stack.
  [[nodiscard]] auto pop_since(std::size_t mark) -> std::vector<NodeId>;
  void push(Node&& node);
  void report(Span span, std::string message);
  void check_reserved(const Frame& frame);
  void close_entries(NodeKind kind, Span span, std::size_t stride);

  // The macros, in macros.cpp: false where the call is none.
  auto expand_presence(const Frame& frame, const std::vector<NodeId>& arguments, Span span) -> bool;
  auto expand_macro(const Frame& frame, const std::vector<NodeId>& children, Span span) -> bool;
  [[nodiscard]] auto is_namespace(NodeId target, std::string_view name) const -> bool;
  [[nodiscard]] auto take_variable(NodeId argument) -> MacroVariable;

  std::string_view expression_;
  const Limits& limits_;
  Ast ast_;
  std::vector<NodeId> operands_;
  std::vector<Frame> frames_;
  std::optional<Span> root_;
  bool next_optional_ = false;
  std::vector<Issue> issues_;
};

}  // namespace fedgate::cel
