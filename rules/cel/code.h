// Code: the form that is evaluated. A flat array of nodes with every name resolved to a slot, a
// field, a constant or a list of overloads. Private to rules/cel.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include <re2/re2.h>

#include "rules/cel/arena.h"
#include "rules/cel/ast.h"
#include "rules/cel/environment.h"
#include "rules/cel/record.h"
#include "rules/cel/type.h"
#include "rules/cel/value.h"

namespace fedgate::cel {

enum class Op : std::uint8_t {
  // `constant`, which may be an error.
  constant,
  // The variable in slot `index`.
  variable,
  // The macro variable in frame slot `index`.
  local,
  // `field` of children[0], which is a record of type `record`.
  field,
  // The same for the variable in `slot`, without children: what rules mostly ask for.
  variable_field,
  // The field or key `constant` of children[0], whatever that is.
  select,
  optional_select,
  presence,
  // children[0] at children[1].
  index,
  optional_index,
  // Elements; `optional_entries` in `index` refers to Code::optional_entries where not kNone.
  list,
  map,
  logical_and,
  logical_or,
  conditional,
  // An operation on two values, or one.
  equal,
  not_equal,
  // children[0] against the string `constant`.
  equals_text,
  differs_from_text,
  less,
  less_equal,
  greater,
  greater_equal,
  in,
  add,
  subtract,
  multiply,
  divide,
  modulo,
  negate,
  logical_not,
  // The overloads in Code::calls[index] with all children as arguments.
  call,
  // children[0] matched against Code::patterns[index].
  match,
  // children[0].or(children[1]) and .orValue(): the second only where the first is empty.
  optional_or,
  optional_or_value,
  // children: range, filter (kNoNode: none), body; `index` is the frame slot of the first variable,
  // the second follows. `two_variables` tells whether there is one.
  macro_all,
  macro_exists,
  macro_exists_one,
  macro_map,
  macro_transform_map,
  macro_transform_map_entry,
  macro_bind,
  macro_optional_map,
  macro_optional_flat_map,
};

struct CodeNode {
  Op op = Op::constant;
  bool two_variables = false;
  // Where its children start in Code::children, and how many there are.
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  std::uint32_t index = 0;
  std::uint32_t slot = 0;
  const Field* field = nullptr;
  const RecordType* record = nullptr;
  Value constant;
};

// The overloads of one call that its static types leave open, and its name for messages.
struct CallTarget {
  std::string name;
  std::vector<Overload> overloads;
};

struct Code {
  static constexpr std::uint32_t kNone = 0xFFFFFFFFU;

  std::vector<CodeNode> nodes;
  std::vector<std::uint32_t> children;
  std::uint32_t root = 0;
  std::vector<CallTarget> calls;
  std::vector<std::unique_ptr<const RE2>> patterns;
  std::vector<std::vector<bool>> optional_entries;
  // What constants point to; a deque, since its elements stay in place.
  std::deque<std::string> texts;
  std::size_t locals = 0;
  std::size_t variables = 0;
  std::uint64_t steps = 0;
  Type result;
};

}  // namespace fedgate::cel
