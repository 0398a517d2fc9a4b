#include "rules/cel/suggest.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <vector>

namespace fedgate::cel {
namespace {

// Longer names are no typing errors of anything.
constexpr std::size_t kLongest = 64;

auto lower(char byte) -> char {
  return static_cast<char>(std::tolower(static_cast<unsigned char>(byte)));
}

// The edit distance in the restricted form of Damerau and Levenshtein; case counts for nothing.
auto distance(std::string_view left, std::string_view right) -> std::size_t {
  const std::size_t width = right.size() + 1;
  std::vector<std::size_t> table((left.size() + 1) * width);
  const auto cell = [&](std::size_t i, std::size_t j) -> std::size_t& {
    return table[i * width + j];
  };
  for (std::size_t i = 0; i <= left.size(); ++i) {
    for (std::size_t j = 0; j <= right.size(); ++j) {
      if (i == 0 || j == 0) {
        cell(i, j) = i + j;
        continue;
      }
      const std::size_t change = lower(left[i - 1]) == lower(right[j - 1]) ? 0 : 1;
      cell(i, j) = std::min(
          {cell(i - 1, j) + 1, cell(i, j - 1) + 1, cell(i - 1, j - 1) + change});
      const bool swapped = i > 1 && j > 1 && lower(left[i - 1]) == lower(right[j - 2]) &&
                           lower(left[i - 2]) == lower(right[j - 1]);
      if (swapped) {
        cell(i, j) = std::min(cell(i, j), cell(i - 2, j - 2) + 1);
      }
    }
  }
  return cell(left.size(), right.size());
}

}  // namespace

auto nearest_name(std::string_view name, std::span<const std::string_view> known)
    -> std::string_view {
  if (name.size() > kLongest) {
    return {};
  }
  std::string_view best;
  std::size_t least = std::max<std::size_t>(1, name.size() / 3) + 1;
  for (const std::string_view candidate : known) {
    if (candidate.size() > kLongest) {
      continue;
    }
    const std::size_t edits = distance(name, candidate);
    if (edits < least) {
      least = edits;
      best = candidate;
    }
  }
  return best;
}

auto did_you_mean(std::string_view name, std::span<const std::string_view> known) -> std::string {
  const std::string_view found = nearest_name(name, known);
  return found.empty() ? std::string() : "; did you mean `" + std::string(found) + "`?";
}

}  // namespace fedgate::cel
