// Types against signatures: what fits, and what a call results in. Private to rules/cel.
#pragma once

#include <optional>
#include <span>

#include "rules/cel/environment.h"
#include "rules/cel/type.h"

namespace fedgate::cel {

// The least type that covers both, where values of the one can be the other: equal types, dyn with
// anything, null with what may be null. Nothing for int and string.
[[nodiscard]] auto join(const Type& left, const Type& right) -> std::optional<Type>;

// The result of the overload for arguments of these types; nothing where they do not fit. What is
// dyn fits, and is looked at again at run time.
[[nodiscard]] auto match_overload(const Overload& overload, std::span<const Type> arguments)
    -> std::optional<Type>;

// Whether the type says nothing of a value: it is known at run time only, or an error.
[[nodiscard]] constexpr auto is_open(const Type& type) -> bool {
  return type.is(Kind::dyn) || type.is(Kind::error);
}

// Whether nothing in the type is dyn.
[[nodiscard]] auto is_known(const Type& type) -> bool;

// Whether a value of this kind can be passed for the parameter.
[[nodiscard]] auto accepts(const Type& parameter, const Value& value) -> bool;

}  // namespace fedgate::cel
