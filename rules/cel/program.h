// Program: an expression, parsed, checked against an Environment and compiled to slots. The way in
// for everybody outside this folder:
//
//   Environment environment;
//   const auto slot = environment.declare("partner", Type::record(&partner_type));
//   const auto program = compile("partner.tls == \"required\"", environment, Type::boolean());
//   Arena arena;
//   const Value variables[] = {Value::record(&partner_type, &partner)};
//   const Value result = program->evaluate(variables, arena);
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "rules/cel/arena.h"
#include "rules/cel/environment.h"
#include "rules/cel/issue.h"
#include "rules/cel/record.h"
#include "rules/cel/type.h"
#include "rules/cel/value.h"
#include "schema/base/expected.h"

namespace fedgate::cel {

struct Code;

// A plain selection `variable.field.field`: where in the host's data an expression points.
struct SelectionPath {
  struct Step {
    const RecordType* record;
    // Into record->fields.
    std::size_t field;
  };

  std::size_t slot = 0;
  std::vector<Step> steps;
};

// Immutable, and safe to share between threads, each with an Arena of its own.
class Program {
 public:
  explicit Program(std::unique_ptr<const Code> code);
  Program(Program&&) noexcept;
  auto operator=(Program&&) noexcept -> Program&;
  Program(const Program&) = delete;
  auto operator=(const Program&) -> Program& = delete;
  ~Program();

  // `variables` holds one value for each declared variable, by slot; an error value stands for a
  // variable that has none. The result may point into the arena, the variables' data and this
  // program. Allocates from the arena only (patterns of `matches` that are not constant and the
  // time zone tables excepted), throws nothing, and always ends within the limits.
  [[nodiscard]] auto evaluate(std::span<const Value> variables, Arena& arena) const -> Value;

  [[nodiscard]] auto result_type() const -> Type;

  // Set where the expression is a variable or a chain of record fields from one, and nothing else.
  [[nodiscard]] auto selection_path() const -> std::optional<SelectionPath>;

  // Each variable (by slot) that the expression reads, ascending.
  [[nodiscard]] auto variables_read() const -> std::vector<std::size_t>;

 private:
  std::unique_ptr<const Code> code_;
};

// Issues are sorted by position. With `expected` other than dyn, a result that is known to be of
// another type is an issue; a dyn result is accepted and left to the caller to look at.
[[nodiscard]] auto compile(std::string_view expression, const Environment& environment,
                           const Type& expected = Type::dyn())
    -> Expected<Program, std::vector<Issue>>;

}  // namespace fedgate::cel
