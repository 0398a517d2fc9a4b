#include "rules/cel/check.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "rules/cel/checker.h"
#include "rules/cel/kind_name.h"
#include "rules/cel/signature.h"
#include "schema/base/suggest.h"

namespace fedgate::cel {
namespace {

// The types that have a name in expressions.
constexpr std::array kNamedKinds = {Kind::boolean,   Kind::bytes,    Kind::real,    Kind::integer,
                                    Kind::list,      Kind::map,      Kind::null,    Kind::string,
                                    Kind::type,      Kind::uint,     Kind::ip,      Kind::cidr,
                                    Kind::timestamp, Kind::duration, Kind::optional};

auto names_type(std::string_view name) -> bool {
  return std::any_of(kNamedKinds.begin(), kNamedKinds.end(),
                     [&](Kind kind) { return kind_name(kind) == name; });
}

auto quoted(std::string_view text) -> std::string { return "`" + std::string(text) + "`"; }

}  // namespace

auto did_you_mean(std::string_view name, std::span<const std::string_view> known) -> std::string {
  const auto found = nearest(name, known);
  return found ? "; did you mean " + quoted(*found) + "?" : std::string();
}

auto Checker::report(Span span, std::string message) -> Type {
  if (environment_.dynamic()) {
    return Type::dyn();
  }
  issues_.push_back({span.begin, span.end, std::move(message)});
  return Type::error();
}

auto Checker::report_missing(NodeId id, Span span, std::string message) -> Type {
  if (environment_.dynamic()) {
    nodes_[id].meaning = Meaning::error;
    nodes_[id].message = std::move(message);
    return Type::dyn();
  }
  return report(span, std::move(message));
}

void Checker::expect(NodeId id, const Type& actual, const Type& expected) {
  if (!is_open(actual) && !join(actual, expected)) {
    report(node(id).span, "expected " + to_string(expected) + ", got " + to_string(actual));
  }
}

auto Checker::candidates(std::string_view name, bool rooted) const -> std::vector<std::string> {
  std::vector<std::string> result;
  std::string scope = rooted ? std::string() : environment_.container();
  while (!scope.empty()) {
    result.push_back(scope + "." + std::string(name));
    const std::size_t dot = scope.rfind('.');
    scope.resize(dot == std::string::npos ? 0 : dot);
  }
  result.emplace_back(name);
  return result;
}

auto Checker::find_local(std::string_view name) const -> const Local* {
  const auto found = std::find_if(locals_.rbegin(), locals_.rend(),
                                  [&](const Local& local) { return local.name == name; });
  return found == locals_.rend() ? nullptr : &*found;
}

auto Checker::is_rooted(NodeId id) const -> bool {
  while (node(id).kind == NodeKind::select) {
    id = node(id).children[0];
  }
  return node(id).rooted;
}

auto Checker::dotted_name(NodeId id) const -> std::string {
  const Node& here = node(id);
  if (here.kind == NodeKind::identifier) {
    return !here.rooted && find_local(here.name) != nullptr ? std::string()
                                                            : std::string(here.name);
  }
  if (here.kind != NodeKind::select || here.optional || here.quoted) {
    return {};
  }
  const std::string scope = dotted_name(here.children[0]);
  return scope.empty() ? std::string() : fmt::format("{}.{}", scope, here.name);
}

auto Checker::resolve_name(NodeId id, std::string_view name, bool rooted) -> bool {
  Resolution& resolution = nodes_[id];
  for (const std::string& candidate : candidates(name, rooted)) {
    if (const Variable* const variable = environment_.find_variable(candidate)) {
      resolution.meaning = Meaning::variable;
      resolution.slot = variable->slot;
      resolution.type = variable->type;
      return true;
    }
    if (names_type(candidate)) {
      resolution.meaning = Meaning::type_name;
      resolution.message = candidate;
      resolution.type = Type::type();
      return true;
    }
  }
  return false;
}

auto Checker::known_variables() const -> std::vector<std::string_view> {
  std::vector<std::string_view> result;
  for (const Local& local : locals_) {
    result.push_back(local.name);
  }
  for (const Variable& variable : environment_.variables()) {
    result.emplace_back(variable.name);
  }
  return result;
}

auto Checker::infer(NodeId id) -> Type {
  const Type type = infer_kind(id);
  nodes_[id].type = type;
  return type;
}

auto Checker::infer_kind(NodeId id) -> Type {
  const Node& here = node(id);
  switch (here.kind) {
    case NodeKind::literal:
      return infer_literal(here);
    case NodeKind::identifier:
      return infer_identifier(id);
    case NodeKind::select:
      return infer_select(id);
    case NodeKind::presence:
      return infer_presence(id);
    case NodeKind::index:
      return infer_index(id);
    case NodeKind::call:
      return infer_call(id);
    case NodeKind::method:
      return infer_method(id);
    case NodeKind::list:
      return infer_list(here);
    case NodeKind::map:
      return infer_map(here);
    case NodeKind::message:
      issues_.push_back(
          {here.name_span.begin, here.name_span.end,
           fmt::format("messages cannot be constructed; `{}` is no message type", here.name)});
      return Type::error();
    case NodeKind::logical_and:
    case NodeKind::logical_or:
      return infer_logical(here);
    case NodeKind::conditional:
      return infer_conditional(id);
    case NodeKind::operation:
      return infer_operation(id);
    case NodeKind::macro:
      return infer_macro(id);
  }
  return Type::error();
}

auto Checker::infer_literal(const Node& node) -> Type {
  // In the order of the alternatives of Literal.
  constexpr std::array kTypes = {Type::null(), Type::boolean(), Type::integer(), Type::uint(),
                                 Type::real(), Type::string(),  Type::bytes()};
  return kTypes[node.literal.index()];
}

auto Checker::infer_identifier(NodeId id) -> Type {
  const Node& here = node(id);
  if (const Local* const local = here.rooted ? nullptr : find_local(here.name)) {
    nodes_[id].meaning = Meaning::local;
    nodes_[id].slot = static_cast<std::size_t>(local - locals_.data());
    return local->type;
  }
  if (resolve_name(id, here.name, here.rooted)) {
    return nodes_[id].type;
  }
  return report_missing(
      id, here.span,
      "unknown variable " + quoted(here.name) + did_you_mean(here.name, known_variables()));
}

auto Checker::infer_select(NodeId id) -> Type {
  const std::string name = dotted_name(id);
  if (!name.empty() && resolve_name(id, name, is_rooted(id))) {
    return nodes_[id].type;
  }
  const Type operand = infer(node(id).children[0]);
  if (operand.is(Kind::optional)) {
    const Type inner = select_from(id, operand.inner());
    nodes_[id].meaning = Meaning::plain;
    return inner.is(Kind::error) ? inner : Type::optional(inner);
  }
  const Type type = select_from(id, operand);
  if (node(id).optional) {
    nodes_[id].meaning = Meaning::plain;
    return type.is(Kind::error) ? type : Type::optional(type);
  }
  return type;
}

auto Checker::select_from(NodeId id, const Type& operand) -> Type {
  const Node& here = node(id);
  if (is_open(operand)) {
    return Type::dyn();
  }
  if (operand.is(Kind::record) && operand.record_type() != nullptr) {
    return select_field(id, *operand.record_type());
  }
  if (operand.is(Kind::map)) {
    if (operand.key().is(Kind::string) || operand.key().is(Kind::dyn)) {
      return operand.inner();
    }
    return report(here.name_span, "the keys of " + to_string(operand) + " are no strings");
  }
  return report(here.name_span, to_string(operand) + " has no fields");
}

auto Checker::select_field(NodeId id, const RecordType& record) -> Type {
  const Node& here = node(id);
  const auto field = record.find(here.name);
  if (!field) {
    std::vector<std::string_view> known;
    for (const Field& candidate : record.fields) {
      known.emplace_back(candidate.name);
    }
    return report(here.name_span, quoted(record.name) + " has no field " + quoted(here.name) +
                                      did_you_mean(here.name, known));
  }
  nodes_[id].meaning = Meaning::field;
  nodes_[id].record = &record;
  nodes_[id].field = *field;
  return record.fields[*field].type;
}

auto Checker::infer_presence(NodeId id) -> Type {
  const Type operand = infer(node(id).children[0]);
  select_from(id, operand.is(Kind::optional) ? operand.inner() : operand);
  nodes_[id].meaning = Meaning::plain;
  return Type::boolean();
}

auto Checker::infer_index(NodeId id) -> Type {
  const Node& here = node(id);
  const Type operand = infer(here.children[0]);
  const Type key = infer(here.children[1]);
  const bool is_optional = operand.is(Kind::optional);
  const Type type = index_into(here, is_optional ? operand.inner() : operand, key);
  return (is_optional || here.optional) && !type.is(Kind::error) ? Type::optional(type) : type;
}

auto Checker::index_into(const Node& node, const Type& operand, const Type& key) -> Type {
  if (is_open(operand)) {
    return Type::dyn();
  }
  if (operand.is(Kind::list)) {
    if (!is_open(key) && !key.is(Kind::integer)) {
      return report(node.name_span, "a list is indexed by int, got " + to_string(key));
    }
    return operand.inner();
  }
  if (operand.is(Kind::map)) {
    if (!is_open(key) && !join(operand.key(), key)) {
      return report(node.name_span, "the keys of the map are " + to_string(operand.key()) +
                                        ", got " + to_string(key));
    }
    return operand.inner();
  }
  return report(node.name_span, to_string(operand) + " cannot be indexed");
}

auto Checker::entry_type(NodeId id, bool optional) -> Type {
  const Type type = infer(id);
  if (!optional) {
    return type;
  }
  if (!is_open(type) && !type.is(Kind::optional)) {
    return report(node(id).span, "an entry after `?` must be optional, got " + to_string(type));
  }
  return type.inner();
}

auto Checker::infer_list(const Node& node) -> Type {
  Type element;
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    const bool optional = !node.optional_entries.empty() && node.optional_entries[i];
    const Type type = entry_type(node.children[i], optional);
    element = i == 0 ? type : join(element, type).value_or(Type::dyn());
  }
  return Type::list(element);
}

