#include "rules/cel/lower.h"

#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "rules/cel/pattern.h"

namespace fedgate::cel {
namespace {

// In the order of Operation.
constexpr std::array<Op, 14> kOperations = {
    Op::add,           Op::subtract,  Op::multiply, Op::divide,     Op::modulo,
    Op::equal,         Op::not_equal, Op::less,     Op::less_equal, Op::greater,
    Op::greater_equal, Op::in,        Op::negate,   Op::logical_not};

// In the order of Macro.
constexpr std::array<Op, 9> kMacros = {
    Op::macro_all,  Op::macro_exists,        Op::macro_exists_one,
    Op::macro_map,  Op::macro_transform_map, Op::macro_transform_map_entry,
    Op::macro_bind, Op::macro_optional_map,  Op::macro_optional_flat_map};

class Lowering {
 public:
  Lowering(const Ast& ast, const Checked& checked, const Environment& environment)
      : ast_(ast), checked_(checked), environment_(environment), code_(std::make_unique<Code>()) {}

  // The index of the code node for `id`.
  auto emit(NodeId id) -> std::uint32_t;

  [[nodiscard]] auto issues() -> std::vector<Issue>& { return issues_; }
  [[nodiscard]] auto finish(std::uint32_t root) -> std::unique_ptr<const Code> {
    code_->root = root;
    code_->locals = checked_.locals;
    code_->variables = environment_.variables().size();
    code_->steps = environment_.limits().steps;
    code_->result = checked_.nodes[ast_.root].type;
    return std::move(code_);
  }

 private:
  auto add(CodeNode node, const std::vector<std::uint32_t>& children) -> std::uint32_t {
    node.first = static_cast<std::uint32_t>(code_->children.size());
    node.count = static_cast<std::uint32_t>(children.size());
    code_->children.insert(code_->children.end(), children.begin(), children.end());
    code_->nodes.push_back(node);
    return static_cast<std::uint32_t>(code_->nodes.size() - 1);
  }
  auto add(const CodeNode& node) -> std::uint32_t { return add(node, {}); }

  auto keep(std::string_view text) -> std::string_view { return code_->texts.emplace_back(text); }

  auto emit_children(const Node& node, std::size_t skip) -> std::vector<std::uint32_t> {
    std::vector<std::uint32_t> result;
    for (std::size_t i = skip; i < node.children.size(); ++i) {
      result.push_back(node.children[i] == kNoNode ? Code::kNone : emit(node.children[i]));
    }
    return result;
  }

  auto emit_constant(const Value& value) -> std::uint32_t {
    CodeNode node;
    node.constant = value;
    return add(node);
  }
  auto emit_slot(Op op, std::size_t slot) -> std::uint32_t {
    CodeNode node;
    node.op = op;
    node.index = static_cast<std::uint32_t>(slot);
    return add(node);
  }
  auto emit_literal(const Literal& literal) -> std::uint32_t;
  auto emit_plain(NodeId id) -> std::uint32_t;
  auto emit_call(NodeId id) -> std::uint32_t;
  auto emit_field(NodeId id) -> std::uint32_t;
  // `x == "text"`; nothing for any other operation.
  auto emit_text_equality(const Node& node) -> std::optional<std::uint32_t>;
  // A match with a constant pattern; nothing where the pattern is none or not constant.
  auto emit_pattern(NodeId subject, NodeId pattern) -> std::optional<std::uint32_t>;

