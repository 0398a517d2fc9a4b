#include "rules/cel/ast.h"

#include <array>
#include <utility>

namespace fedgate::cel {
namespace {

struct Spelling {
  std::string_view function;
  std::string_view symbol;
};

// In the order of Operation.
constexpr std::array<Spelling, 14> kSpellings = {{
    {"_+_", "+"},
    {"_-_", "-"},
    {"_*_", "*"},
    {"_/_", "/"},
    {"_%_", "%"},
    {"_==_", "=="},
    {"_!=_", "!="},
    {"_<_", "<"},
    {"_<=_", "<="},
    {"_>_", ">"},
    {"_>=_", ">="},
    {"@in", "in"},
    {"-_", "-"},
    {"!_", "!"},
}};

}  // namespace

auto operator_function(Operation operation) -> std::string_view {
  return kSpellings[static_cast<std::size_t>(operation)].function;
}

auto operator_symbol(Operation operation) -> std::string_view {
  return kSpellings[static_cast<std::size_t>(operation)].symbol;
}

}  // namespace fedgate::cel
