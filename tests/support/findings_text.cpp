#include "tests/support/findings_text.h"

#include <fmt/format.h>

namespace fedgate::test {

namespace {

auto print_place(const source::Sources& sources, source::FileId file, const source::Span& where)
    -> std::string {
  if (!where.is_known()) {
    return "nowhere";
  }
  const source::LineTable lines(sources[where.file].text);
  const source::Position begin = lines.position(where.begin);
  const source::Position end = lines.position(where.end);
  return fmt::format("{}{}:{}-{}:{}", where.file == file ? "" : sources[where.file].name + ":",
                     begin.line, begin.column, end.line, end.column);
}

}  // namespace

auto print_findings(const source::Sources& sources, source::FileId file,
                    const std::vector<diag::Finding>& findings) -> std::string {
  std::string text;
  for (const diag::Finding& finding : findings) {
    text += fmt::format("{}: {}[{} {}]: {}\n", print_place(sources, file, finding.where),
                        diag::severity_word(finding.severity), finding.code, finding.name,
                        finding.message);
    for (const diag::Note& note : finding.related) {
      text += fmt::format("  note: {}: {}\n", print_place(sources, file, note.where), note.message);
    }
    if (!finding.help.empty()) {
      text += fmt::format("  help: {}\n", finding.help);
    }
  }
  return text;
}

}  // namespace fedgate::test
