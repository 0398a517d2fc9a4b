// Checking: what every name of an Ast means and which type every node has. Private to rules/cel.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "rules/cel/ast.h"
#include "rules/cel/environment.h"
#include "rules/cel/issue.h"
#include "rules/cel/record.h"
#include "rules/cel/type.h"
#include "rules/cel/value.h"
#include "schema/base/expected.h"

namespace fedgate::cel {

enum class Meaning : std::uint8_t {
  // As the node says; its children count.
  plain,
  // An identifier or a chain of selections that names these; its children do not count.
  variable,
  local,
  type_name,
  // A record's field: `field` of `record`.
  field,
  // A call of `function` with all children, and the overloads that the types of the arguments
  // allow.
  call,
  // A global function whose name has dots: the first child is part of the name.
  qualified_call,
  // What only shows at run time, in dynamic mode: `message`.
  error,
};

struct Resolution {
  Meaning meaning = Meaning::plain;
  Type type;
  // Of a variable its slot, of a local its frame slot, of a macro the slot of its first variable.
  std::size_t slot = 0;
  const RecordType* record = nullptr;
  std::size_t field = 0;
  const Function* function = nullptr;
  // Indices into function->overloads.
  std::vector<std::uint32_t> overloads;
  std::string message;
};

struct Checked {
  // By NodeId.
  std::vector<Resolution> nodes;
  // The most macro variables that are in scope at once.
  std::size_t locals = 0;
};

// The resolutions point into the environment. A wrong part is reported once, at its narrowest
// place.
[[nodiscard]] auto check(const Ast& ast, const Environment& environment, const Type& expected)
    -> Expected<Checked, std::vector<Issue>>;

}  // namespace fedgate::cel
