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
  void write_finding(const diag::Finding& finding, const std::string& fingerprint,
                     const std::string* reason);
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
  const source::LineTable& lines = locator_.lines(where.file);
  const source::Position begin = lines.position(where.begin);
  const source::Position end = lines.position(where.end);
  json_.member("file", (*report_->sources)[where.file].name);
  json_.member("line", std::int64_t{begin.line});
  json_.member("column", std::int64_t{begin.column});
  json_.member("end_line", std::int64_t{end.line});
  json_.member("end_column", std::int64_t{end.column});
}

void JsonReport::write_finding(const diag::Finding& finding, const std::string& fingerprint,
                               const std::string* reason) {
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
  json_.member("fingerprint", fingerprint);
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
  const auto prints = fingerprints(*report_->sources, report_->findings);
  for (std::size_t i = 0; i < report_->findings.size(); ++i) {
    write_finding(report_->findings[i], prints[i], nullptr);
  }
  json_.end_array();
  json_.key("waived");
  json_.begin_array();
  std::vector<diag::Finding> waived;
  for (const rules::WaivedFinding& one : report_->waived) {
    waived.push_back(one.finding);
  }
  const auto waived_prints = fingerprints(*report_->sources, waived);
  for (std::size_t i = 0; i < waived.size(); ++i) {
    write_finding(waived[i], waived_prints[i], &report_->waived[i].reason);
  }
  json_.end_array();
  write_summary();
  json_.end_object();
  out_ += '\n';
  return std::move(out_);
}

}  // namespace

auto to_json(const Report& report) -> std::string { return JsonReport(report).render(); }

}  // namespace fedgate::report
