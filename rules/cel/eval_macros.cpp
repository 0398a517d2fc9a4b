// The part of Evaluator that runs macros.
#include <optional>

#include "rules/cel/evaluator.h"

namespace fedgate::cel {
namespace {

// What a macro goes over: the elements of a list or the keys of a map, or, with two variables, both
// with their indices or values.
class Range {
 public:
  Range(const Value& value, bool two_variables) : value_(value), two_variables_(two_variables) {}

  [[nodiscard]] auto is_valid() const -> bool {
    return value_.is(Kind::list) || value_.is(Kind::map);
  }
  [[nodiscard]] auto size() const -> std::size_t {
    return value_.is(Kind::list) ? value_.as_list().size : value_.as_map().size;
  }
  // Sets the variables of a macro to the entry `i`.
  void bind(std::size_t i, Value* variables, Arena& arena) const {
    if (value_.is(Kind::list)) {
      const ListView& list = value_.as_list();
      if (two_variables_) {
        variables[0] = Value::integer(static_cast<std::int64_t>(i));
      }
      variables[two_variables_ ? 1 : 0] = list.at(list.data, i, arena);
      return;
    }
    const MapView& map = value_.as_map();
    variables[0] = map.key_at(map.data, i, arena);
    if (two_variables_) {
      variables[1] = map.value_at(map.data, i, arena);
    }
  }
  // The error of a value that cannot be gone over.
  [[nodiscard]] auto error(std::string_view macro, Arena& arena) const -> Value {
    return value_.is_error() ? value_ : no_overload_error(macro, {&value_, 1}, arena);
  }

