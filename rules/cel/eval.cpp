#include <array>

#include "rules/cel/compare.h"
#include "rules/cel/evaluator.h"
#include "rules/cel/kind_name.h"
#include "rules/cel/pattern.h"
#include "rules/cel/program.h"
#include "rules/cel/signature.h"
#include "schema/base/check.h"

namespace fedgate::cel {
namespace {

auto symbol_of(Op op) -> std::string_view {
  const auto offset = static_cast<unsigned>(op) - static_cast<unsigned>(Op::less);
  constexpr std::array<std::string_view, 12> kSymbols = {"<", "<=", ">", ">=", "in", "+",
                                                         "-", "*",  "/", "%",  "-",  "!"};
  return kSymbols[offset];
}

}  // namespace

const std::array<Evaluator::Handler, 44> Evaluator::kHandlers = {
    &Evaluator::leaf,  // constant
    &Evaluator::leaf,  // variable
    &Evaluator::leaf,  // local
    &handle<&Evaluator::field>,
    &handle<&Evaluator::variable_field>,
    &handle<&Evaluator::select>,
    &handle<&Evaluator::optional_select>,
    &handle<&Evaluator::presence>,
    &handle<&Evaluator::index>,
    &handle<&Evaluator::optional_index>,
    &handle<&Evaluator::list>,
    &handle<&Evaluator::map>,
    &handle<&Evaluator::logical_and>,
    &handle<&Evaluator::logical_or>,
    &handle<&Evaluator::conditional>,
    &handle<&Evaluator::equality>,       // equal
    &handle<&Evaluator::equality>,       // not_equal
    &handle<&Evaluator::text_equality>,  // equals_text
    &handle<&Evaluator::text_equality>,  // differs_from_text
    &handle<&Evaluator::relation>,       // less
    &handle<&Evaluator::relation>,       // less_equal
    &handle<&Evaluator::relation>,       // greater
    &handle<&Evaluator::relation>,       // greater_equal
    &handle<&Evaluator::membership>,     // in
    &handle<&Evaluator::arithmetic>,     // add
    &handle<&Evaluator::arithmetic>,     // subtract
    &handle<&Evaluator::arithmetic>,     // multiply
    &handle<&Evaluator::arithmetic>,     // divide
    &handle<&Evaluator::arithmetic>,     // modulo
    &handle<&Evaluator::negate>,
    &handle<&Evaluator::negation>,
    &handle<&Evaluator::call>,
    &handle<&Evaluator::match>,
    &handle<&Evaluator::optional_or>,
    &handle<&Evaluator::optional_or>,  // optional_or_value
    &handle<&Evaluator::macro_fold>,   // macro_all
    &handle<&Evaluator::macro_fold>,   // macro_exists
    &handle<&Evaluator::macro_exists_one>,
    &handle<&Evaluator::macro_map>,
    &handle<&Evaluator::macro_transform_map>,
    &handle<&Evaluator::macro_transform_map_entry>,
    &handle<&Evaluator::macro_bind>,
    &handle<&Evaluator::macro_optional>,  // macro_optional_map
    &handle<&Evaluator::macro_optional>,  // macro_optional_flat_map
};

auto Evaluator::leaf(Evaluator& /*evaluator*/, const CodeNode& /*node*/) -> Value {
  static_assert(std::size(kHandlers) == static_cast<std::size_t>(Op::macro_optional_flat_map) + 1);
  return {};
}

auto Evaluator::logical(const CodeNode& node, bool decisive) -> Value {
  Value failure = Value::boolean(!decisive);
  for (std::size_t i = 0; i < node.count; ++i) {
    Value storage;
    const Value& value = look_child(node, i, storage);
    if (value.is(Kind::boolean)) {
      if (value.as_boolean() == decisive) {
        return value;
      }
    } else if (!failure.is_error()) {
      const std::string_view symbol = decisive ? "||" : "&&";
      failure = value.is_error() ? value : no_overload_error(symbol, {&value, 1}, arena_);
    }
  }
  return failure;
}

auto Evaluator::logical_and(const CodeNode& node) -> Value { return logical(node, false); }

auto Evaluator::logical_or(const CodeNode& node) -> Value { return logical(node, true); }

auto Evaluator::conditional(const CodeNode& node) -> Value {
  const Value condition = child(node, 0);
  if (condition.is(Kind::boolean)) {
    return child(node, condition.as_boolean() ? 1 : 2);
  }
  return condition.is_error() ? condition : no_overload_error("?:", {&condition, 1}, arena_);
}

auto Evaluator::equality(const CodeNode& node) -> Value {
  Value left_storage;
  const Value& left = look_child(node, 0, left_storage);
  if (left.is_error()) {
    return left;
  }
  Value right_storage;
  const Value& right = look_child(node, 1, right_storage);
  if (right.is_error()) {
    return right;
  }
  return Value::boolean(equal(left, right, arena_) == (node.op == Op::equal));
}

auto Evaluator::text_equality(const CodeNode& node) -> Value {
  Value storage;
  const Value& value = look_child(node, 0, storage);
  if (value.is_error()) {
    return value;
  }
  const std::string_view text = node.constant.text();
  const bool same = value.is(Kind::string) && value.text().size() == text.size() &&
                    arena_.spend(text.size() / kBytesPerStep) && value.text() == text;
  return Value::boolean(same == (node.op == Op::equals_text));
}

auto Evaluator::relation(const CodeNode& node) -> Value {
  const std::array<Value, 2> sides = {child(node, 0), child(node, 1)};
  if (sides[0].is_error()) {
    return sides[0];
  }
  if (sides[1].is_error()) {
    return sides[1];
  }
  const std::optional<Order> found = order(sides[0], sides[1]);
  if (!found) {
    return no_overload_error(symbol_of(node.op), sides, arena_);
  }
  if (*found == Order::unordered) {
    return Value::boolean(false);
  }
  const bool less = node.op == Op::less || node.op == Op::less_equal;
  const bool or_equal = node.op == Op::less_equal || node.op == Op::greater_equal;
  return Value::boolean(*found == (less ? Order::less : Order::greater) ||
                        (or_equal && *found == Order::equal));
}

auto Evaluator::membership(const CodeNode& node) -> Value {
  const std::array<Value, 2> sides = {child(node, 0), child(node, 1)};
  if (sides[0].is_error()) {
    return sides[0];
  }
  if (sides[1].is_error()) {
    return sides[1];
  }
  if (sides[1].is(Kind::list)) {
    return Value::boolean(list_contains(sides[1].as_list(), sides[0], arena_));
  }
  if (sides[1].is(Kind::map)) {
    return Value::boolean(find_in_map(sides[1].as_map(), sides[0], arena_).has_value());
  }
  return no_overload_error("in", sides, arena_);
}

auto Evaluator::arithmetic(const CodeNode& node) -> Value {
  Value left_storage;
  const Value& left = look_child(node, 0, left_storage);
  if (left.is_error()) {
    return left;
  }
  Value right_storage;
  const Value& right = look_child(node, 1, right_storage);
  if (right.is_error()) {
    return right;
  }
  const Value result = calculate(node.op, left, right, arena_);
  if (!result.is(Kind::null)) {
    return result;
  }
  return no_overload_error(symbol_of(node.op), std::array{left, right}, arena_);
}

auto Evaluator::negate(const CodeNode& node) -> Value {
  const Value value = child(node, 0);
  if (value.is(Kind::integer)) {
    std::int64_t result = 0;
    if (__builtin_sub_overflow(std::int64_t{0}, value.as_integer(), &result)) {
      return Value::error("integer overflow");
    }
    return Value::integer(result);
  }
  if (value.is(Kind::real)) {
    return Value::real(-value.as_real());
  }
  return value.is_error() ? value : no_overload_error("-", {&value, 1}, arena_);
}

auto Evaluator::negation(const CodeNode& node) -> Value {
  Value storage;
  const Value& value = look_child(node, 0, storage);
  if (value.is(Kind::boolean)) {
    return Value::boolean(!value.as_boolean());
  }
  return value.is_error() ? value : no_overload_error("!", {&value, 1}, arena_);
}

auto Evaluator::call(const CodeNode& node) -> Value {
  std::array<Value, 4> few;
  std::span<Value> arguments(few);
  if (node.count <= few.size()) {
    arguments = arguments.first(node.count);
  } else {
    arguments = arena_.make_array<Value>(node.count);
    if (arguments.empty()) {
      return exhausted_error();
    }
  }
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < node.count; ++i) {
    arguments[i] = child(node, i);
    if (arguments[i].is_error()) {
      return arguments[i];
    }
    if (arguments[i].is(Kind::string) || arguments[i].is(Kind::bytes)) {
      bytes += arguments[i].text().size();
    }
  }
  if (!arena_.spend(bytes / kBytesPerStep)) {
    return exhausted_error();
  }
  return invoke(code_.calls[node.index], arguments);
}

