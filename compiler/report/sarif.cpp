#include <iterator>
#include <unordered_map>

#include <fmt/format.h>

#include "compiler/report/locator.h"
#include "compiler/report/report.h"
#include "compiler/report/uri_reference.h"
#include "schema/base/json_writer.h"
#include "schema/base/version.h"
#include "schema/value/describe.h"

namespace fedgate::report {

namespace {

// The folder that relative paths start from: the one that fedgate was run in.
constexpr std::string_view kBase = "SRCROOT";

auto level_of(diag::Severity severity) -> std::string_view {
  switch (severity) {
    case diag::Severity::info:
      return "note";
    case diag::Severity::warning:
      return "warning";
    case diag::Severity::error:
      break;
  }
  return "error";
}

// What the tool is, as a URI (RFC 2397) that holds the information itself: fedgate has no home
// page, and the validator misses one.
constexpr std::string_view kInformationUri =
    "data:text/plain,fedgate:%20configuration%20compiler%20and%20policy%20validator%20for%20XMPP"
    "%20federation%20gateways";

// `no-authentication-method` as SARIF's viewers show names: `NoAuthenticationMethod`.
auto pascal_case(std::string_view name) -> std::string {
  std::string text;
  bool starts_word = true;
  for (const char c : name) {
    if (c == '-') {
      starts_word = true;
      continue;
    }
    text += starts_word && value::is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
    starts_word = false;
  }
  return text;
}

// The name in words: `No authentication method`.
auto in_words(std::string_view name) -> std::string {
  std::string text(name);
  for (char& c : text) {
    c = c == '-' ? ' ' : c;
  }
  return text;
}

class SarifReport {
 public:
  explicit SarifReport(const Report& report)
      : report_(&report), locator_(*report.sources), codes_(code_texts(report)) {
    for (std::size_t i = 0; i < codes_.size(); ++i) {
      indexes_.emplace(codes_[i].code, i);
    }
  }

  auto render() -> std::string;

 private:
  void write_text(std::string_view name, std::string_view text) {
    json_.key(name);
    json_.begin_object();
    json_.member("text", text);
    json_.end_object();
  }
  void write_driver();
  void write_rule(const CodeText& code);
  void write_bases();
  void write_invocation();
  void write_artifact_location(source::FileId file);
  void write_region(std::string_view name, const source::Span& where);
  void write_location(const source::Span& where, const std::string* message);
  void write_result(const diag::Finding& finding, std::string_view baseline_state,
                    const std::string* reason);
  void write_fix(const diag::Fix& fix);

