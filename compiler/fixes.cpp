#include "compiler/fixes.h"

#include <algorithm>
#include <utility>

namespace fedgate::compiler {

namespace {

// The accepted edits of one file by where they begin.
class Accepted {
 public:
  // Whether the edit would touch bytes, or stand at the very place, of another one.
  [[nodiscard]] auto collides(const diag::Edit& edit) const -> bool {
    const auto next = edits_.lower_bound(edit.where.begin);
    if (next != edits_.end() &&
        (next->second.where.begin < edit.where.end || next->first == edit.where.begin)) {
      return true;
    }
    return next != edits_.begin() && std::prev(next)->second.where.end > edit.where.begin;
  }
  [[nodiscard]] auto holds(const diag::Edit& edit) const -> bool {
    const auto same = edits_.find(edit.where.begin);
    return same != edits_.end() && same->second == edit;
  }
  void add(const diag::Edit& edit) { edits_.emplace(edit.where.begin, edit); }
  [[nodiscard]] auto all() const -> std::vector<diag::Edit> {
    std::vector<diag::Edit> edits;
    for (const auto& [begin, edit] : edits_) {
      edits.push_back(edit);
    }
    return edits;
  }

 private:
  std::map<std::uint32_t, diag::Edit> edits_;
};

}  // namespace

auto apply_edits(std::string_view text, std::vector<diag::Edit> edits) -> std::string {
  std::sort(edits.begin(), edits.end(),
            [](const diag::Edit& a, const diag::Edit& b) { return a.where < b.where; });
  std::string changed;
  std::size_t done = 0;
  for (const diag::Edit& edit : edits) {
    changed += text.substr(done, edit.where.begin - done);
    changed += edit.text;
    done = edit.where.end;
  }
  changed += text.substr(done);
  return changed;
}

auto apply_fixes(const source::Sources& sources, const std::vector<diag::Finding>& findings)
    -> FixedTexts {
  FixedTexts fixed;
  std::map<source::FileId, Accepted> accepted;
  for (const diag::Finding& finding : findings) {
    if (!finding.fix || finding.fix->edits.empty()) {
      continue;
    }
    const std::vector<diag::Edit>& edits = finding.fix->edits;
    Accepted& file = accepted[edits.front().where.file];
    if (std::all_of(edits.begin(), edits.end(),
                    [&](const diag::Edit& edit) { return file.holds(edit); })) {
      ++fixed.applied;
      continue;
    }
    if (std::any_of(edits.begin(), edits.end(),
                    [&](const diag::Edit& edit) { return file.collides(edit); })) {
      ++fixed.postponed;
      continue;
    }
    for (const diag::Edit& edit : edits) {
      file.add(edit);
    }
    ++fixed.applied;
  }
  for (const auto& [file, changes] : accepted) {
    fixed.edits.emplace(file, changes.all());
    fixed.texts.emplace(file, apply_edits(sources[file].text, changes.all()));
  }
  return fixed;
}

}  // namespace fedgate::compiler
