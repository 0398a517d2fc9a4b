#include <iterator>

#include <fmt/format.h>

#include "compiler/report/locator.h"
#include "compiler/report/report.h"

namespace fedgate::report {

namespace {

// A command ends with its line, so line ends are written as percent escapes, and with them the
// percent sign (GitHub's runner: ActionCommand, escape mappings).
void append_escaped(std::string& out, std::string_view text, bool is_property) {
  for (const char c : text) {
    switch (c) {
      case '%':
        out += "%25";
        break;
      case '\r':
        out += "%0D";
        break;
      case '\n':
        out += "%0A";
        break;
      case ':':
        out += is_property ? "%3A" : ":";
        break;
      case ',':
        out += is_property ? "%2C" : ",";
        break;
      default:
        out += c;
    }
  }
}

auto command_of(diag::Severity severity) -> std::string_view {
  switch (severity) {
    case diag::Severity::info:
      return "notice";
    case diag::Severity::warning:
      return "warning";
    case diag::Severity::error:
      break;
  }
  return "error";
}

class GithubReport {
 public:
  explicit GithubReport(const Report& report) : report_(&report), locator_(*report.sources) {}

  auto render() -> std::string {
    for (const diag::Finding& finding : report_->findings) {
      write(finding, command_of(finding.severity), nullptr);
    }
    for (const rules::WaivedFinding& waived : report_->waived) {
      write(waived.finding, "notice", &waived.reason);
    }
    return std::move(out_);
  }

 private:
  void write_place(const source::Span& where) {
    out_ += "file=";
    append_escaped(out_, (*report_->sources)[where.file].name, true);
    const auto [begin, end] = locator_.region(where);
    fmt::format_to(std::back_inserter(out_), ",line={},endLine={}", begin.line, end.line);
    // Columns mean something within one line only, and the last one belongs to the range.
    if (begin.line == end.line) {
      fmt::format_to(std::back_inserter(out_), ",col={},endColumn={}", begin.column,
                     end.column > begin.column ? end.column - 1 : begin.column);
    }
    out_ += ',';
  }

  void write(const diag::Finding& finding, std::string_view command, const std::string* reason) {
    fmt::format_to(std::back_inserter(out_), "::{} ", command);
    if (finding.where.is_known()) {
      write_place(finding.where);
    }
    out_ += "title=";
    append_escaped(out_, finding.code + " " + finding.name + (reason == nullptr ? "" : " (waived)"),
                   true);
    out_ += "::";
    append_escaped(out_, finding.message, false);
    for (const diag::Note& note : finding.related) {
      append_escaped(out_, "\nnote: " + place(note.where) + note.message, false);
    }
    if (reason != nullptr) {
      append_escaped(out_, "\nreason: " + *reason, false);
    } else if (!finding.help.empty()) {
      append_escaped(out_, "\nhelp: " + finding.help, false);
    }
    out_ += '\n';
  }

  auto place(const source::Span& where) -> std::string {
    if (!where.is_known()) {
      return {};
    }
    const source::Position begin = locator_.region(where).begin;
    return fmt::format("{}:{}:{}: ", (*report_->sources)[where.file].name, begin.line,
                       begin.column);
  }

  const Report* report_;
  Locator locator_;
  std::string out_;
};

}  // namespace

auto to_github(const Report& report) -> std::string { return GithubReport(report).render(); }

}  // namespace fedgate::report
