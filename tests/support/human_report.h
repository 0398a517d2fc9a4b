// The report for people as golden files hold it.
#pragma once

#include <string>

#include "compiler/report/report.h"

namespace fedgate::test {

// Without colors and with `all rules` in place of their number, so that a new rule changes no
// golden file but its own.
[[nodiscard]] inline auto human_report(const report::Report& report) -> std::string {
  std::string text = report::to_human(report, false);
  const std::size_t begin = text.rfind(std::to_string(report.rules) + " rule");
  if (report.rules != 0 && begin != std::string::npos) {
    text.replace(begin, text.find(')', begin) - begin, "all rules");
  }
  return text;
}

}  // namespace fedgate::test
