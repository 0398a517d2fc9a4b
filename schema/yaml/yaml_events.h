// The adapter to yaml-cpp: drives a TreeBuilder by the parser's events. yaml-cpp's types and
// exceptions do not leave yaml_events.cpp. Private to schema/yaml.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "schema/yaml/tree_builder.h"

namespace fedgate::yaml {

// yaml-cpp keeps all tokens of a bracket pair that may yet turn out to be a key, some 100 bytes for
// each byte of the file. So reading stops where it gets this far ahead of the events.
inline constexpr std::uint32_t kLookAhead = 1U << 20U;

// What the parser refused, in classes that have a finding or a wording of their own.
enum class Defect : std::uint8_t {
  misplaced_content,
  broken_flow,
  misplaced_colon,
  misplaced_question_mark,
  misplaced_dash,
  unmatched_bracket,
  unquoted_indicator,
  unclosed_quote,
  tab,
  bad_escape,
  bad_block_header,
  undefined_alias,
  bad_anchor_name,
  repeated_property,
  bad_tag,
  bad_directive,
  too_deep,
  look_ahead,
  other,
};

struct SyntaxError {
  Defect defect = Defect::other;
  std::uint32_t offset = 0;
  // yaml-cpp's own words.
  std::string detail;
};

// Parses the first document of `text` from `begin` on; offsets count from the start of `text`.
// Returns early, without an error, where the builder has stopped.
[[nodiscard]] auto parse_events(std::string_view text, std::uint32_t begin, TreeBuilder& builder)
    -> std::optional<SyntaxError>;

}  // namespace fedgate::yaml
