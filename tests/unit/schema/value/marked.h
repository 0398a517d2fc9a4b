// Rows of refused texts, with the range that the error must point at between ⟦ and ⟧.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schema/value/value_error.h"
#include "tests/support/catch.h"

namespace fedgate::test {

struct Marked {
  std::string text;
  std::uint32_t offset = 0;
  std::uint32_t length = 0;
};

inline auto unmark(std::string_view marked) -> Marked {
  constexpr std::string_view kOpen = "⟦";
  constexpr std::string_view kClose = "⟧";
  const std::size_t open = marked.find(kOpen);
  const std::size_t close = marked.find(kClose);
  REQUIRE(open != std::string_view::npos);
  REQUIRE(close != std::string_view::npos);
  const std::string_view inside = marked.substr(open + kOpen.size(), close - open - kOpen.size());
  return {std::string(marked.substr(0, open)) + std::string(inside) +
              std::string(marked.substr(close + kClose.size())),
          static_cast<std::uint32_t>(open), static_cast<std::uint32_t>(inside.size())};
}

struct Refused {
  std::string marked;
  value::Defect defect;
  std::string message;           // the whole of it
  std::string replacement = "";  // empty for none
};

// Each row is refused exactly as it says, by the house rules for messages.
template <typename Parse>
auto check_refused(const std::vector<Refused>& rows, Parse parse) -> void {
  for (const Refused& row : rows) {
    const Marked marked = unmark(row.marked);
    INFO("text: " << row.marked);
    const auto parsed = parse(marked.text);
    REQUIRE_FALSE(parsed.has_value());
    const value::ValueError& error = parsed.error();
    CHECK(error.message == row.message);
    CHECK(error.defect == row.defect);
    CHECK(error.offset == marked.offset);
    CHECK(error.length == marked.length);
    CHECK(error.replacement.value_or("") == row.replacement);
    CHECK_FALSE(error.help.empty());
    CHECK_FALSE(error.message.ends_with("."));
    CHECK_FALSE(error.help.ends_with("."));
    if (error.replacement) {
      CHECK(parse(*error.replacement).has_value());
    }
  }
}

}  // namespace fedgate::test
