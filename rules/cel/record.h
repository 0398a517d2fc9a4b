// RecordType: how a host's struct looks to expressions. Objects stay opaque (`const void*`); every
// field is a pair of plain functions, so that reading one costs a call and copies nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/cel/type.h"
#include "rules/cel/value.h"
#include "schema/source/span.h"

namespace fedgate::cel {

// Whether an object has a field. Unknown is what its host could not find out: the field exists, or
// may exist, and reading it or asking for it gives unknown_error().
enum class Presence : std::uint8_t { absent, present, unknown };

struct Field {
  std::string name;
  Type type;
  // Reads the field of a present object. What it allocates comes from the arena. It is not called
  // where `presence` says that there is nothing to read.
  Value (*get)(const void* object, Arena& arena) = nullptr;
  // Null: the field is always there, if perhaps as unknown_error(). Selecting an absent field is an
  // error value; `has(x.f)` and `x.?f` ask first.
  Presence (*presence)(const void* object) = nullptr;
  // One line for the documentation and for editors.
  std::string description;
  // Where the field's value stands in the host's sources, for findings that point at it. Null:
  // nowhere of its own.
  source::Span (*locate)(const void* object) = nullptr;
};

[[nodiscard]] inline auto presence_of(const Field& field, const void* object) -> Presence {
  return field.presence == nullptr ? Presence::present : field.presence(object);
}

// Records are compared by identity of type and object, else field by field.
struct RecordType {
  std::string name;
  std::vector<Field> fields;

  // The index of the field in `fields`.
  [[nodiscard]] auto find(std::string_view field) const -> std::optional<std::size_t>;
};

}  // namespace fedgate::cel
