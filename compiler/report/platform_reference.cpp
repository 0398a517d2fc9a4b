#include "compiler/report/platform_reference.h"

#include <iterator>

#include <fmt/format.h>

#include "compiler/report/table.h"
#include "rules/facts/print.h"
#include "rules/platforms.h"
#include "rules/tables.h"

namespace fedgate::report {

namespace {

constexpr std::string_view kHead =
    R"(# What each platform can express

Generated from `rules/tables/platforms.yaml`; `fedgate show platforms` prints the table for each row of
the negotiation matrix. What a platform cannot express is an error of `check` and `compile`, never
weakened: `EMT001` for methods, `EMT002` for partners that would need different ones, `EMT008` for
settings.
)";

auto describe_lost(const rules::LostSetting& lost) -> std::string {
  std::string when;
  if (!lost.value.empty()) {
    when = fmt::format(" at `{}`", lost.value);
  } else if (lost.over) {
    when = fmt::format(" over {} seconds", *lost.over);
  }
  return fmt::format("- `{}.{}`{}: {}\n", lost.entity, lost.key, when, lost.reason);
}

}  // namespace

auto platform_reference() -> std::string {
  std::string text(kHead);
  const rules::PlatformTable& platforms = rules::builtin_platforms();
  for (const rules::PlatformSupport& platform : platforms.platforms()) {
    fmt::format_to(std::back_inserter(text), "\n## {}\n\n`platform: {}`; {}.\n\n", platform.version,
                   spec::word(platform.platform),
                   platform.scope == rules::MethodScope::partner
                       ? "each partner has its own methods"
                       : "all partners of a domain share one set of methods");
    Table table{{"methods", "by"}, {}};
    for (const rules::MethodSupport& support : platform.methods) {
      table.rows.push_back({rules::to_text(support.methods),
                            support.by.empty() ? "not possible: " + support.reason : support.by});
    }
    text += render(table, TableFormat::markdown);
    text += "\nLost:\n\n";
    for (const rules::LostSetting& lost : platform.lost) {
      text += describe_lost(lost);
    }
    fmt::format_to(std::back_inserter(text), "\nSource: {}.\n", platform.source);
  }
  return text;
}

}  // namespace fedgate::report