 private:
  Value value_;
  bool two_variables_;
};

constexpr std::size_t kFilter = 1;
constexpr std::size_t kBody = 2;

}  // namespace

// `all` and `exists`: like `&&` and `||` over the elements.
auto Evaluator::macro_fold(const CodeNode& node) -> Value {
  const bool decisive = node.op == Op::macro_exists;
  const std::string_view name = decisive ? "exists" : "all";
  const Range range(child(node, 0), node.two_variables);
  if (!range.is_valid()) {
    return range.error(name, arena_);
  }
  Value failure = Value::boolean(!decisive);
  for (std::size_t i = 0; i < range.size(); ++i) {
    const Arena::Mark mark = arena_.mark();
    range.bind(i, &local(node, 0), arena_);
    const Value value = child(node, kBody);
    if (arena_.exhausted()) {
      return exhausted_error();
    }
    if (value.is(Kind::boolean)) {
      if (value.as_boolean() == decisive) {
        return value;
      }
      // A verdict keeps nothing of what its evaluation allocated.
      arena_.rewind(mark);
    } else if (!failure.is_error()) {
      failure = value.is_error() ? value : no_overload_error(name, {&value, 1}, arena_);
    }
  }
  return failure;
}

auto Evaluator::macro_exists_one(const CodeNode& node) -> Value {
  const Range range(child(node, 0), node.two_variables);
  if (!range.is_valid()) {
    return range.error("exists_one", arena_);
  }
  std::size_t matches = 0;
  for (std::size_t i = 0; i < range.size(); ++i) {
    const Arena::Mark mark = arena_.mark();
    range.bind(i, &local(node, 0), arena_);
    const Value value = child(node, kBody);
    if (!value.is(Kind::boolean)) {
      return value.is_error() ? value : no_overload_error("exists_one", {&value, 1}, arena_);
    }
    matches += value.as_boolean() ? 1U : 0U;
    arena_.rewind(mark);
  }
  return Value::boolean(matches == 1);
}

auto Evaluator::keeps(const CodeNode& node, Value& error) -> bool {
  if (child_index(node, kFilter) == Code::kNone) {
    return true;
  }
  const Arena::Mark mark = arena_.mark();
  const Value value = child(node, kFilter);
  if (!value.is(Kind::boolean)) {
    error = value.is_error() ? value : no_overload_error("filter", {&value, 1}, arena_);
    return false;
  }
  arena_.rewind(mark);
  return value.as_boolean();
}

auto Evaluator::macro_map(const CodeNode& node) -> Value {
  const Range range(child(node, 0), node.two_variables);
  if (!range.is_valid()) {
    return range.error("map", arena_);
  }
  const std::span<Value> items = arena_.make_array<Value>(range.size());
  if (items.size() < range.size()) {
    return exhausted_error();
  }
  std::size_t size = 0;
  Value error;
  for (std::size_t i = 0; i < range.size(); ++i) {
    range.bind(i, &local(node, 0), arena_);
    if (!keeps(node, error)) {
      if (error.is_error()) {
        return error;
      }
      continue;
    }
    const Value value = child(node, kBody);
    if (value.is_error()) {
      return value;
    }
    items[size++] = value;
  }
  return list_of_values(items.first(size), arena_);
}

auto Evaluator::macro_transform_map(const CodeNode& node) -> Value {
  const Range range(child(node, 0), true);
  if (!range.is_valid()) {
    return range.error("transformMap", arena_);
  }
  const std::span<MapEntry> entries = arena_.make_array<MapEntry>(range.size());
  if (entries.size() < range.size()) {
    return exhausted_error();
  }
  std::size_t size = 0;
  Value error;
  for (std::size_t i = 0; i < range.size(); ++i) {
    range.bind(i, &local(node, 0), arena_);
    if (!keeps(node, error)) {
      if (error.is_error()) {
        return error;
      }
      continue;
    }
    const Value key = local(node, 0);
    const Value value = child(node, kBody);
    if (value.is_error()) {
      return value;
    }
    entries[size++] = {key, value};
  }
  return map_of_entries(entries.first(size), arena_);
}

auto Evaluator::macro_transform_map_entry(const CodeNode& node) -> Value {
  const Range range(child(node, 0), true);
  if (!range.is_valid()) {
    return range.error("transformMapEntry", arena_);
  }
  const std::span<Value> maps = arena_.make_array<Value>(range.size());
  if (maps.size() < range.size()) {
    return exhausted_error();
  }
  std::size_t count = 0;
  std::size_t total = 0;
  Value error;
  for (std::size_t i = 0; i < range.size(); ++i) {
    range.bind(i, &local(node, 0), arena_);
    if (!keeps(node, error)) {
      if (error.is_error()) {
        return error;
      }
      continue;
    }
    const Value value = child(node, kBody);
    if (!value.is(Kind::map)) {
      return value.is_error() ? value : no_overload_error("transformMapEntry", {&value, 1}, arena_);
    }
    total += value.as_map().size;
    maps[count++] = value;
  }
  const std::span<MapEntry> entries = arena_.make_array<MapEntry>(total);
  if (entries.size() < total || !arena_.spend(total)) {
    return exhausted_error();
  }
  std::size_t size = 0;
  for (const Value& value : maps.first(count)) {
    const MapView& map = value.as_map();
    for (std::size_t i = 0; i < map.size; ++i) {
      entries[size++] = {map.key_at(map.data, i, arena_), map.value_at(map.data, i, arena_)};
    }
  }
  return map_of_entries(entries, arena_);
}

auto Evaluator::macro_bind(const CodeNode& node) -> Value {
  // An error is bound as it is: it only counts where the variable is used.
  const Value value = child(node, 0);
  local(node, 0) = value;
  return child(node, kBody);
}

auto Evaluator::macro_optional(const CodeNode& node) -> Value {
  const bool flat = node.op == Op::macro_optional_flat_map;
  const std::string_view name = flat ? "optFlatMap" : "optMap";
  const Value target = child(node, 0);
  if (!target.is(Kind::optional)) {
    return target.is_error() ? target : no_overload_error(name, {&target, 1}, arena_);
  }
  if (target.optional_inner() == nullptr) {
    return target;
  }
  local(node, 0) = *target.optional_inner();
  const Value result = child(node, kBody);
  if (result.is_error()) {
    return result;
  }
  if (flat) {
    return result.is(Kind::optional) ? result : no_overload_error(name, {&result, 1}, arena_);
  }
  const auto* inner = arena_.make<Value>(result);
  return inner == nullptr ? exhausted_error() : Value::optional(inner);
}

}  // namespace fedgate::cel
