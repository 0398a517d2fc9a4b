// The part of Evaluator that reads fields, keys and elements, and that makes lists and maps.
#include <optional>

#include "rules/cel/compare.h"
#include "rules/cel/evaluator.h"
#include "rules/cel/kind_name.h"
#include "rules/cel/record.h"

namespace fedgate::cel {
namespace {

// What a lookup finds: a value (an error among them), or nothing.
using Found = std::optional<Value>;

// What the field holds; nothing where it is absent.
auto read(const Field& field, const void* object, Arena& arena) -> Found {
  switch (presence_of(field, object)) {
    case Presence::present:
      return field.get(object, arena);
    case Presence::unknown:
      return unknown_error();
    case Presence::absent:
      break;
  }
  return std::nullopt;
}

auto missing_field(std::string_view record, std::string_view field, Arena& arena) -> Value {
  return Value::error(arena, arena.concatenate("`", record, "."), field, "` is not set");
}

auto missing_key(const Value& key, Arena& arena) -> Value {
  return key.is(Kind::string) ? Value::error(arena, "no such key: `", key.text(), "`")
                              : Value::error("no such key");
}

auto find_field(const Value& operand, const Value& name, Arena& arena) -> Found {
  if (operand.is(Kind::map)) {
    return find_in_map(operand.as_map(), name, arena);
  }
  if (operand.is(Kind::record)) {
    const RecordType& record = *operand.record_type();
    const auto index = record.find(name.text());
    if (!index) {
      return Value::error(arena, arena.concatenate("`", record.name, "` has no field `"),
                          name.text(), "`");
    }
    return read(record.fields[*index], operand.object(), arena);
  }
  if (operand.is_error()) {
    return operand;
  }
  return Value::error(arena, kind_name(operand.kind()), " has no fields");
}

auto find_element(const Value& operand, const Value& key, Arena& arena) -> Found {
  if (operand.is_error()) {
    return operand;
  }
  if (key.is_error()) {
    return key;
  }
  if (operand.is(Kind::map)) {
    return find_in_map(operand.as_map(), key, arena);
  }
  if (!operand.is(Kind::list)) {
    return Value::error(arena, kind_name(operand.kind()), " cannot be indexed");
  }
  const ListView& list = operand.as_list();
  const auto index = list_index(key, list.size);
  if (index) {
    return list.at(list.data, *index, arena);
  }
  const bool is_whole =
      key.is(Kind::integer) || key.is(Kind::uint) || list_index(key, SIZE_MAX).has_value();
  return is_whole ? std::nullopt : Found(Value::error("a list is indexed by int"));
}

auto make_optional(const Found& found, Arena& arena) -> Value {
  if (!found) {
    return Value::optional(nullptr);
  }
  if (found->is_error()) {
    return *found;
  }
  const auto* inner = arena.make<Value>(*found);
  return inner == nullptr ? exhausted_error() : Value::optional(inner);
}

// Where the operand of a selection is an optional, the selection goes on inside, and its result is
// an optional again.
template <typename Find>
auto find_through_optional(const Value& operand, Arena& arena, const Find& find) -> Value {
  const Value* const inner = operand.optional_inner();
  return inner == nullptr ? operand : make_optional(find(*inner), arena);
}

}  // namespace

auto Evaluator::field(const CodeNode& node) -> Value {
  Value storage;
  return read_field(node, look_child(node, 0, storage));
}

auto Evaluator::variable_field(const CodeNode& node) -> Value {
  return read_field(node, variables_[node.slot]);
}

auto Evaluator::read_field(const CodeNode& node, const Value& operand) -> Value {
  if (operand.is(Kind::record) && operand.record_type() == node.record) {
    const Field& field = *node.field;
    if (field.presence == nullptr) {
      return field.get(operand.object(), arena_);
    }
    const Found found = read(field, operand.object(), arena_);
    return found ? *found : missing_field(node.record->name, field.name, arena_);
  }
  if (operand.is_error()) {
    return operand;
  }
  // Only a host that gives a value of another type than it declared gets here.
  const Value name = Value::string(node.field->name);
  return find_field(operand, name, arena_).value_or(missing_key(name, arena_));
}

auto Evaluator::select(const CodeNode& node) -> Value {
  const Value operand = child(node, 0);
  if (operand.is(Kind::optional)) {
    return find_through_optional(operand, arena_, [&](const Value& inner) {
      return find_field(inner, node.constant, arena_);
    });
  }
  const Found found = find_field(operand, node.constant, arena_);
  if (found) {
    return *found;
  }
  return operand.is(Kind::record)
             ? missing_field(operand.record_type()->name, node.constant.text(), arena_)
             : missing_key(node.constant, arena_);
}

auto Evaluator::optional_select(const CodeNode& node) -> Value {
  const Value operand = child(node, 0);
  const auto find = [&](const Value& inner) { return find_field(inner, node.constant, arena_); };
  return operand.is(Kind::optional) ? find_through_optional(operand, arena_, find)
                                    : make_optional(find(operand), arena_);
}

auto Evaluator::presence(const CodeNode& node) -> Value {
  Value operand = child(node, 0);
  if (operand.is(Kind::optional)) {
    if (operand.optional_inner() == nullptr) {
      return Value::boolean(false);
    }
    operand = *operand.optional_inner();
  }
  if (operand.is(Kind::record)) {
    // Asks without reading the field.
    const auto index = operand.record_type()->find(node.constant.text());
    if (index) {
      const Presence presence =
          presence_of(operand.record_type()->fields[*index], operand.object());
      return presence == Presence::unknown ? unknown_error()
                                           : Value::boolean(presence == Presence::present);
    }
  }
  const Found found = find_field(operand, node.constant, arena_);
  if (found && found->is_error() && !operand.is(Kind::map)) {
    return *found;
  }
  return Value::boolean(found.has_value());
}

auto Evaluator::index(const CodeNode& node) -> Value {
  const Value operand = child(node, 0);
  const Value key = child(node, 1);
  if (operand.is(Kind::optional) && !key.is_error()) {
    return find_through_optional(
        operand, arena_, [&](const Value& inner) { return find_element(inner, key, arena_); });
  }
  const Found found = find_element(operand, key, arena_);
  if (found) {
    return *found;
  }
  return operand.is(Kind::list) ? Value::error("index out of range") : missing_key(key, arena_);
}

auto Evaluator::optional_index(const CodeNode& node) -> Value {
  const Value operand = child(node, 0);
  const Value key = child(node, 1);
  const auto find = [&](const Value& inner) { return find_element(inner, key, arena_); };
  return operand.is(Kind::optional) && !key.is_error()
             ? find_through_optional(operand, arena_, find)
             : make_optional(find(operand), arena_);
}

auto Evaluator::is_left_out(const CodeNode& node, std::size_t entry, Value& value) const -> bool {
  if (node.index == Code::kNone || !code_.optional_entries[node.index][entry] || value.is_error()) {
    return false;
  }
  if (!value.is(Kind::optional)) {
    value = Value::error("an entry after `?` must be optional");
    return false;
  }
  if (value.optional_inner() == nullptr) {
    return true;
  }
  value = *value.optional_inner();
  return false;
}

auto Evaluator::list(const CodeNode& node) -> Value {
  const std::span<Value> items = arena_.make_array<Value>(node.count);
  if (items.size() < node.count) {
    return exhausted_error();
  }
  std::size_t size = 0;
  for (std::size_t i = 0; i < node.count; ++i) {
    Value value = child(node, i);
    if (is_left_out(node, i, value)) {
      continue;
    }
    if (value.is_error()) {
      return value;
    }
    items[size++] = value;
  }
  return list_of_values(items.first(size), arena_);
}

auto Evaluator::map(const CodeNode& node) -> Value {
  const std::span<MapEntry> entries = arena_.make_array<MapEntry>(node.count / 2);
  if (entries.size() < node.count / 2) {
    return exhausted_error();
  }
  std::size_t size = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const Value key = child(node, 2 * i);
    if (key.is_error()) {
      return key;
    }
    Value value = child(node, 2 * i + 1);
    if (is_left_out(node, i, value)) {
      continue;
    }
    if (value.is_error()) {
      return value;
    }
    entries[size++] = {key, value};
  }
  return map_of_entries(entries.first(size), arena_);
}

}  // namespace fedgate::cel
