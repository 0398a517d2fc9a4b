// What a finding is. Findings own their text; nothing is rendered here.
#pragma once

#include <cstdint>
#include <optional>
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

// Replaces a range of bytes; an empty range inserts.
struct Edit {
  source::Span where;
  std::string text;

  friend auto operator==(const Edit&, const Edit&) -> bool = default;
};

// The one mechanical answer to a finding. `check --fix` applies it and editors offer it: everything
// outside of its edits (comments, layout) stays as it is.
struct Fix {
  // What it does, in the form of an order: "rename it to `tls`".
  std::string title;
  // Within one file, in its order, without overlap.
  std::vector<Edit> edits;
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
  // What that is, to keep it out of other findings; never shown.
  std::string secret = {};
  // Present only where there is one answer, and it is certain.
  std::optional<Fix> fix = std::nullopt;
  // The same while unrelated lines move; the report gives it (compiler/report/report.h).
  std::string fingerprint = {};
};

}  // namespace fedgate::diag
