#include "compiler/report/rule_coverage.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

#include <fmt/format.h>

namespace fedgate::report {

namespace {

constexpr std::array<std::string_view, 7> kOutcomes = {
    "fired", "failed", "waived", "undecided", "passed", "not applicable", "off"};

auto outcome(const rules::RuleCount* count) -> std::string_view {
  if (count == nullptr) {
    return "off";
  }
  if (count->failed > 0) {
    return "failed";
  }
  if (count->fired > count->waived) {
    return "fired";
  }
  if (count->waived > 0) {
    return "waived";
  }
  if (!count->is_decided) {
    return "undecided";
  }
  return count->evaluated > 0 ? "passed" : "not applicable";
}

}  // namespace

auto coverage_table(const rules::RuleSet& rules, const rules::Evaluation& evaluation) -> Table {
  const auto number = [](std::size_t count) {
    return Cell::number(static_cast<std::int64_t>(count));
  };
  Table table{{"code", "name", "for", "applied", "passed", "fired", "waived", "outcome"}, {}};
  for (const rules::Pack& pack : rules.packs()) {
    for (const rules::Rule& rule : pack.rules) {
      const auto found =
          std::find_if(evaluation.counts.begin(), evaluation.counts.end(),
                       [&](const rules::RuleCount& count) { return count.rule == &rule; });
      const rules::RuleCount* count = found == evaluation.counts.end() ? nullptr : &*found;
      const rules::RuleCount numbers = count == nullptr ? rules::RuleCount{} : *count;
      table.rows.push_back(
          {rule.code, rule.name,
           std::string(rules::kScopeWords[static_cast<std::size_t>(rule.scope)]),
           number(numbers.evaluated),
           number(numbers.evaluated - numbers.fired - numbers.failed - numbers.open),
           number(numbers.fired), number(numbers.waived), std::string(outcome(count))});
    }
  }
  return table;
}

auto coverage_summary(const Table& coverage) -> std::string {
  std::string text = fmt::format("{} rules:", coverage.rows.size());
  std::string_view separator = " ";
  for (const std::string_view one : kOutcomes) {
    const auto number =
        std::count_if(coverage.rows.begin(), coverage.rows.end(),
                      [&](const std::vector<Cell>& row) { return row.back().text() == one; });
    if (number > 0) {
      fmt::format_to(std::back_inserter(text), "{}{} {}", separator, number, one);
      separator = ", ";
    }
  }
  return text;
}

}  // namespace fedgate::report
