#include "compiler/report/report.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>

#include <fmt/format.h>

#include "compiler/output/digest.h"
#include "compiler/report/locator.h"
#include "rules/pack.h"
#include "schema/diag/message.h"

namespace fedgate::report {

auto is_reading_error(const diag::Finding& finding) -> bool {
  return finding.severity == diag::Severity::error &&
         (finding.code.starts_with("YML") || finding.code.starts_with("SPC"));
}

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

namespace {

constexpr std::string_view kHidden = "***";

// Numbers findings whose identity is the same, in their order.
class Identifier {
 public:
  explicit Identifier(const source::Sources& sources) : sources_(&sources), locator_(sources) {}

  [[nodiscard]] auto fingerprint(const diag::Finding& finding) -> std::string {
    std::string identity =
        fmt::format("{}\n{}\n{}\n", finding.code, finding.subject.kind, finding.subject.id);
    if (finding.where.is_known()) {
      identity += context(finding);
    }
    const int number = seen_[identity]++;
    if (number > 0) {
      fmt::format_to(std::back_inserter(identity), "\n{}", number);
    }
    constexpr std::size_t kDigits = 32;
    return output::sha256_hex(identity).substr(0, kDigits);
  }

 private:
  // The line that the finding is on; of a long one, as tools write them, the place alone. Nothing
  // where it holds a secret, which could be guessed from a fingerprint.
  [[nodiscard]] auto context(const diag::Finding& finding) -> std::string_view {
    if (finding.hides_source) {
      return {};
    }
    constexpr std::size_t kLongest = 1000;
    const source::LineTable& lines = locator_.lines(finding.where.file);
    std::string_view line = lines.line_text(lines.position(finding.where.begin).line);
    if (line.size() > kLongest) {
      return sources_->text(finding.where).substr(0, kLongest);
    }
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    return line;
  }

  const source::Sources* sources_;
  Locator locator_;
  std::unordered_map<std::string, int> seen_;
};

void take_out(const std::vector<std::string>& secrets, std::string& text) {
  for (const std::string& secret : secrets) {
    // What is shorter is in every other word.
    constexpr std::size_t kShortest = 4;
    if (secret.size() < kShortest) {
      continue;
    }
    for (std::size_t at = text.find(secret); at != std::string::npos;
         at = text.find(secret, at + kHidden.size())) {
      text.replace(at, secret.size(), kHidden);
    }
  }
}

void take_out(const std::vector<std::string>& secrets, diag::Finding& finding) {
  take_out(secrets, finding.message);
  take_out(secrets, finding.help);
  take_out(secrets, finding.subject.id);
  for (diag::Note& note : finding.related) {
    take_out(secrets, note.message);
  }
  if (finding.fix) {
    take_out(secrets, finding.fix->title);
  }
}

}  // namespace

void hide_secrets(Report& report) {
  std::vector<std::string> secrets;
  for (const diag::Finding& finding : report.findings) {
    if (finding.hides_source) {
      secrets.emplace_back(report.sources->text(finding.where));
      secrets.push_back(finding.secret);
    }
  }
  if (secrets.empty()) {
    return;
  }
  for (diag::Finding& finding : report.findings) {
    take_out(secrets, finding);
  }
  for (rules::WaivedFinding& waived : report.waived) {
    take_out(secrets, waived.finding);
  }
}

void identify(Report& report) {
  Identifier found(*report.sources);
  for (diag::Finding& finding : report.findings) {
    finding.fingerprint = found.fingerprint(finding);
  }
  Identifier excused(*report.sources);
  for (rules::WaivedFinding& waived : report.waived) {
    waived.finding.fingerprint = excused.fingerprint(waived.finding);
  }
}

auto code_texts(const Report& report) -> std::vector<CodeText> {
  std::vector<CodeText> texts;
  if (report.rule_set != nullptr) {
    for (const rules::Pack& pack : report.rule_set->packs()) {
      for (const rules::Rule& rule : pack.rules) {
        texts.push_back(
            {rule.code, rule.name, rule.severity, rule.message_text, rule.help, rule.source});
      }
    }
  }
  for (const diag::CodeInfo& info : diag::core_codes()) {
    texts.push_back(
        {info.code, info.name, info.severity, diag::general_text(info), info.help, info.source});
  }
  return texts;
}

auto sentence(std::string_view text) -> std::string {
  std::string whole(text);
  if (!whole.empty() && whole.front() >= 'a' && whole.front() <= 'z') {
    whole.front() = static_cast<char>(whole.front() - 'a' + 'A');
  }
  if (whole.empty() || (whole.back() != '.' && whole.back() != '?' && whole.back() != '!')) {
    whole += '.';
  }
  return whole;
}

auto counted(std::size_t number, std::string_view noun) -> std::string {
  return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

}  // namespace fedgate::report
