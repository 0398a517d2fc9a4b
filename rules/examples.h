// Runs the examples of rules: a bad one must give exactly the rule's finding, a good one must not.
#pragma once

#include <string>
#include <vector>

#include "rules/facts/negotiation.h"
#include "rules/pack.h"
#include "schema/diag/finding.h"

namespace fedgate::rules {

// What became of one example.
struct ExampleResult {
  const Rule* rule = nullptr;
  const Example* example = nullptr;
  bool passed = false;
  // What differs, as a sentence; empty where it passed.
  std::string problem;
  // Everything that was found in the example.
  std::vector<diag::Finding> findings;
};

// Lays one example over the base spec (rules/tables/example_base.yaml), key by key, and evaluates
// all of `rules` on it.
[[nodiscard]] auto run_example(const RuleSet& rules, const Pack& pack, const Rule& rule,
                               const Example& example, const NegotiationMatrix& matrix)
    -> ExampleResult;

// The examples of every rule of `pack`, in their order; a rule without a bad and a good example
// counts as a failed one.
[[nodiscard]] auto run_examples(const RuleSet& rules, const Pack& pack,
                                const NegotiationMatrix& matrix) -> std::vector<ExampleResult>;

}  // namespace fedgate::rules
