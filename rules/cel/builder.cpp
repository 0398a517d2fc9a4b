#include "rules/cel/builder.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "rules/cel/literal.h"

namespace fedgate::cel {
namespace {

constexpr std::array<std::string_view, 18> kReserved = {
    "as",  "break", "const",   "continue",  "else",   "for", "function", "if",    "import",
    "let", "loop",  "package", "namespace", "return", "var", "void",     "while", "in"};

auto operation_of(std::string_view symbol) -> Operation {
  for (int i = 0; i < static_cast<int>(Operation::negate); ++i) {
    if (operator_symbol(static_cast<Operation>(i)) == symbol) {
      return static_cast<Operation>(i);
    }
  }
  return Operation::add;
}

}  // namespace

AstBuilder::AstBuilder(std::string_view expression, const Limits& limits)
    : expression_(expression), limits_(limits) {
  // `a.b` has two nodes in three bytes, and few expressions are denser; most are far from it.
  constexpr std::size_t kBytesPerNode = 4;
  ast_.nodes.reserve(expression.size() / kBytesPerNode + 1);
}

auto AstBuilder::span_of(std::string_view token) const -> Span {
  const auto begin = static_cast<std::uint32_t>(token.data() - expression_.data());
  return {begin, begin + static_cast<std::uint32_t>(token.size())};
}

void AstBuilder::report(Span span, std::string message) {
  issues_.push_back({span.begin, span.end, std::move(message)});
}

void AstBuilder::push(Node&& node) {
  std::uint32_t below = 0;
  for (const NodeId child : node.children) {
    if (child != kNoNode) {
      below = std::max(below, ast_.nodes[child].height);
    }
  }
  node.height = below + 1;
  if (node.height > limits_.depth) {
    throw TooComplex{{node.span.begin, node.span.end, "the expression is nested too deeply"}};
  }
  if (ast_.nodes.size() >= limits_.nodes) {
    throw TooComplex{{node.span.begin, node.span.end, "the expression has too many parts"}};
  }
  operands_.push_back(static_cast<NodeId>(ast_.nodes.size()));
  ast_.nodes.push_back(std::move(node));
}

auto AstBuilder::pop_operand() -> NodeId {
  const NodeId id = operands_.back();
  operands_.pop_back();
  return id;
}

auto AstBuilder::pop_frame() -> Frame {
  Frame frame = std::move(frames_.back());
  frames_.pop_back();
  return frame;
}

auto AstBuilder::pop_since(std::size_t mark) -> std::vector<NodeId> {
  const auto first = operands_.begin() + static_cast<std::ptrdiff_t>(mark);
  std::vector<NodeId> result(first, operands_.end());
  operands_.erase(first, operands_.end());
  return result;
}

void AstBuilder::text_literal(std::string_view token, Span span) {
  Node node;
  node.span = node.name_span = span;
  auto literal = decode_text(token);
  if (literal) {
    node.literal = *std::move(literal);
  } else {
    const Span inner = literal.error().span;
    report({span.begin + inner.begin, span.begin + inner.end}, literal.error().message);
    node.literal = std::string();
  }
  push(std::move(node));
}

void AstBuilder::number_literal(std::string_view token, Span span) {
  Node node;
  node.span = node.name_span = span;
  auto literal = decode_number(token);
  if (literal) {
    node.literal = *std::move(literal);
  } else {
    report(span, literal.error().message);
    node.literal = std::int64_t{0};
  }
  push(std::move(node));
}

void AstBuilder::word_literal(std::string_view token, Span span) {
  Node node;
  node.span = node.name_span = span;
  if (token != "null") {
    node.literal = token == "true";
  }
  push(std::move(node));
}

void AstBuilder::open(std::string_view name, Span span) {
  Frame frame;
  frame.name = name;
  frame.span = span;
  frame.mark = operands_.size();
  frame.rooted = root_.has_value();
  if (root_) {
    frame.span.begin = root_->begin;
    root_.reset();
  }
  frame.optional = std::exchange(next_optional_, false);
  frames_.push_back(std::move(frame));
}

void AstBuilder::mark_optional() {
  frames_.back().optional_entries.push_back(operands_.size() - frames_.back().mark);
}

void AstBuilder::add_prefix(std::string_view symbol, Span span) {
  frames_.back().name = symbol;
  frames_.back().prefixes.push_back(span);
}

void AstBuilder::check_reserved(const Frame& frame) {
  if (std::find(kReserved.begin(), kReserved.end(), frame.name) != kReserved.end()) {
    report(frame.span, fmt::format("`{}` is a reserved word", frame.name));
  }
}

void AstBuilder::close_identifier() {
  const Frame frame = pop_frame();
  check_reserved(frame);
  Node node;
  node.kind = NodeKind::identifier;
  node.span = node.name_span = frame.span;
  node.name = frame.name;
  node.rooted = frame.rooted;
  push(std::move(node));
}

void AstBuilder::close_call(Span parentheses) {
  const Frame frame = pop_frame();
  check_reserved(frame);
  std::vector<NodeId> arguments = pop_since(frame.mark);
  const Span span{frame.span.begin, parentheses.end};
  if (expand_presence(frame, arguments, span)) {
    return;
  }
  Node node;
  node.kind = NodeKind::call;
  node.span = span;
  node.name_span = frame.span;
  node.name = frame.name;
  node.rooted = frame.rooted;
  node.children = std::move(arguments);
  push(std::move(node));
}

void AstBuilder::close_select() {
  const Frame frame = pop_frame();
  Node node;
  node.kind = NodeKind::select;
  node.children = {pop_operand()};
  node.span = {this->node(node.children[0]).span.begin, frame.span.end};
  node.name_span = frame.span;
  node.optional = frame.optional;
  node.quoted = frame.name.starts_with('`');
  node.name = frame.name;
  if (node.quoted) {
    node.name = node.name.substr(1, node.name.size() - 2);
  }
  push(std::move(node));
}

void AstBuilder::close_method(Span parentheses) {
  const Frame frame = pop_frame();
  std::vector<NodeId> children = pop_since(frame.mark - 1);
  const Span span{node(children[0]).span.begin, parentheses.end};
  if (expand_macro(frame, children, span)) {
    return;
  }
  Node node;
  node.kind = NodeKind::method;
  node.span = span;
  node.name_span = frame.span;
  node.name = frame.name;
  node.children = std::move(children);
  push(std::move(node));
}

void AstBuilder::close_index(Span brackets) {
  const Frame frame = pop_frame();
  Node node;
  node.kind = NodeKind::index;
  node.children = pop_since(frame.mark - 1);
  node.span = {this->node(node.children[0]).span.begin, brackets.end};
  node.name_span = brackets;
  node.optional = !frame.optional_entries.empty();
  push(std::move(node));
}

void AstBuilder::close_entries(NodeKind kind, Span span, std::size_t stride) {
  const Frame frame = pop_frame();
  Node node;
  node.kind = kind;
  node.span = node.name_span = span;
  node.children = pop_since(frame.mark);
  if (!frame.optional_entries.empty()) {
    node.optional_entries.resize(node.children.size() / stride);
    for (const std::size_t child : frame.optional_entries) {
      node.optional_entries[child / stride] = true;
    }
  }
  push(std::move(node));
}

void AstBuilder::close_list(Span span) { close_entries(NodeKind::list, span, 1); }

void AstBuilder::close_map(Span span) { close_entries(NodeKind::map, span, 2); }

void AstBuilder::close_message(Span span) {
  const Frame frame = pop_frame();
  Node node;
  node.kind = NodeKind::message;
  node.span = span;
  node.name_span = frame.span;
  node.name = frame.name;
  node.children = pop_since(frame.mark);
  push(std::move(node));
}

void AstBuilder::close_prefixes() {
  const Frame frame = pop_frame();
  for (auto prefix = frame.prefixes.rbegin(); prefix != frame.prefixes.rend(); ++prefix) {
    Node node;
    node.kind = NodeKind::operation;
    node.operation = frame.name == "!" ? Operation::logical_not : Operation::negate;
    node.children = {pop_operand()};
    node.span = {prefix->begin, this->node(node.children[0]).span.end};
    node.name_span = *prefix;
    push(std::move(node));
  }
}

void AstBuilder::close_operation() {
  const Frame frame = pop_frame();
  Node node;
  node.kind = NodeKind::operation;
  node.operation = operation_of(frame.name);
  node.children = pop_since(operands_.size() - 2);
  node.span = {this->node(node.children[0]).span.begin, this->node(node.children[1]).span.end};
  node.name_span = frame.span;
  push(std::move(node));
}

void AstBuilder::close_logical(NodeKind kind) {
  const Frame frame = pop_frame();
  const NodeId right = pop_operand();
  Node& left = node(operands_.back());
  // `a && b && c` is one node with three operands: as deep as one, and its meaning is the same.
  if (left.kind == kind && left.span.end <= frame.span.begin && left.height > node(right).height) {
    left.children.push_back(right);
    left.span.end = node(right).span.end;
    return;
  }
  Node node;
  node.kind = kind;
  node.children = {pop_operand(), right};
  node.span = {this->node(node.children[0]).span.begin, this->node(right).span.end};
  node.name_span = frame.span;
  push(std::move(node));
}

void AstBuilder::close_conditional() {
  Node node;
  node.kind = NodeKind::conditional;
  node.children = pop_since(operands_.size() - 3);
  node.span = {this->node(node.children[0]).span.begin, this->node(node.children[2]).span.end};
  node.name_span = this->node(node.children[0]).span;
  push(std::move(node));
}

auto AstBuilder::finish() -> Ast {
  ast_.root = operands_.back();
  return std::move(ast_);
}

}  // namespace fedgate::cel
