// RecordType: how a host's struct looks to expressions. Objects stay opaque (`const void*`); every
// field is a pair of plain functions, so that reading one costs a call and copies nothing.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/cel/type.h"
#include "rules/cel/value.h"
#include "schema/source/span.h"

namespace fedgate::cel {

struct Field {
  std::string name;
  Type type;
  // Reads the field of a present object. What it allocates comes from the arena. It is not called
  // where `has` says no.
  Value (*get)(const void* object, Arena& arena) = nullptr;
  // Null: the field is always there. Selecting an absent field is an error value; `has(x.f)` and
  // `x.?f` ask first.
  bool (*has)(const void* object) = nullptr;
  // One line for the documentation and for editors.
  std::string description;
  // Where the field's value stands in the host's sources, for findings that point at it. Null:
  // nowhere of its own.
  source::Span (*locate)(const void* object) = nullptr;
};

// Records are compared by identity of type and object, else field by field.
struct RecordType {
  std::string name;
  std::vector<Field> fields;

  // The index of the field in `fields`.
  [[nodiscard]] auto find(std::string_view field) const -> std::optional<std::size_t>;
};

}  // namespace fedgate::cel
