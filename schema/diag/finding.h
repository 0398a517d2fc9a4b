// What a finding is. Findings own their text; nothing is rendered here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schema/source/span.h"

namespace fedgate::diag {

// Ordered from mild to grave.
enum class Severity : std::uint8_t { info, warning, error };

[[nodiscard]] constexpr auto severity_word(Severity severity) -> std::string_view {
  switch (severity) {
    case Severity::info:
      return "info";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return "error";
}

// The entity that a finding is about, e.g. {"partner", "northwind.example"}; both empty for a
// finding on bytes or YAML.
struct Subject {
  std::string kind;
  std::string id;
};

// A second place that explains the finding.
struct Note {
  source::Span where;
  std::string message;
};

struct Finding {
  std::string code;
  std::string name;
  Severity severity = Severity::error;
  // One sentence, lower-case start, no final period, user text in backticks.
  std::string message;
  source::Span where;
  Subject subject;
  std::string help;
  std::string source;
  std::vector<Note> related;
  // The place holds a secret: no report may quote it.
  bool hides_source = false;
};

}  // namespace fedgate::diag
