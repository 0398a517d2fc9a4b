// A check of the grammar itself, for its test: PEGTL stays inside this folder. Private to
// rules/cel.
#pragma once

#include <cstddef>

#include <tao/pegtl/contrib/analyze.hpp>

#include "rules/cel/grammar.h"

namespace fedgate::cel {

// How many rules could loop without consuming input.
[[nodiscard]] inline auto count_grammar_problems() -> std::size_t {
  return tao::pegtl::analyze<grammar::source>();
}

}  // namespace fedgate::cel
