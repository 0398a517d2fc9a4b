#include "compiler/report/locator.h"
#include "compiler/report/report.h"
#include "schema/base/json_writer.h"

namespace fedgate::report {

namespace {

auto severity_of(diag::Severity severity) -> std::string_view {
  switch (severity) {
    case diag::Severity::info:
      return "info";
    case diag::Severity::warning:
      return "minor";
    case diag::Severity::error:
      break;
  }
  return "major";
}

class GitlabReport {
 public:
  explicit GitlabReport(const Report& report) : report_(&report), locator_(*report.sources) {}

  auto render() -> std::string {
    json_.begin_array();
    for (const diag::Finding& finding : report_->findings) {
      write(finding, severity_of(finding.severity), nullptr);
    }
    for (const diag::Finding& finding : report_->known) {
      write(finding, severity_of(finding.severity), nullptr);
    }
    for (const rules::WaivedFinding& waived : report_->waived) {
      write(waived.finding, "info", &waived.reason);
    }
    json_.end_array();
    out_ += '\n';
    return std::move(out_);
  }

 private:
  void write(const diag::Finding& finding, std::string_view severity, const std::string* reason) {
    json_.begin_object();
    json_.member("type", "issue");
    json_.member("check_name", finding.code);
    json_.member("description", reason == nullptr
                                    ? sentence(finding.message)
                                    : "Waived (" + *reason + "): " + finding.message + ".");
    write_content(finding);
    json_.key("categories");
    json_.begin_array();
    json_.string(finding.subject.kind.empty() ? "Bug Risk" : "Security");
    json_.end_array();
    json_.member("severity", severity);
    json_.member("fingerprint", finding.fingerprint);
    write_location(finding.where);
    json_.end_object();
  }

  void write_content(const diag::Finding& finding) {
    std::string body = "**" + finding.code + " " + finding.name + "**";
    if (!finding.help.empty()) {
      body += "\n\n" + sentence(finding.help);
    }
    if (!finding.source.empty()) {
      body += "\n\nSource: " + sentence(finding.source);
    }
    json_.key("content");
    json_.begin_object();
    json_.member("body", body);
    json_.end_object();
  }

  // A finding without a place stands at the first line of the first file: the format wants one.
  void write_location(const source::Span& where) {
    const bool is_known = where.is_known();
    const Locator::Region region = is_known ? locator_.region(where) : Locator::Region{};
    json_.key("location");
    json_.begin_object();
    json_.member("path", is_known ? (*report_->sources)[where.file].name : first_file());
    json_.key("positions");
    json_.begin_object();
    write_position("begin", region.begin);
    write_position("end", region.end);
    json_.end_object();
    json_.end_object();
  }

  void write_position(std::string_view name, const source::Position& position) {
    json_.key(name);
    json_.begin_object();
    json_.member("line", std::int64_t{position.line});
    json_.member("column", std::int64_t{position.column});
    json_.end_object();
  }

  [[nodiscard]] auto first_file() const -> std::string {
    return report_->spec_files.empty() ? std::string(".")
                                       : (*report_->sources)[report_->spec_files.front()].name;
  }

  const Report* report_;
  Locator locator_;
  std::string out_;
  JsonWriter json_{out_};
};

}  // namespace

auto to_gitlab(const Report& report) -> std::string { return GitlabReport(report).render(); }

}  // namespace fedgate::report
