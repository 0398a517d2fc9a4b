// Where a YAML scalar ends, and which of its written bytes a byte of its text came from. yaml-cpp
// tells a scalar's start and text only. Private to schema/yaml.
#pragma once

#include <cstdint>
#include <string_view>

#include "schema/yaml/tree.h"

namespace fedgate::yaml {

inline constexpr std::uint32_t kNowhere = 0xFFFFFFFFU;

struct ScalarRange {
  Style style = Style::plain;
  // One past the last byte: the closing quote, or the end of the last line without its line end.
  std::uint32_t end = 0;
  // Where the text stands in the source byte for byte, or kNowhere.
  std::uint32_t verbatim = kNowhere;
  // yaml-cpp left a line feed out at the end of the text.
  bool lost_break = false;
  // False for a quoted scalar whose closing quote is missing.
  bool closed = true;
};

// The range of the scalar at `begin` whose text is `value`. The style is told by the first byte:
// plain text cannot start with a quote, `|` or `>`.
[[nodiscard]] auto find_scalar(std::string_view source, std::uint32_t begin, std::string_view value)
    -> ScalarRange;

// The offset in the source of byte `offset` of `value`, for the scalar at `begin`, `end`.
[[nodiscard]] auto find_source_byte(std::string_view source, std::uint32_t begin, std::uint32_t end,
                                    std::string_view value, std::uint32_t offset) -> std::uint32_t;

}  // namespace fedgate::yaml
