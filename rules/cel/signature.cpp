#include "rules/cel/signature.h"

#include <algorithm>
#include <array>

namespace fedgate::cel {
namespace {

// What may be compared with null: what a host may have left unset.
auto is_nullable(Kind kind) -> bool {
  constexpr std::array kKinds = {Kind::null,     Kind::record, Kind::timestamp, Kind::duration,
                                 Kind::optional, Kind::ip,     Kind::cidr};
  return std::find(kKinds.begin(), kKinds.end(), kind) != kKinds.end();
}

// The types that the parameters of a signature stand for, as far as known.
struct Bindings {
  std::optional<Type> a;
  std::optional<Type> b;

  [[nodiscard]] auto of(Kind parameter) -> std::optional<Type>& {
    return parameter == Kind::param_a ? a : b;
  }
};

auto is_parameter(Kind kind) -> bool { return kind == Kind::param_a || kind == Kind::param_b; }

auto match(const Type& pattern, const Type& actual, Bindings& bindings) -> bool {
  const Kind kind = pattern.kind();
  if (is_parameter(kind)) {
    std::optional<Type>& bound = bindings.of(kind);
    bound = bound ? join(*bound, actual) : actual;
    return bound.has_value();
  }
  if (kind == Kind::dyn || is_open(actual)) {
    return true;
  }
  if (kind == Kind::number) {
    return is_number(actual.kind());
  }
  if (kind != actual.kind()) {
    return false;
  }
  if (kind == Kind::list || kind == Kind::optional) {
    return match(pattern.inner(), actual.inner(), bindings);
  }
  if (kind == Kind::map) {
    return match(pattern.key(), actual.key(), bindings) &&
           match(pattern.inner(), actual.inner(), bindings);
  }
  return kind != Kind::record || pattern.record_type() == nullptr ||
         pattern.record_type() == actual.record_type();
}

auto substitute(const Type& pattern, Bindings& bindings) -> Type {
  const Kind kind = pattern.kind();
  if (is_parameter(kind)) {
    return bindings.of(kind).value_or(Type::dyn());
  }
  if (kind == Kind::list) {
    return Type::list(substitute(pattern.inner(), bindings));
  }
  if (kind == Kind::optional) {
    return Type::optional(substitute(pattern.inner(), bindings));
  }
  if (kind == Kind::map) {
    return Type::map(substitute(pattern.key(), bindings), substitute(pattern.inner(), bindings));
  }
  return pattern;
}

}  // namespace

auto join(const Type& left, const Type& right) -> std::optional<Type> {
  if (left == right) {
    return left;
  }
  if (is_open(left) || is_open(right)) {
    return Type::dyn();
  }
  if (left.is(Kind::null) && is_nullable(right.kind())) {
    return right;
  }
  if (right.is(Kind::null) && is_nullable(left.kind())) {
    return left;
  }
  if (left.kind() != right.kind()) {
    return std::nullopt;
  }
  const bool wraps = left.is(Kind::list) || left.is(Kind::map) || left.is(Kind::optional);
  const std::optional<Type> inner = wraps ? join(left.inner(), right.inner()) : std::nullopt;
  if (!inner) {
    return std::nullopt;
  }
  if (left.is(Kind::map)) {
    const std::optional<Type> key = join(left.key(), right.key());
    return key ? std::optional<Type>(Type::map(*key, *inner)) : std::nullopt;
  }
  return left.is(Kind::list) ? Type::list(*inner) : Type::optional(*inner);
}

auto match_overload(const Overload& overload, std::span<const Type> arguments)
    -> std::optional<Type> {
  const auto& parameters = overload.parameters;
  if (overload.variadic ? arguments.size() < parameters.size()
                        : arguments.size() != parameters.size()) {
    return std::nullopt;
  }
  Bindings bindings;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (!match(parameters[std::min(i, parameters.size() - 1)], arguments[i], bindings)) {
      return std::nullopt;
    }
  }
  return substitute(overload.result, bindings);
}

auto is_known(const Type& type) -> bool {
  const bool wraps = type.is(Kind::list) || type.is(Kind::map) || type.is(Kind::optional);
  if (wraps) {
    return is_known(type.inner()) && (!type.is(Kind::map) || is_known(type.key()));
  }
  return !is_open(type);
}

auto accepts(const Type& parameter, const Value& value) -> bool {
  const Kind kind = parameter.kind();
  if (kind == value.kind()) {
    return kind != Kind::record || parameter.record_type() == nullptr ||
           parameter.record_type() == value.record_type();
  }
  return kind == Kind::dyn || is_parameter(kind) ||
         (kind == Kind::number && is_number(value.kind()));
}

}  // namespace fedgate::cel
