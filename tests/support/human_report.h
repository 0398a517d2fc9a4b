// The report for people as golden files hold it.
#pragma once

#include <string>
#include <string_view>

#include "compiler/report/report.h"

namespace fedgate::test {

// Without colors and with words in place of numbers of rules, so that a new rule changes no golden
// file but its own.
[[nodiscard]] inline auto human_report(const report::Report& report) -> std::string {
  std::string text = report::to_human(report, false);
  // The last number of rules that `before` stands in front of.
  const auto replace = [&](std::string_view before, std::size_t number, std::string_view words) {
    const std::size_t found = text.rfind(std::string(before) + std::to_string(number) + " rule");
    if (number != 0 && found != std::string::npos) {
      const std::size_t begin = found + before.size();
      text.replace(begin, text.find_first_of("),", begin) - begin, words);
    }
  };
  const std::size_t open = report.counts.size() - report.rules;
  replace(", ", report.rules, open == 0 ? "all rules" : "most rules");
  replace("in full: ", open, "some rules");
  return text;
}

}  // namespace fedgate::test