auto Checker::infer_map(const Node& node) -> Type {
  Type key;
  Type value;
  for (std::size_t i = 0; i < node.children.size(); i += 2) {
    const Type entry_key = infer(node.children[i]);
    if (!is_open(entry_key) && Type::map(entry_key, Type::dyn()).key().is(Kind::dyn)) {
      report(this->node(node.children[i]).span,
             "map keys must be bool, int, uint or string, got " + to_string(entry_key));
    }
    const bool optional = !node.optional_entries.empty() && node.optional_entries[i / 2];
    const Type entry = entry_type(node.children[i + 1], optional);
    key = i == 0 ? entry_key : join(key, entry_key).value_or(Type::dyn());
    value = i == 0 ? entry : join(value, entry).value_or(Type::dyn());
  }
  return Type::map(key, value);
}

auto Checker::infer_logical(const Node& node) -> Type {
  for (const NodeId child : node.children) {
    expect(child, infer(child), Type::boolean());
  }
  return Type::boolean();
}

auto Checker::infer_conditional(NodeId id) -> Type {
  const Node& here = node(id);
  expect(here.children[0], infer(here.children[0]), Type::boolean());
  const Type then = infer(here.children[1]);
  const Type otherwise = infer(here.children[2]);
  if (const auto joined = join(then, otherwise)) {
    return *joined;
  }
  return report(here.span,
                "the branches differ in type: " + to_string(then) + " and " + to_string(otherwise));
}

