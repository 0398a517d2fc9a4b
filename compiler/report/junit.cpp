#include <algorithm>
#include <iterator>
#include <map>

#include <fmt/format.h>

#include "compiler/report/locator.h"
#include "compiler/report/report.h"
#include "rules/pack.h"
#include "schema/value/describe.h"

namespace fedgate::report {

namespace {

// Characters that XML 1.0 (section 2.2) cannot hold, not even escaped, become U+FFFD; white space
// other than a blank is escaped, because a reader normalizes it in attributes.
void append_xml(std::string& out, std::string_view text) {
  for (std::size_t offset = 0; offset < text.size();) {
    const value::Character character = value::character_at(text, offset);
    const char32_t c = character.value;
    offset += character.length;
    if (!character.is_valid || (c < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0xFFFE ||
        c == 0xFFFF) {
      out += "\uFFFD";
    } else if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else if (c < 0x20) {
      fmt::format_to(std::back_inserter(out), "&#{};", static_cast<unsigned>(c));
    } else {
      out += text.substr(character.offset, character.length);
    }
  }
}

// What was found of one code in one file.
struct Case {
  std::string title;
  std::vector<const diag::Finding*> failures;
  std::vector<const diag::Finding*> remarks;
  std::vector<std::string> excuses;

  [[nodiscard]] auto is_skipped() const -> bool { return failures.empty() && !excuses.empty(); }
};

// Cases by code, in the order of the codes.
using Suite = std::map<std::string, Case>;

class JunitReport {
 public:
  JunitReport(const Report& report, diag::Severity fail_on)
      : report_(&report), fail_on_(fail_on), locator_(*report.sources) {}

  auto render() -> std::string;

 private:
  void collect();
  auto case_of(const diag::Finding& finding) -> Case&;
  [[nodiscard]] auto file_name(source::FileId file) const -> std::string {
    return file == source::kNoFile ? "fedgate" : (*report_->sources)[file].name;
  }
  [[nodiscard]] auto line_of(const diag::Finding& finding) -> std::string;
  void attribute(std::string_view name, std::string_view text) {
    out_ += ' ';
    out_ += name;
    out_ += "=\"";
    append_xml(out_, text);
    out_ += '"';
  }
  void counts(std::size_t tests, std::size_t failures, std::size_t skipped) {
    fmt::format_to(std::back_inserter(out_),
                   R"( tests="{}" failures="{}" errors="0" skipped="{}" time="0")", tests, failures,
                   skipped);
  }
  void write_suite(const std::string& name, const Suite& suite);
  void write_case(const std::string& file, const Case& one);
  void write_remarks(const Case& one);

  const Report* report_;
  diag::Severity fail_on_;
  Locator locator_;
  // kNoFile comes last.
  std::map<source::FileId, Suite> suites_;
  std::string out_;
};

auto JunitReport::case_of(const diag::Finding& finding) -> Case& {
  Case& one = suites_[finding.where.file][finding.code];
  one.title = finding.code + " " + finding.name;
  return one;
}

void JunitReport::collect() {
  for (const source::FileId file : report_->spec_files) {
    for (const rules::RuleCount& count : report_->counts) {
      if (count.is_decided) {
        suites_[file][count.rule->code].title = count.rule->code + " " + count.rule->name;
      }
    }
  }
  for (const diag::Finding& finding : report_->findings) {
    Case& one = case_of(finding);
    (finding.severity >= fail_on_ ? one.failures : one.remarks).push_back(&finding);
  }
  for (const diag::Finding& finding : report_->known) {
    case_of(finding).excuses.push_back("in the baseline: " + line_of(finding));
  }
  for (const rules::WaivedFinding& waived : report_->waived) {
    case_of(waived.finding)
        .excuses.push_back("waived (" + waived.reason + "): " + line_of(waived.finding));
  }
}

auto JunitReport::line_of(const diag::Finding& finding) -> std::string {
  std::string line;
  if (finding.where.is_known()) {
    const source::Position begin = locator_.region(finding.where).begin;
    line = fmt::format("{}:{}:{}: ", file_name(finding.where.file), begin.line, begin.column);
  }
  fmt::format_to(std::back_inserter(line), "{}: {}", diag::severity_word(finding.severity),
                 finding.message);
  if (!finding.help.empty()) {
    line += "\nhelp: " + finding.help;
  }
  return line + "\n";
}

void JunitReport::write_case(const std::string& file, const Case& one) {
  out_ += "    <testcase";
  attribute("classname", file);
  attribute("name", one.title);
  attribute("file", file);
  out_ += " time=\"0\"";
  if (one.failures.empty() && one.excuses.empty() && one.remarks.empty()) {
    out_ += "/>\n";
    return;
  }
  out_ += ">\n";
  if (one.is_skipped()) {
    out_ += "      <skipped";
    attribute("message", one.excuses.front());
    out_ += '>';
    for (const std::string& excuse : one.excuses) {
      append_xml(out_, excuse);
    }
    out_ += "</skipped>\n";
  }
  if (!one.failures.empty()) {
    const diag::Finding& first = *one.failures.front();
    out_ += "      <failure";
    attribute("type", diag::severity_word(first.severity));
    attribute("message", first.message);
    out_ += '>';
    for (const diag::Finding* finding : one.failures) {
      append_xml(out_, line_of(*finding));
    }
    out_ += "</failure>\n";
  }
  write_remarks(one);
  out_ += "    </testcase>\n";
}

// What neither fails nor skips the case: milder findings, and beside failures what is excused.
void JunitReport::write_remarks(const Case& one) {
  std::string remarks;
  for (const diag::Finding* finding : one.remarks) {
    remarks += line_of(*finding);
  }
  if (!one.is_skipped()) {
    for (const std::string& excuse : one.excuses) {
      remarks += excuse;
    }
  }
  if (!remarks.empty()) {
    out_ += "      <system-out>";
    append_xml(out_, remarks);
    out_ += "</system-out>\n";
  }
}

void JunitReport::write_suite(const std::string& name, const Suite& suite) {
  const auto failures = std::count_if(
      suite.begin(), suite.end(), [](const auto& entry) { return !entry.second.failures.empty(); });
  const auto skipped = std::count_if(suite.begin(), suite.end(),
                                     [](const auto& entry) { return entry.second.is_skipped(); });
  out_ += "  <testsuite";
  attribute("name", name);
  counts(suite.size(), static_cast<std::size_t>(failures), static_cast<std::size_t>(skipped));
  out_ += ">\n";
  for (const auto& [code, one] : suite) {
    write_case(name, one);
  }
  out_ += "  </testsuite>\n";
}

auto JunitReport::render() -> std::string {
  collect();
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t skipped = 0;
  for (const auto& [file, suite] : suites_) {
    for (const auto& [code, one] : suite) {
      ++tests;
      failures += one.failures.empty() ? 0U : 1U;
      skipped += one.is_skipped() ? 1U : 0U;
    }
  }
  out_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"fedgate\"";
  counts(tests, failures, skipped);
  out_ += ">\n";
  for (const auto& [file, suite] : suites_) {
    write_suite(file_name(file), suite);
  }
  out_ += "</testsuites>\n";
  return std::move(out_);
}

}  // namespace

auto to_junit(const Report& report, diag::Severity fail_on) -> std::string {
  return JunitReport(report, fail_on).render();
}

}  // namespace fedgate::report
