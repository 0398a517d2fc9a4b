// Evaluates rules over the entities of a world: the fifth phase (facts -> findings).
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "rules/entities.h"
#include "rules/pack.h"
#include "schema/diag/finding.h"
#include "schema/diag/sink.h"

namespace fedgate::rules {

struct EngineOptions {
  // Codes that are not evaluated.
  std::set<std::string, std::less<>> disabled;
  // Severities in place of the rules' own; a rule that is opt-in is evaluated only with one.
  std::map<std::string, diag::Severity, std::less<>> severities;
  // The texts that the spec was read from, for fixes; without them findings have none.
  const source::Sources* sources = nullptr;
};

// A finding that a waiver of its entity excuses.
struct WaivedFinding {
  diag::Finding finding;
  std::string reason;
};

// How often a rule was looked at and fired; tells silence from coverage.
struct RuleCount {
  const Rule* rule = nullptr;
  std::size_t evaluated = 0;
  std::size_t fired = 0;
  std::size_t waived = 0;
  // Evaluations without a result; each is a finding of its own.
  std::size_t failed = 0;
  // Evaluations whose result depends on what could not be read.
  std::size_t open = 0;
  // No evaluation was open, or left out because the entities could not be read.
  bool is_decided = true;
};

struct Evaluation {
  std::vector<WaivedFinding> waived;
  std::vector<RuleCount> counts;
};

// Whether a run with these options evaluates the rule.
[[nodiscard]] auto is_on(const Rule& rule, const EngineOptions& options) -> bool;

// Findings go to `sink`, those on waivers among them. An evaluation error is a finding itself,
// never a silent pass.
[[nodiscard]] auto evaluate(const RuleSet& rules, const World& world, const EngineOptions& options,
                            diag::Sink& sink) -> Evaluation;

}  // namespace fedgate::rules
