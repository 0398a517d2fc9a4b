// The part of Checker that resolves calls and operators to overloads.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "rules/cel/checker.h"
#include "rules/cel/signature.h"

namespace fedgate::cel {
namespace {

// A message lists so many signatures, no more.
constexpr std::size_t kShownOverloads = 4;

// The macros that are called as methods, for suggestions.
constexpr std::array<std::string_view, 11> kMethodMacros = {
    "all",           "exists",       "exists_one",        "existsOne", "filter",    "map",
    "transformList", "transformMap", "transformMapEntry", "optMap",    "optFlatMap"};

auto join_types(const std::vector<Type>& types, std::size_t first) -> std::string {
  std::string result;
  for (std::size_t i = first; i < types.size(); ++i) {
    result += (i == first ? "" : ", ") + to_string(types[i]);
  }
  return result;
}

// How a call with these types looks: `int + string`, `string.size()`, `size(string)`.
auto call_text(const Node& node, const Function& function, const std::vector<Type>& types)
    -> std::string {
  if (node.kind == NodeKind::operation) {
    const std::string symbol(operator_symbol(node.operation));
    return types.size() == 1 ? symbol + to_string(types[0])
                             : to_string(types[0]) + " " + symbol + " " + to_string(types[1]);
  }
  if (function.style == CallStyle::method && !types.empty()) {
    return to_string(types[0]) + "." + function.name + "(" + join_types(types, 1) + ")";
  }
  return function.name + "(" + join_types(types, 0) + ")";
}

}  // namespace

auto Checker::find_global(std::string_view name, bool rooted) const -> const Function* {
  for (const std::string& candidate : candidates(name, rooted)) {
    if (const Function* const found = environment_.find_function(candidate, CallStyle::global)) {
      return found;
    }
  }
  return nullptr;
}

auto Checker::no_overload(NodeId id, const Function& function, const std::vector<Type>& types)
    -> Type {
  const Node& here = node(id);
  std::string message = "no overload fits `" + call_text(here, function, types) + "`";
  const std::size_t shown = std::min(function.overloads.size(), kShownOverloads);
  for (std::size_t i = 0; i < shown && here.kind != NodeKind::operation; ++i) {
    message += (i == 0 ? "; known: `" : ", `") +
               call_text(here, function, function.overloads[i].parameters) + "`";
  }
  return report(here.name_span, std::move(message));
}

auto Checker::apply(NodeId id, const Function& function, std::size_t skip) -> Type {
  const Node& here = node(id);
  std::vector<Type> types;
  for (std::size_t i = skip; i < here.children.size(); ++i) {
    types.push_back(infer(here.children[i]));
  }
  Resolution& resolution = nodes_[id];
  resolution.meaning = skip == 0 ? Meaning::call : Meaning::qualified_call;
  resolution.function = &function;
  std::optional<Type> result;
  // With known types, the first overload that fits is the one that will run.
  const bool settled = std::all_of(types.begin(), types.end(), &is_known);
  for (std::size_t i = 0; i < function.overloads.size() && !(settled && result); ++i) {
    const std::optional<Type> type = match_overload(function.overloads[i], types);
    if (type) {
      resolution.overloads.push_back(static_cast<std::uint32_t>(i));
      result = result && *result != *type ? Type::dyn() : *type;
    }
  }
  if (result) {
    return *result;
  }
  // In dynamic mode, all of them are tried again at run time, and none will fit.
  return no_overload(id, function, types);
}

auto Checker::infer_operation(NodeId id) -> Type {
  const Function* const function =
      environment_.find_function(operator_function(node(id).operation), CallStyle::global);
  const Type type = apply(id, *function, 0);
  nodes_[id].meaning = Meaning::plain;
  return type;
}

auto Checker::infer_call(NodeId id) -> Type {
  const Node& here = node(id);
  if (const Function* const function = find_global(here.name, here.rooted)) {
    return apply(id, *function, 0);
  }
  for (const NodeId child : here.children) {
    infer(child);
  }
  return unknown_function(id, here.name, CallStyle::global);
}

auto Checker::infer_method(NodeId id) -> Type {
  const Node& here = node(id);
  const NodeId target = here.children[0];
  const std::string scope = dotted_name(target);
  const bool rooted = !scope.empty() && is_rooted(target);
  const std::string qualified = fmt::format("{}.{}", scope, here.name);
  if (!scope.empty()) {
    if (const Function* const function = find_global(qualified, rooted)) {
      return apply(id, *function, 1);
    }
  }
  if (const Function* const function = environment_.find_function(here.name, CallStyle::method)) {
    return apply(id, *function, 0);
  }
  // `math.absolute(1)`: the name of a family of functions is no unknown variable.
  const bool is_family =
      !scope.empty() && environment_.find_variable(scope) == nullptr &&
      std::any_of(environment_.functions().begin(), environment_.functions().end(),
                  [&](const Function& known) { return known.name.starts_with(scope + "."); });
  for (std::size_t i = is_family ? 1 : 0; i < here.children.size(); ++i) {
    infer(here.children[i]);
  }
  return is_family ? unknown_function(id, qualified, CallStyle::global)
                   : unknown_function(id, here.name, CallStyle::method);
}

auto Checker::unknown_function(NodeId id, std::string_view name, CallStyle style) -> Type {
  const Node& here = node(id);
  const CallStyle other = style == CallStyle::global ? CallStyle::method : CallStyle::global;
  if (environment_.find_function(name, other) != nullptr) {
    return report_missing(id, here.name_span,
                          style == CallStyle::global
                              ? fmt::format("`{0}` is called as a method: `x.{0}(…)`", name)
                              : fmt::format("`{0}` is called as a function: `{0}(…)`", name));
  }
  std::vector<std::string_view> known;
  for (const Function& function : environment_.functions()) {
    if (function.style == style) {
      known.emplace_back(function.name);
    }
  }
  if (style == CallStyle::method) {
    known.insert(known.end(), kMethodMacros.begin(), kMethodMacros.end());
  }
  // A macro with the wrong number of arguments is an unknown function of its own name.
  if (std::find(kMethodMacros.begin(), kMethodMacros.end(), name) != kMethodMacros.end() ||
      name == "has") {
    return report_missing(id, here.name_span, fmt::format("`{}` takes other arguments", name));
  }
  return report_missing(id, here.name_span,
                        fmt::format("unknown function `{}`{}", name, did_you_mean(name, known)));
}

}  // namespace fedgate::cel
