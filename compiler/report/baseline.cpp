#include "compiler/report/baseline.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "schema/base/json_writer.h"

namespace fedgate::report {

namespace {

constexpr std::int64_t kVersion = 1;
constexpr std::size_t kFingerprintLength = 32;

auto is_fingerprint(const std::string& text) -> bool {
  return text.size() == kFingerprintLength &&
         text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

// A finding is known while it says the same, so that what grows behind the same place is new.
auto key_of(std::string_view fingerprint, std::string_view message) -> std::string {
  return fmt::format("{}\n{}", fingerprint, message);
}

// While a file cannot be read, or a pack loaded, nothing behind it is checked: that is never known.
auto can_be_known(const diag::Finding& finding) -> bool {
  const bool is_pack_error =
      finding.severity == diag::Severity::error && finding.code.starts_with("PCK");
  return !is_reading_error(finding) && !is_pack_error;
}

}  // namespace

auto write_baseline(const Report& report) -> std::string {
  struct Entry {
    std::string file;
    const diag::Finding* finding;
  };
  std::vector<Entry> entries;
  for (const std::vector<diag::Finding>* findings : {&report.findings, &report.known}) {
    for (const diag::Finding& finding : *findings) {
      if (can_be_known(finding)) {
        entries.push_back(
            {finding.where.is_known() ? (*report.sources)[finding.where.file].name : "", &finding});
      }
    }
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::tie(a.file, a.finding->code, a.finding->fingerprint) <
           std::tie(b.file, b.finding->code, b.finding->fingerprint);
  });
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.member("fedgate_baseline", kVersion);
  json.key("findings");
  json.begin_array();
  for (const Entry& entry : entries) {
    json.begin_object();
    json.member("fingerprint", entry.finding->fingerprint);
    json.member("code", entry.finding->code);
    json.member("file", entry.file);
    json.member("message", entry.finding->message);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return out + '\n';
}

auto read_baseline(std::string_view text) -> Expected<Baseline, std::string> {
  const auto json = nlohmann::json::parse(text.begin(), text.end(), nullptr, false);
  if (json.is_discarded()) {
    return Unexpected{std::string("it is not JSON")};
  }
  const auto version = json.is_object() ? json.find("fedgate_baseline") : json.end();
  if (version == json.end()) {
    return Unexpected{std::string("it has no member `fedgate_baseline`")};
  }
  if (*version != kVersion) {
    return Unexpected{fmt::format("it is not of version {}, which this fedgate reads", kVersion)};
  }
  const auto findings = json.find("findings");
  if (findings == json.end() || !findings->is_array()) {
    return Unexpected{std::string("it has no list `findings`")};
  }
  Baseline baseline;
  for (const auto& finding : *findings) {
    const auto fingerprint = finding.is_object() ? finding.find("fingerprint") : finding.end();
    if (!finding.is_object() || fingerprint == finding.end() || !fingerprint->is_string() ||
        !is_fingerprint(fingerprint->get_ref<const std::string&>())) {
      return Unexpected{fmt::format("entry {} of `findings` has no fingerprint",
                                    &finding - &findings->front() + 1)};
    }
    const auto message = finding.find("message");
    if (message == finding.end() || !message->is_string()) {
      return Unexpected{
          fmt::format("entry {} of `findings` has no message", &finding - &findings->front() + 1)};
    }
    ++baseline[key_of(fingerprint->get_ref<const std::string&>(),
                      message->get_ref<const std::string&>())];
  }
  return baseline;
}

void apply_baseline(Report& report, Baseline baseline) {
  report.has_baseline = true;
  // Whether the baseline holds the finding once more.
  const auto take = [&](const diag::Finding& finding) {
    const auto entry = baseline.find(key_of(finding.fingerprint, finding.message));
    if (entry == baseline.end() || entry->second == 0 || !can_be_known(finding)) {
      return false;
    }
    --entry->second;
    return true;
  };
  std::vector<diag::Finding> fresh;
  for (diag::Finding& finding : report.findings) {
    (take(finding) ? report.known : fresh).push_back(std::move(finding));
  }
  report.findings = std::move(fresh);
  std::transform(report.waived.begin(), report.waived.end(),
                 std::back_inserter(report.waived_known),
                 [&](const rules::WaivedFinding& waived) { return take(waived.finding); });
  report.gone = 0;
  for (const auto& [fingerprint, left] : baseline) {
    report.gone += left;
  }
}

void accept(Report& report) {
  report.has_baseline = true;
  report.gone = 0;
  const auto first_known =
      std::stable_partition(report.findings.begin(), report.findings.end(),
                            [](const diag::Finding& finding) { return !can_be_known(finding); });
  std::move(first_known, report.findings.end(), std::back_inserter(report.known));
  report.findings.erase(first_known, report.findings.end());
}

}  // namespace fedgate::report