  const Report* report_;
  Locator locator_;
  std::vector<CodeText> codes_;
  std::unordered_map<std::string_view, std::size_t> indexes_;
  std::string out_;
  JsonWriter json_{out_};
};

void SarifReport::write_rule(const CodeText& code) {
  json_.begin_object();
  json_.member("id", code.code);
  json_.member("name", pascal_case(code.name));
  write_text("shortDescription", sentence(in_words(code.name)));
  write_text("fullDescription", sentence(code.message));
  json_.key("defaultConfiguration");
  json_.begin_object();
  json_.member("level", level_of(code.severity));
  json_.end_object();
  json_.key("help");
  json_.begin_object();
  const std::string help = code.help.empty() ? std::string{} : sentence(code.help) + " ";
  json_.member("text", fmt::format("{}Source: {}", help, sentence(code.source)));
  json_.member("markdown",
               fmt::format("{}\n\n**Source:** {}\n\n`fedgate explain {}` shows examples.", help,
                           sentence(code.source), code.code));
  json_.end_object();
  json_.key("properties");
  json_.begin_object();
  json_.key("tags");
  json_.begin_array();
  json_.string("xmpp-federation");
  json_.end_array();
  json_.member("source", code.source);
  json_.end_object();
  json_.end_object();
}

void SarifReport::write_driver() {
  json_.key("tool");
  json_.begin_object();
  json_.key("driver");
  json_.begin_object();
  json_.member("name", "fedgate");
  json_.member("version", FEDGATE_VERSION);
  json_.member("semanticVersion", FEDGATE_VERSION);
  json_.member("informationUri", kInformationUri);
  write_text("shortDescription",
             "Configuration compiler and policy validator for XMPP federation gateways.");
  json_.key("rules");
  json_.begin_array();
  for (const CodeText& code : codes_) {
    write_rule(code);
  }
  json_.end_array();
  json_.end_object();
  json_.end_object();
}

void SarifReport::write_bases() {
  json_.key("originalUriBaseIds");
  json_.begin_object();
  json_.key(kBase);
  json_.begin_object();
  write_text("description", "The folder that fedgate was run in.");
  json_.end_object();
  json_.end_object();
}

void SarifReport::write_invocation() {
  json_.key("invocations");
  json_.begin_array();
  json_.begin_object();
  json_.member("executionSuccessful", true);
  json_.end_object();
  json_.end_array();
}

void SarifReport::write_artifact_location(source::FileId file) {
  const std::string& name = (*report_->sources)[file].name;
  json_.key("artifactLocation");
  json_.begin_object();
  if (!name.empty() && name.front() == '/') {
    json_.member("uri", "file://" + uri_reference(name));
  } else {
    json_.member("uri", uri_reference(name));
    json_.member("uriBaseId", kBase);
  }
  json_.end_object();
}

void SarifReport::write_region(std::string_view name, const source::Span& where) {
  const auto [begin, end] = locator_.region(where);
  json_.key(name);
  json_.begin_object();
  json_.member("startLine", std::int64_t{begin.line});
  json_.member("startColumn", std::int64_t{begin.column});
  json_.member("endLine", std::int64_t{end.line});
  json_.member("endColumn", std::int64_t{end.column});
  json_.end_object();
}

void SarifReport::write_location(const source::Span& where, const std::string* message) {
  json_.begin_object();
  if (where.is_known()) {
    json_.key("physicalLocation");
    json_.begin_object();
    write_artifact_location(where.file);
    write_region("region", where);
    json_.end_object();
  }
  if (message != nullptr) {
    write_text("message", sentence(*message));
  }
  json_.end_object();
}

// A fix of SARIF is a list of replacements for each file; ours is in one file.
void SarifReport::write_fix(const diag::Fix& fix) {
  json_.key("fixes");
  json_.begin_array();
  json_.begin_object();
  write_text("description", sentence(fix.title));
  json_.key("artifactChanges");
  json_.begin_array();
  json_.begin_object();
  write_artifact_location(fix.edits.front().where.file);
  json_.key("replacements");
  json_.begin_array();
  for (const diag::Edit& edit : fix.edits) {
    json_.begin_object();
    write_region("deletedRegion", edit.where);
    write_text("insertedContent", edit.text);
    json_.end_object();
  }
  json_.end_array();
  json_.end_object();
  json_.end_array();
  json_.end_object();
  json_.end_array();
}

void SarifReport::write_result(const diag::Finding& finding, std::string_view baseline_state,
                               const std::string* reason) {
  json_.begin_object();
  json_.member("ruleId", finding.code);
  if (const auto index = indexes_.find(finding.code); index != indexes_.end()) {
    json_.member("ruleIndex", static_cast<std::int64_t>(index->second));
  }
  json_.member("level", level_of(finding.severity));
  const std::string help = finding.help.empty() ? std::string{} : " " + sentence(finding.help);
  write_text("message", sentence(finding.message) + help);
  json_.key("locations");
  json_.begin_array();
  if (finding.where.is_known()) {
    write_location(finding.where, nullptr);
  }
  json_.end_array();
  if (!finding.related.empty()) {
    json_.key("relatedLocations");
    json_.begin_array();
    for (const diag::Note& note : finding.related) {
      write_location(note.where, &note.message);
    }
    json_.end_array();
  }
  json_.key("partialFingerprints");
  json_.begin_object();
  json_.member("fedgateFinding/v1", finding.fingerprint);
  json_.end_object();
  if (!baseline_state.empty()) {
    json_.member("baselineState", baseline_state);
  }
  if (reason != nullptr) {
    json_.key("suppressions");
    json_.begin_array();
    json_.begin_object();
    json_.member("kind", "inSource");
    json_.member("status", "accepted");
    json_.member("justification", *reason);
    json_.end_object();
    json_.end_array();
  }
  if (finding.fix && !finding.fix->edits.empty()) {
    write_fix(*finding.fix);
  }
  json_.end_object();
}

auto SarifReport::render() -> std::string {
  json_.begin_object();
  json_.member("$schema",
               "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
               "sarif-schema-2.1.0.json");
  json_.member("version", "2.1.0");
  json_.key("runs");
  json_.begin_array();
  json_.begin_object();
  write_driver();
  write_invocation();
  write_bases();
  json_.member("columnKind", "unicodeCodePoints");
  json_.key("results");
  json_.begin_array();
  const std::string_view fresh = report_->has_baseline ? "new" : "";
  for (const diag::Finding& finding : report_->findings) {
    write_result(finding, fresh, nullptr);
  }
  for (const diag::Finding& finding : report_->known) {
    write_result(finding, "unchanged", nullptr);
  }
  for (std::size_t i = 0; i < report_->waived.size(); ++i) {
    const bool is_known = i < report_->waived_known.size() && report_->waived_known[i];
    write_result(report_->waived[i].finding, is_known ? "unchanged" : fresh,
                 &report_->waived[i].reason);
  }
  json_.end_array();
  json_.key("properties");
  json_.begin_object();
  json_.member("asOf", report_->as_of.to_text());
  json_.end_object();
  json_.end_object();
  json_.end_array();
  json_.end_object();
  out_ += '\n';
  return std::move(out_);
}

}  // namespace

auto to_sarif(const Report& report) -> std::string { return SarifReport(report).render(); }

}  // namespace fedgate::report