auto Checker::macro_elements(const Node& node, const Type& range) -> Elements {
  if (node.macro == Macro::bind) {
    return {range, {}};
  }
  if (is_open(range)) {
    return {};
  }
  const bool on_optional =
      node.macro == Macro::optional_map || node.macro == Macro::optional_flat_map;
  if (on_optional && range.is(Kind::optional)) {
    return {range.inner(), {}};
  }
  if (!on_optional && range.is(Kind::list)) {
    return node.variables.size() == 2 ? Elements{Type::integer(), range.inner()}
                                      : Elements{range.inner(), {}};
  }
  if (!on_optional && range.is(Kind::map)) {
    return {range.key(), range.inner()};
  }
  const Type error = report(node.name_span, quoted(node.name) + " works on " +
                                                (on_optional ? "an optional" : "a list or a map") +
                                                ", got " + to_string(range));
  return {error, error};
}

auto Checker::macro_result(const Node& node, const Type& range, const Type& body) -> Type {
  const NodeId body_id = node.children[2];
  switch (node.macro) {
    case Macro::all:
    case Macro::exists:
    case Macro::exists_one:
      expect(body_id, body, Type::boolean());
      return Type::boolean();
    case Macro::map:
      return Type::list(body);
    case Macro::transform_map:
      return Type::map(range.is(Kind::list) ? Type::integer() : range.key(), body);
    case Macro::transform_map_entry:
      expect(body_id, body, Type::map(Type::dyn(), Type::dyn()));
      return body.is(Kind::map) ? body : Type::map(Type::dyn(), Type::dyn());
    case Macro::bind:
      return body;
    case Macro::optional_map:
      return Type::optional(body);
    case Macro::optional_flat_map:
      expect(body_id, body, Type::optional(Type::dyn()));
      return body;
  }
  return Type::error();
}

auto Checker::infer_macro(NodeId id) -> Type {
  const Node& here = node(id);
  const Type range = infer(here.children[0]);
  const Elements elements = macro_elements(here, range);
  nodes_[id].slot = locals_.size();
  locals_.push_back({here.variables[0].name, elements.first});
  if (here.variables.size() == 2) {
    locals_.push_back({here.variables[1].name, elements.second});
  }
  most_locals_ = std::max(most_locals_, locals_.size());
  if (here.children[1] != kNoNode) {
    expect(here.children[1], infer(here.children[1]), Type::boolean());
  }
  const Type body = infer(here.children[2]);
  const Type result = macro_result(here, range, body);
  locals_.resize(nodes_[id].slot);
  return result;
}

auto check(const Ast& ast, const Environment& environment, const Type& expected)
    -> Expected<Checked, std::vector<Issue>> {
  Checker checker(ast, environment);
  const Type type = checker.infer(ast.root);
  checker.expect(ast.root, type, expected);
  if (!checker.issues().empty()) {
    return Unexpected{std::move(checker.issues())};
  }
  return checker.take();
}

}  // namespace fedgate::cel
