// The one include for a test: Catch2 2 (a single header, Debian 12) or Catch2 3 (a library). Tests
// use the names of version 3 where the two differ: Catch::Approx,
// Catch::Matchers::ContainsSubstring.
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <string>

#include <catch2/catch.hpp>

namespace Catch::Matchers {

[[nodiscard]] inline auto ContainsSubstring(
    const std::string& text, CaseSensitive::Choice case_sensitivity = CaseSensitive::Yes)
    -> StdString::ContainsMatcher {
  return Contains(text, case_sensitivity);
}

}  // namespace Catch::Matchers
#endif
