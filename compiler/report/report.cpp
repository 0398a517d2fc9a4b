#include "compiler/report/report.h"

#include <unordered_map>

#include <fmt/format.h>

#include "compiler/output/digest.h"
#include "compiler/report/locator.h"

namespace fedgate::report {

auto count(const std::vector<diag::Finding>& findings) -> Counts {
  Counts counts;
  for (const diag::Finding& finding : findings) {
    switch (finding.severity) {
      case diag::Severity::error:
        ++counts.errors;
        break;
      case diag::Severity::warning:
        ++counts.warnings;
        break;
      case diag::Severity::info:
        ++counts.infos;
        break;
    }
  }
  return counts;
}

auto fingerprints(const source::Sources& sources, const std::vector<diag::Finding>& findings)
    -> std::vector<std::string> {
  Locator locator(sources);
  std::unordered_map<std::string, int> seen;
  std::vector<std::string> prints;
  prints.reserve(findings.size());
  for (const diag::Finding& finding : findings) {
    std::string identity =
        fmt::format("{}\n{}\n{}\n", finding.code, finding.subject.kind, finding.subject.id);
    if (finding.where.is_known()) {
      const auto& lines = locator.lines(finding.where.file);
      std::string_view line = lines.line_text(lines.position(finding.where.begin).line);
      line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
      fmt::format_to(std::back_inserter(identity), "{}\n{}", sources[finding.where.file].name,
                     line);
    }
    const int number = seen[identity]++;
    if (number > 0) {
      fmt::format_to(std::back_inserter(identity), "\n{}", number);
    }
    constexpr std::size_t kDigits = 32;
    prints.push_back(output::sha256_hex(identity).substr(0, kDigits));
  }
  return prints;
}

auto counted(std::size_t number, std::string_view noun) -> std::string {
  return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

}  // namespace fedgate::report
