// The signatures of the operators. The evaluator has their meaning built in, so they have no body.
#include <initializer_list>
#include <string_view>
#include <vector>

#include "rules/cel/ast.h"
#include "rules/cel/functions/library.h"

namespace fedgate::cel {
namespace {

void add_operator(Environment& environment, Operation operation, std::vector<Overload> overloads) {
  environment.add_function(operator_function(operation), CallStyle::global, std::move(overloads));
}

// Both operands and the result of one type.
auto closed(std::initializer_list<Type> types) -> std::vector<Overload> {
  std::vector<Overload> result;
  for (const Type& type : types) {
    result.push_back({{type, type}, type});
  }
  return result;
}

void add_arithmetic(Environment& environment) {
  const Type list = Type::list(Type::param_a());
  const Type timestamp = Type::timestamp();
  const Type duration = Type::duration();
  std::vector<Overload> sums = closed(
      {Type::integer(), Type::uint(), Type::real(), Type::string(), Type::bytes(), list, duration});
  sums.push_back({{timestamp, duration}, timestamp});
  sums.push_back({{duration, timestamp}, timestamp});
  add_operator(environment, Operation::add, std::move(sums));
  std::vector<Overload> differences =
      closed({Type::integer(), Type::uint(), Type::real(), duration});
  differences.push_back({{timestamp, duration}, timestamp});
  differences.push_back({{timestamp, timestamp}, duration});
  add_operator(environment, Operation::subtract, std::move(differences));
  for (const Operation operation : {Operation::multiply, Operation::divide}) {
    add_operator(environment, operation, closed({Type::integer(), Type::uint(), Type::real()}));
  }
  add_operator(environment, Operation::modulo, closed({Type::integer(), Type::uint()}));
  add_operator(environment, Operation::negate,
               {{{Type::integer()}, Type::integer()}, {{Type::real()}, Type::real()}});
  add_operator(environment, Operation::logical_not, {{{Type::boolean()}, Type::boolean()}});
}

}  // namespace

void add_operators(Environment& environment) {
  add_arithmetic(environment);
  const Type any = Type::param_a();
  for (const Operation operation : {Operation::equal, Operation::not_equal}) {
    add_operator(environment, operation, {{{any, any}, Type::boolean()}});
  }
  for (const Operation operation :
       {Operation::less, Operation::less_equal, Operation::greater, Operation::greater_equal}) {
    std::vector<Overload> overloads;
    for (const Type& type : {Type::number(), Type::boolean(), Type::string(), Type::bytes(),
                             Type::timestamp(), Type::duration()}) {
      overloads.push_back({{type, type}, Type::boolean()});
    }
    add_operator(environment, operation, std::move(overloads));
  }
  add_operator(environment, Operation::in,
               {{{any, Type::list(any)}, Type::boolean()},
                {{any, Type::map(any, Type::param_b())}, Type::boolean()}});
}

}  // namespace fedgate::cel
