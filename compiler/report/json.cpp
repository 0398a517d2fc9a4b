#include "compiler/report/locator.h"
#include "compiler/report/report.h"
#include "schema/base/json_writer.h"
#include "schema/base/version.h"

namespace fedgate::report {

namespace {

class JsonReport {
 public:
  explicit JsonReport(const Report& report)
      : report_(&report), locator_(*report.sources), json_(out_) {}

  auto render() -> std::string;

 private:
  void write_place(const source::Span& where);
  void write_finding(const diag::Finding& finding, const std::string* reason);
  void write_fix(const diag::Fix& fix);
  void write_summary();

  const Report* report_;
  Locator locator_;
  std::string out_;
  JsonWriter json_;
};

void JsonReport::write_place(const source::Span& where) {
  if (!where.is_known()) {
    return;
  }
  const auto [begin, end] = locator_.region(where);
  json_.member("file", (*report_->sources)[where.file].name);
  json_.member("line", std::int64_t{begin.line});
  json_.member("column", std::int64_t{begin.column});
  json_.member("end_line", std::int64_t{end.line});
  json_.member("end_column", std::int64_t{end.column});
}

void JsonReport::write_fix(const diag::Fix& fix) {
  json_.key("fix");
  json_.begin_object();
  json_.member("title", fix.title);
  json_.key("edits");
  json_.begin_array();
  for (const diag::Edit& edit : fix.edits) {
    json_.begin_object();
    write_place(edit.where);
    json_.member("text", edit.text);
    json_.end_object();
  }
  json_.end_array();
  json_.end_object();
}

void JsonReport::write_finding(const diag::Finding& finding, const std::string* reason) {
  json_.begin_object();
  json_.member("code", finding.code);
  json_.member("name", finding.name);
  json_.member("severity", diag::severity_word(finding.severity));
  json_.member("message", finding.message);
  write_place(finding.where);
  if (!finding.subject.kind.empty()) {
    json_.key("subject");
    json_.begin_object();
    json_.member("kind", finding.subject.kind);
    json_.member("id", finding.subject.id);
    json_.end_object();
  }
  json_.member("help", finding.help);
  json_.member("source", finding.source);
  json_.key("related");
  json_.begin_array();
  for (const diag::Note& note : finding.related) {
    json_.begin_object();
    json_.member("message", note.message);
    write_place(note.where);
    json_.end_object();
  }
  json_.end_array();
  if (finding.fix) {
    write_fix(*finding.fix);
  }
  json_.member("fingerprint", finding.fingerprint);
  if (reason != nullptr) {
    json_.member("reason", *reason);
  }
  json_.end_object();
}

void JsonReport::write_summary() {
  const Counts counts = count(report_->findings);
  const auto number = [&](std::string_view name, std::size_t value) {
    json_.member(name, static_cast<std::int64_t>(value));
  };
  json_.key("summary");
  json_.begin_object();
  number("errors", counts.errors);
  number("warnings", counts.warnings);
  number("infos", counts.infos);
  number("waived", report_->waived.size());
  if (report_->has_baseline) {
    number("known", report_->known.size());
    number("gone", report_->gone);
  }
  number("files", report_->files);
  number("partners", report_->partners);
  number("rules", report_->rules);
  json_.end_object();
}

auto JsonReport::render() -> std::string {
  json_.begin_object();
  json_.member("version", std::int64_t{1});
  json_.key("tool");
  json_.begin_object();
  json_.member("name", "fedgate");
  json_.member("version", FEDGATE_VERSION);
  json_.end_object();
  json_.member("as_of", report_->as_of.to_text());
  json_.key("findings");
  json_.begin_array();
  for (const diag::Finding& finding : report_->findings) {
    write_finding(finding, nullptr);
  }
  json_.end_array();
  json_.key("waived");
  json_.begin_array();
  for (const rules::WaivedFinding& waived : report_->waived) {
    write_finding(waived.finding, &waived.reason);
  }
  json_.end_array();
  if (report_->has_baseline) {
    json_.key("known");
    json_.begin_array();
    for (const diag::Finding& finding : report_->known) {
      write_finding(finding, nullptr);
    }
    json_.end_array();
  }
  write_summary();
  json_.end_object();
  out_ += '\n';
  return std::move(out_);
}

}  // namespace

auto to_json(const Report& report) -> std::string { return JsonReport(report).render(); }

}  // namespace fedgate::report
