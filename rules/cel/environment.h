// Environment: the names that an expression may use. It starts with the whole standard library of
// CEL and its extensions (strings, math, bindings, encoders, two-variable macros, optionals,
// network); the host adds its variables and functions, then compiles any number of expressions.
// A Program keeps nothing of its Environment but the RecordTypes and function pointers.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/cel/arena.h"
#include "rules/cel/type.h"
#include "rules/cel/value.h"

namespace fedgate::cel {

// One signature of a function with its body. The body is only called with arguments whose outermost
// kinds fit `parameters` (elements of lists are not looked at), never with an error; it may return
// an error value. It has no side effects. Work that grows faster than the size of its strings
// spends steps of the arena.
struct Overload {
  // Of a method: the object first.
  std::vector<Type> parameters;
  Type result;
  Value (*call)(std::span<const Value> arguments, Arena& arena) = nullptr;
  // The last parameter may stand once or more often.
  bool variadic = false;
};

// `f(x)` or `x.f()`. A name may exist in both styles.
enum class CallStyle : std::uint8_t { global, method };

struct Function {
  std::string name;
  CallStyle style = CallStyle::global;
  std::vector<Overload> overloads;
};

struct Variable {
  std::string name;
  Type type;
  std::size_t slot = 0;
};

// What one expression may cost. Each is far above what people write by hand.
struct Limits {
  // Bytes of an expression.
  std::size_t source_bytes = 100'000;
  // Nesting, as parsed and as a tree.
  std::size_t depth = 250;
  std::size_t nodes = 20'000;
  // Steps of one evaluation: one for each node visited, more for work on long strings and lists.
  std::uint64_t steps = 10'000'000;
};

class Environment {
 public:
  Environment();

  // Declares a variable, dots allowed (`com.example.x`), and returns its slot: the index of its
  // value in what Program::evaluate() is given. Slots count up from 0. A name is declared once.
  auto declare(std::string name, Type type) -> std::size_t;

  // Adds overloads to the function of that name and style, which may be new. Dots are allowed in
  // the names of global functions (`math.abs`).
  void add_function(std::string_view name, CallStyle style, std::vector<Overload> overloads);

  // The scope in which names are looked up first: with `a.b`, the name `x` means a.b.x, else a.x,
  // else x. Empty by default.
  void set_container(std::string container) { container_ = std::move(container); }
  // Without static checks: unknown names and impossible overloads become error values at run time,
  // as in an evaluator without a checker. Off by default.
  void set_dynamic(bool dynamic) { dynamic_ = dynamic; }
  void set_limits(const Limits& limits) { limits_ = limits; }

  [[nodiscard]] auto container() const -> const std::string& { return container_; }
  [[nodiscard]] auto dynamic() const -> bool { return dynamic_; }
  [[nodiscard]] auto limits() const -> const Limits& { return limits_; }
  [[nodiscard]] auto variables() const -> const std::vector<Variable>& { return variables_; }
  [[nodiscard]] auto functions() const -> const std::vector<Function>& { return functions_; }

  // The exact name, no scopes. The pointers hold until the next change.
  [[nodiscard]] auto find_variable(std::string_view name) const -> const Variable*;
  [[nodiscard]] auto find_function(std::string_view name, CallStyle style) const -> const Function*;

 private:
  using Index = std::map<std::string, std::size_t, std::less<>>;

  std::string container_;
  bool dynamic_ = false;
  Limits limits_;
  std::vector<Variable> variables_;
  std::vector<Function> functions_;
  Index variable_index_;
  // One index for each CallStyle.
  std::array<Index, 2> function_index_;
};

}  // namespace fedgate::cel
