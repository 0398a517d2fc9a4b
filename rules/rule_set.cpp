#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "rules/embedded.h"
#include "rules/pack.h"
#include "schema/base/check.h"
#include "schema/diag/message.h"

namespace fedgate::rules {

void RuleSet::add(Pack pack, diag::Sink& sink) {
  std::unordered_map<std::string_view, const Rule*> own;
  const auto is_taken = [&](const Rule& rule) {
    const auto codes = diag::core_codes();
    const bool is_core = std::any_of(codes.begin(), codes.end(),
                                     [&](const auto& info) { return info.code == rule.code; });
    const auto [entry, is_new] = own.emplace(rule.code, &rule);
    const Rule* first = is_new ? find(rule.code) : entry->second;
    if (!is_core && first == nullptr) {
      return false;
    }
    auto draft = sink.report(rule.where, diag::messages::pack_duplicate_code, rule.code);
    if (first != nullptr) {
      draft.note(first->where, "first defined here");
    }
    return true;
  };
  std::vector<bool> taken;
  taken.reserve(pack.rules.size());
  std::transform(pack.rules.begin(), pack.rules.end(), std::back_inserter(taken), is_taken);
  for (std::size_t i = pack.rules.size(); i-- > 0;) {
    if (taken[i]) {
      pack.rules.erase(pack.rules.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }
  packs_.push_back(std::move(pack));
  for (const Rule& rule : packs_.back().rules) {
    by_code_.emplace(rule.code, &rule);
  }
}

auto RuleSet::find(std::string_view code) const -> const Rule* {
  const auto found = by_code_.find(code);
  return found == by_code_.end() ? nullptr : found->second;
}

auto RuleSet::rule_count() const -> std::size_t {
  std::size_t count = 0;
  for (const Pack& pack : packs_) {
    count += pack.rules.size();
  }
  return count;
}

auto builtin_packs(source::Sources& sources) -> std::vector<yaml::Tree> {
  std::vector<yaml::Tree> packs;
  // A tree that a growing list moved would be copied: its deque may throw when it moves.
  packs.reserve(embedded_files().size());
  for (const EmbeddedFile& file : embedded_files()) {
    if (file.name.starts_with("packs/")) {
      packs.push_back(load_embedded(file, sources));
    }
  }
  return packs;
}

auto load_builtin_pack(const source::Sources& sources, yaml::Tree tree,
                       const cel::Environment& environment) -> Pack {
  diag::Sink sink;
  Pack pack = load_pack(sources, std::move(tree), environment, sink, PackOrigin::built_in);
  for (const diag::Finding& finding : sink.findings()) {
    fmt::print(stderr, "{}: byte {}: {}\n", sources[finding.where.file].name, finding.where.begin,
               finding.message);
  }
  FEDGATE_CHECK(!sink.has_errors(), "a built-in rule pack has a mistake");
  return pack;
}

}  // namespace fedgate::rules
