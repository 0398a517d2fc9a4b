// What a check run has to tell: the input of every report format.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "rules/engine.h"
#include "schema/diag/finding.h"
#include "schema/source/source_file.h"
#include "schema/value/date.h"

namespace fedgate::report {

struct Report {
  const source::Sources* sources = nullptr;
  // Sorted by file, position and code.
  std::vector<diag::Finding> findings;
  std::vector<rules::WaivedFinding> waived;
  // With a baseline: findings that it holds already, taken out of `findings`, and how many of its
  // entries are found no more.
  bool has_baseline = false;
  std::vector<diag::Finding> known;
  // Parallel to `waived` with a baseline: whether it holds the finding.
  std::vector<bool> waived_known;
  std::size_t gone = 0;
  value::Date as_of;
  // The rules of the run, and those of them that were evaluated; none where an error came before.
  const rules::RuleSet* rule_set = nullptr;
  std::vector<rules::RuleCount> counts;
  // Files that hold a part of the spec.
  std::vector<source::FileId> spec_files;
  std::size_t files = 0;
  std::size_t partners = 0;
  std::size_t rules = 0;
};

struct Counts {
  std::size_t errors = 0;
  std::size_t warnings = 0;
  std::size_t infos = 0;
};

[[nodiscard]] auto count(const std::vector<diag::Finding>& findings) -> Counts;

// Whether the finding says that a part of a spec could not be read: what it hides is not checked.
[[nodiscard]] auto is_reading_error(const diag::Finding& finding) -> bool;

// The findings for a person at a terminal: place and message, the line with the range underlined,
// related places, help, and one closing line. `color` adds ANSI escape sequences. Control
// characters of the input never reach the terminal.
[[nodiscard]] auto to_human(const Report& report, bool color) -> std::string;

// The JSON report, version 1 (`fedgate schema report`).
[[nodiscard]] auto to_json(const Report& report) -> std::string;

// SARIF 2.1.0 (OASIS), for code scanning: every rule of the run with its help and source; waived
// findings are suppressed in source, and with a baseline every result has its `baselineState`. The
// validator of Microsoft's SARIF SDK accepts it without a warning.
[[nodiscard]] auto to_sarif(const Report& report) -> std::string;

// Workflow commands of GitHub Actions, one line each, which become annotations of a pull request;
// findings of the baseline are left out.
[[nodiscard]] auto to_github(const Report& report) -> std::string;

// GitLab's Code Quality report: a JSON list in the format of the Code Climate engine specification.
// Waived findings are there as information; GitLab itself compares with the target branch.
[[nodiscard]] auto to_gitlab(const Report& report) -> std::string;

// JUnit XML: a suite for each file, a case for each rule that was evaluated and each other code
// that was found. Findings of `fail_on` or graver are failures, waived and known ones make a case
// skipped.
[[nodiscard]] auto to_junit(const Report& report, diag::Severity fail_on) -> std::string;

// The JSON Schema of the JSON report.
[[nodiscard]] auto report_json_schema() -> std::string_view;

// Takes the literal secrets that findings are about out of the texts of all, where an alias can
// bring them.
void hide_secrets(Report& report);

// Fills in the fingerprint of every finding: its identity, which stays the same while other lines
// move, and wherever the file is. Made from code, subject and the text of the line; equal ones are
// numbered.
void identify(Report& report);

// What a report says of a code beside its findings.
struct CodeText {
  std::string_view code;
  std::string_view name;
  diag::Severity severity = diag::Severity::error;
  // The message, with placeholders for what each finding fills in.
  std::string message;
  std::string_view help;
  std::string_view source;
};

// Every code that the run could report, rules first, each list in its own order.
[[nodiscard]] auto code_texts(const Report& report) -> std::vector<CodeText>;

// `text` as a sentence: with an upper-case first letter and a final period.
[[nodiscard]] auto sentence(std::string_view text) -> std::string;

// `1 error`, `2 errors`.
[[nodiscard]] auto counted(std::size_t number, std::string_view noun) -> std::string;

}  // namespace fedgate::report