  const Ast& ast_;
  const Checked& checked_;
  const Environment& environment_;
  std::unique_ptr<Code> code_;
  std::vector<Issue> issues_;
};

auto Lowering::emit_literal(const Literal& literal) -> std::uint32_t {
  if (const auto* const boolean = std::get_if<bool>(&literal)) {
    return emit_constant(Value::boolean(*boolean));
  }
  if (const auto* const integer = std::get_if<std::int64_t>(&literal)) {
    return emit_constant(Value::integer(*integer));
  }
  if (const auto* const number = std::get_if<std::uint64_t>(&literal)) {
    return emit_constant(Value::uint(*number));
  }
  if (const auto* const real = std::get_if<double>(&literal)) {
    return emit_constant(Value::real(*real));
  }
  if (const auto* const text = std::get_if<std::string>(&literal)) {
    return emit_constant(Value::string(keep(*text)));
  }
  if (const auto* const octets = std::get_if<Octets>(&literal)) {
    return emit_constant(Value::bytes(keep(octets->bytes)));
  }
  return emit_constant(Value::null());
}

auto Lowering::emit(NodeId id) -> std::uint32_t {
  const Resolution& resolution = checked_.nodes[id];
  switch (resolution.meaning) {
    case Meaning::plain:
      return emit_plain(id);
    case Meaning::variable:
      return emit_slot(Op::variable, resolution.slot);
    case Meaning::local:
      return emit_slot(Op::local, resolution.slot);
    case Meaning::type_name:
      return emit_constant(Value::type(keep(resolution.message)));
    case Meaning::error:
      return emit_constant(Value::error(keep(resolution.message)));
    case Meaning::field:
      return emit_field(id);
    case Meaning::call:
    case Meaning::qualified_call:
      return emit_call(id);
  }
  return 0;
}

auto Lowering::emit_field(NodeId id) -> std::uint32_t {
  const Resolution& resolution = checked_.nodes[id];
  const NodeId operand = ast_.nodes[id].children[0];
  CodeNode code;
  code.op = Op::field;
  code.index = static_cast<std::uint32_t>(resolution.field);
  code.record = resolution.record;
  code.field = &resolution.record->fields[resolution.field];
  if (checked_.nodes[operand].meaning == Meaning::variable) {
    code.op = Op::variable_field;
    code.slot = static_cast<std::uint32_t>(checked_.nodes[operand].slot);
    return add(code);
  }
  return add(code, {emit(operand)});
}

auto Lowering::emit_text_equality(const Node& node) -> std::optional<std::uint32_t> {
  const bool is_equality =
      node.kind == NodeKind::operation &&
      (node.operation == Operation::equal || node.operation == Operation::not_equal);
  if (!is_equality || ast_.nodes[node.children[1]].kind != NodeKind::literal) {
    return std::nullopt;
  }
  const auto* const text = std::get_if<std::string>(&ast_.nodes[node.children[1]].literal);
  if (text == nullptr) {
    return std::nullopt;
  }
  CodeNode code;
  code.op = node.operation == Operation::equal ? Op::equals_text : Op::differs_from_text;
  code.constant = Value::string(keep(*text));
  return add(code, {emit(node.children[0])});
}

auto Lowering::emit_plain(NodeId id) -> std::uint32_t {
  const Node& node = ast_.nodes[id];
  if (const auto comparison = emit_text_equality(node)) {
    return *comparison;
  }
  CodeNode code;
  switch (node.kind) {
    case NodeKind::literal:
      return emit_literal(node.literal);
    case NodeKind::select:
    case NodeKind::presence:
      code.op = node.kind == NodeKind::presence ? Op::presence
                : node.optional                 ? Op::optional_select
                                                : Op::select;
      code.constant = Value::string(keep(node.name));
      break;
    case NodeKind::index:
      code.op = node.optional ? Op::optional_index : Op::index;
      break;
    case NodeKind::list:
    case NodeKind::map:
      code.op = node.kind == NodeKind::list ? Op::list : Op::map;
      code.index = Code::kNone;
      if (!node.optional_entries.empty()) {
        code.index = static_cast<std::uint32_t>(code_->optional_entries.size());
        code_->optional_entries.push_back(node.optional_entries);
      }
      break;
    case NodeKind::logical_and:
      code.op = Op::logical_and;
      break;
    case NodeKind::logical_or:
      code.op = Op::logical_or;
      break;
    case NodeKind::conditional:
      code.op = Op::conditional;
      break;
    case NodeKind::operation:
      code.op = kOperations[static_cast<std::size_t>(node.operation)];
      break;
    case NodeKind::macro:
      code.op = kMacros[static_cast<std::size_t>(node.macro)];
      code.index = static_cast<std::uint32_t>(checked_.nodes[id].slot);
      code.two_variables = node.variables.size() == 2;
      break;
    case NodeKind::identifier:
    case NodeKind::call:
    case NodeKind::method:
    case NodeKind::message:
      // Checking gave these another meaning, or an issue.
      break;
  }
  return add(code, emit_children(node, 0));
}

auto Lowering::emit_pattern(NodeId subject, NodeId pattern) -> std::optional<std::uint32_t> {
  const auto* const text = std::get_if<std::string>(&ast_.nodes[pattern].literal);
  if (ast_.nodes[pattern].kind != NodeKind::literal || text == nullptr) {
    return std::nullopt;
  }
  auto compiled = compile_pattern(*text);
  if (!compiled) {
    if (!environment_.dynamic()) {
      const Span span = ast_.nodes[pattern].span;
      issues_.push_back({span.begin, span.end, compiled.error()});
    }
    return std::nullopt;
  }
  CodeNode code;
  code.op = Op::match;
  code.index = static_cast<std::uint32_t>(code_->patterns.size());
  code_->patterns.push_back(*std::move(compiled));
  return add(code, {emit(subject)});
}

auto Lowering::emit_call(NodeId id) -> std::uint32_t {
  const Node& node = ast_.nodes[id];
  const Resolution& resolution = checked_.nodes[id];
  const Function& function = *resolution.function;
  const std::size_t skip = resolution.meaning == Meaning::qualified_call ? 1 : 0;
  if (function.name == "matches" && node.children.size() == 2 && skip == 0) {
    if (const auto matched = emit_pattern(node.children[0], node.children[1])) {
      return *matched;
    }
  }
  CodeNode code;
  code.op = Op::call;
  const bool takes_two = function.style == CallStyle::method && node.children.size() == 2;
  if (takes_two && function.name == "or") {
    code.op = Op::optional_or;
  } else if (takes_two && function.name == "orValue") {
    code.op = Op::optional_or_value;
  } else {
    CallTarget target{function.name, {}};
    for (const std::uint32_t overload : resolution.overloads) {
      target.overloads.push_back(function.overloads[overload]);
    }
    code.index = static_cast<std::uint32_t>(code_->calls.size());
    code_->calls.push_back(std::move(target));
  }
  return add(code, emit_children(node, skip));
}

}  // namespace

auto lower(const Ast& ast, const Checked& checked, const Environment& environment)
    -> Expected<std::unique_ptr<const Code>, std::vector<Issue>> {
  Lowering lowering(ast, checked, environment);
  const std::uint32_t root = lowering.emit(ast.root);
  if (!lowering.issues().empty()) {
    return Unexpected{std::move(lowering.issues())};
  }
  return lowering.finish(root);
}

}  // namespace fedgate::cel
