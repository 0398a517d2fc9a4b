#include "schema/diag/sink.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <tuple>
#include <utility>

namespace fedgate::diag {

namespace {

constexpr std::array kCodes = {
#define FEDGATE_CODE(id, code, name, severity, args, text, help, source) messages::id.info,
#include "schema/diag/core.def"
#undef FEDGATE_CODE
};

}  // namespace

auto core_codes() -> std::span<const CodeInfo> { return kCodes; }

auto general_text(const CodeInfo& info) -> std::string {
  std::string text;
  for (std::string_view rest = info.text; !rest.empty();) {
    const std::size_t open = std::min(rest.find('{'), rest.size());
    text += rest.substr(0, open);
    rest.remove_prefix(open);
    if (!rest.empty()) {
      text += "\u2026";
      rest.remove_prefix(rest.find('}') + 1);
    }
  }
  return text;
}

auto Sink::add(Finding finding) -> Draft {
  errors_ += finding.severity == Severity::error ? 1 : 0;
  findings_.push_back(std::move(finding));
  return Draft(findings_.back());
}

void Sink::merge(Sink&& other) {
  errors_ += other.errors_;
  std::move(other.findings_.begin(), other.findings_.end(), std::back_inserter(findings_));
  other.findings_.clear();
  other.errors_ = 0;
}

auto Sink::take_sorted() -> std::vector<Finding> {
  const auto key = [](const Finding& finding) {
    return std::tie(finding.where, finding.code, finding.message);
  };
  std::stable_sort(findings_.begin(), findings_.end(),
                   [&](const Finding& a, const Finding& b) { return key(a) < key(b); });
  errors_ = 0;
  return std::exchange(findings_, {});
}

}  // namespace fedgate::diag
