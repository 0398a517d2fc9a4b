#include "rules/cel/grammar.h"

#include "rules/cel/analyze_grammar.h"
#include "tests/support/catch.h"

namespace fedgate::cel {
namespace {

TEST_CASE("no rule of the grammar can loop without consuming input") {
  CHECK(count_grammar_problems() == 0);
}

}  // namespace
}  // namespace fedgate::cel
