#include "schema/base/suggest.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <vector>

namespace fedgate {

namespace {

// A difference in case decides between words that are equally near otherwise, and counts for
// nothing else: an edit costs more than all the letters of a known word could differ in case.
constexpr std::size_t kEdit = 1024;
constexpr std::size_t kCaseEdit = 1;

auto to_lower(char c) -> char {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

auto replace_cost(char left, char right) -> std::size_t {
  if (left == right) {
    return 0;
  }
  return to_lower(left) == to_lower(right) ? kCaseEdit : kEdit;
}

// The cost of the optimal string alignment of the two words.
auto distance(std::string_view left, std::string_view right) -> std::size_t {
  const std::size_t width = right.size() + 1;
  std::vector<std::size_t> before_last(width);
  std::vector<std::size_t> last(width);
  std::vector<std::size_t> row(width);
  for (std::size_t j = 0; j < width; ++j) {
    row[j] = j * kEdit;
  }
  for (std::size_t i = 1; i <= left.size(); ++i) {
    before_last.swap(last);
    last.swap(row);
    row[0] = i * kEdit;
    for (std::size_t j = 1; j < width; ++j) {
      row[j] = std::min({last[j] + kEdit, row[j - 1] + kEdit,
                         last[j - 1] + replace_cost(left[i - 1], right[j - 1])});
      if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + kEdit);
      }
    }
  }
  return row[right.size()];
}

}  // namespace

auto nearest(std::string_view word, std::span<const std::string_view> known)
    -> std::optional<std::string_view> {
  std::optional<std::string_view> best;
  std::size_t best_cost = std::numeric_limits<std::size_t>::max();
  for (const std::string_view candidate : known) {
    const std::size_t longer = std::max(word.size(), candidate.size());
    const std::size_t shorter = std::min(word.size(), candidate.size());
    const std::size_t edits = longer / 3;
    // A word that differs too much in length alone is not compared, however long it is.
    if (longer - shorter > edits) {
      continue;
    }
    const std::size_t cost = distance(word, candidate);
    if (cost < (edits + 1) * kEdit && cost < best_cost) {
      best = candidate;
      best_cost = cost;
    }
  }
  return best;
}

auto has_one_near(std::string_view word, std::span<const std::string_view> known) -> bool {
  const auto best = nearest(word, known);
  if (!best) {
    return false;
  }
  std::vector<std::string_view> others(known.begin(), known.end());
  std::erase(others, *best);
  return !nearest(word, others);
}

}  // namespace fedgate