auto Evaluator::invoke(const CallTarget& target, std::span<const Value> arguments) -> Value {
  for (const Overload& overload : target.overloads) {
    const std::size_t parameters = overload.parameters.size();
    if (overload.variadic ? arguments.size() < parameters : arguments.size() != parameters) {
      continue;
    }
    bool fits = true;
    for (std::size_t i = 0; fits && i < arguments.size(); ++i) {
      const std::size_t parameter = i < parameters ? i : parameters - 1;
      fits = accepts(overload.parameters[parameter], arguments[i]);
    }
    if (fits) {
      return overload.call(arguments, arena_);
    }
  }
  return no_overload_error(target.name, arguments, arena_);
}

auto Evaluator::match(const CodeNode& node) -> Value {
  const Value subject = child(node, 0);
  if (subject.is(Kind::string)) {
    return match_pattern(subject.text(), *code_.patterns[node.index], arena_);
  }
  return subject.is_error() ? subject : no_overload_error("matches", {&subject, 1}, arena_);
}

auto Evaluator::optional_or(const CodeNode& node) -> Value {
  const Value value = child(node, 0);
  const bool unwraps = node.op == Op::optional_or_value;
  if (!value.is(Kind::optional)) {
    return value.is_error() ? value
                            : no_overload_error(unwraps ? "orValue" : "or", {&value, 1}, arena_);
  }
  if (const Value* const inner = value.optional_inner()) {
    return unwraps ? *inner : value;
  }
  const Value other = child(node, 1);
  if (unwraps || other.is(Kind::optional) || other.is_error()) {
    return other;
  }
  return no_overload_error("or", std::array{value, other}, arena_);
}

auto no_overload_error(std::string_view name, std::span<const Value> arguments, Arena& arena)
    -> Value {
  std::string_view types;
  for (const Value& argument : arguments) {
    const std::string_view next = kind_name(argument.kind());
    types = arena.concatenate(types, types.empty() ? "" : ", ", next);
  }
  return Value::error(arena, arena.concatenate("no overload of `", name, "` fits ("), types, ")");
}

auto Program::evaluate(std::span<const Value> variables, Arena& arena) const -> Value {
  FEDGATE_CHECK(variables.size() >= code_->variables, "a variable has no value");
  arena.refill(code_->steps);
  std::span<Value> locals;
  if (code_->locals > 0) {
    locals = arena.make_array<Value>(code_->locals);
    if (locals.empty()) {
      return exhausted_error();
    }
  }
  const Value result = Evaluator(*code_, variables, locals, arena).run(code_->root);
  return arena.exhausted() ? exhausted_error() : result;
}

}  // namespace fedgate::cel
