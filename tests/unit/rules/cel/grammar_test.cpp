#include "rules/cel/grammar.h"

#include <tao/pegtl/contrib/analyze.hpp>

#include "tests/support/catch.h"

namespace fedgate::cel {
namespace {

TEST_CASE("no rule of the grammar can loop without consuming input") {
  CHECK(tao::pegtl::analyze<grammar::source>() == 0);
}

}  // namespace
}  // namespace fedgate::cel
