// Issue: what is wrong with an expression, found while parsing or checking it.
#pragma once

#include <cstdint>
#include <string>

namespace fedgate::cel {

struct Issue {
  // Byte offsets into the expression; `end` is one past the last byte and at least `begin`.
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  // One sentence in the wording of findings: lower case, no final period, user text in backticks.
  std::string message;
};

}  // namespace fedgate::cel
