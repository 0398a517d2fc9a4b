// The optionals extension; `or` and `orValue` are evaluated lazily, by the evaluator.
#include "rules/cel/functions/library.h"

namespace fedgate::cel {
namespace {

using Arguments = std::span<const Value>;

auto make_optional(const Value& value, Arena& arena) -> Value {
  const auto* inner = arena.make<Value>(value);
  return inner == nullptr ? exhausted_error() : Value::optional(inner);
}

auto none(Arguments /*arguments*/, Arena& /*arena*/) -> Value { return Value::optional(nullptr); }

auto of(Arguments arguments, Arena& arena) -> Value { return make_optional(arguments[0], arena); }

// Whether the value is the one that its type starts from: 0, empty, unset.
auto is_zero(const Value& value) -> bool {
  switch (value.kind()) {
    case Kind::null:
      return true;
    case Kind::boolean:
      return !value.as_boolean();
    case Kind::integer:
      return value.as_integer() == 0;
    case Kind::uint:
      return value.as_uint() == 0;
    case Kind::real:
      return value.as_real() == 0;
    case Kind::string:
    case Kind::bytes:
      return value.text().empty();
    case Kind::list:
      return value.as_list().size == 0;
    case Kind::map:
      return value.as_map().size == 0;
    case Kind::optional:
      return value.optional_inner() == nullptr;
    case Kind::duration:
      return value.duration_nanos() == 0;
    case Kind::timestamp:
      return value.timestamp_seconds() == 0 && value.timestamp_nanos() == 0;
    case Kind::type:
    case Kind::record:
    case Kind::ip:
    case Kind::cidr:
    case Kind::dyn:
    case Kind::error:
    case Kind::number:
    case Kind::param_a:
    case Kind::param_b:
      return false;
  }
  return false;
}

auto of_non_zero(Arguments arguments, Arena& arena) -> Value {
  return is_zero(arguments[0]) ? Value::optional(nullptr) : make_optional(arguments[0], arena);
}

auto has_value(Arguments arguments, Arena& /*arena*/) -> Value {
  return Value::boolean(arguments[0].optional_inner() != nullptr);
}

auto value_of(Arguments arguments, Arena& /*arena*/) -> Value {
  const Value* const inner = arguments[0].optional_inner();
  return inner == nullptr ? Value::error("the optional is empty") : *inner;
}

// A list of optionals as the list of what they hold.
auto unwrap(Arguments arguments, Arena& arena) -> Value {
  const ListView& list = arguments[0].as_list();
  const std::span<Value> items = arena.make_array<Value>(list.size);
  if (items.size() < list.size || !arena.spend(list.size)) {
    return exhausted_error();
  }
  std::size_t size = 0;
  for (std::size_t i = 0; i < list.size; ++i) {
    const Value item = list.at(list.data, i, arena);
    if (!item.is(Kind::optional)) {
      return item.is_error() ? item : Value::error("an element of the list is no optional");
    }
    if (item.optional_inner() != nullptr) {
      items[size++] = *item.optional_inner();
    }
  }
  return list_of_values(items.first(size), arena);
}

}  // namespace

void add_optionals(Environment& environment) {
  const Type any = Type::param_a();
  const Type optional = Type::optional(any);
  environment.add_function("optional.none", CallStyle::global,
                           {{{}, Type::optional(Type::dyn()), &none}});
  environment.add_function("optional.of", CallStyle::global, {{{any}, optional, &of}});
  environment.add_function("optional.ofNonZeroValue", CallStyle::global,
                           {{{any}, optional, &of_non_zero}});
  environment.add_function("optional.unwrap", CallStyle::global,
                           {{{Type::list(optional)}, Type::list(any), &unwrap}});
  environment.add_function("unwrapOpt", CallStyle::method,
                           {{{Type::list(optional)}, Type::list(any), &unwrap}});
  environment.add_function("hasValue", CallStyle::method,
                           {{{optional}, Type::boolean(), &has_value}});
  environment.add_function("value", CallStyle::method, {{{optional}, any, &value_of}});
  environment.add_function("or", CallStyle::method, {{{optional, optional}, optional}});
  environment.add_function("orValue", CallStyle::method, {{{optional, any}, any}});
}

}  // namespace fedgate::cel
