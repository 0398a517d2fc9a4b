#include "compiler/output/unified_diff.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <limits>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

namespace fedgate::output {

namespace {

using Index = std::int64_t;

// One text as numbers: equal lines of both texts have equal ids. A line keeps its `\n`.
struct Lines {
  std::vector<std::string_view> text;
  std::vector<std::uint32_t> id;
  std::vector<bool> changed;

  [[nodiscard]] auto size() const -> Index { return std::ssize(text); }
};

using Ids = std::unordered_map<std::string_view, std::uint32_t>;

auto split(std::string_view text, Ids& ids) -> Lines {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    const std::string_view line = text.substr(0, end);
    lines.text.push_back(line);
    lines.id.push_back(ids.try_emplace(line, static_cast<std::uint32_t>(ids.size())).first->second);
    text.remove_prefix(end);
  }
  lines.changed.assign(lines.text.size(), false);
  return lines;
}

// The lines of one text that the other has too, with their places. A line that only one text has is
// changed whatever the rest is, so leaving it out keeps the shortest script and costs nothing.
struct Shared {
  std::vector<std::uint32_t> id;
  std::vector<std::size_t> place;
};

auto keep_shared(Lines& lines, const Lines& other, std::size_t id_count) -> Shared {
  std::vector<bool> is_in_other(id_count, false);
  for (const std::uint32_t id : other.id) {
    is_in_other[id] = true;
  }
  Shared shared;
  for (std::size_t place = 0; place < lines.id.size(); ++place) {
    if (is_in_other[lines.id[place]]) {
      shared.id.push_back(lines.id[place]);
      shared.place.push_back(place);
    } else {
      lines.changed[place] = true;
    }
  }
  return shared;
}

// A part of the edit graph: rows x of the old text and columns y of the new one, ends excluded.
struct Box {
  Index x_begin;
  Index x_end;
  Index y_begin;
  Index y_end;
};

struct Point {
  Index x;
  Index y;
};

// The furthest x on each diagonal x - y of one search direction. `lowest` and `highest` are the
// diagonals of the present round; beside them lies one sentinel each.
class Frontier {
 public:
  Frontier(Index middle, Index limit, Index start, Index sentinel)
      : lowest(middle),
        highest(middle),
        offset_(limit + 2 - middle),
        sentinel_(sentinel),
        x_(static_cast<std::size_t>(2 * limit + 5), sentinel) {
    at(middle) = start;
  }

  [[nodiscard]] auto at(Index diagonal) -> Index& {
    return x_[static_cast<std::size_t>(diagonal + offset_)];
  }

  // Widens the range by one diagonal on each side, or narrows it where the box ends.
  void step(Index first_diagonal, Index last_diagonal) {
    if (lowest > first_diagonal) {
      --lowest;
      at(lowest - 1) = sentinel_;
    } else {
      ++lowest;
    }
    if (highest < last_diagonal) {
      ++highest;
      at(highest + 1) = sentinel_;
    } else {
      --highest;
    }
  }

  [[nodiscard]] auto covers(Index diagonal) const -> bool {
    return lowest <= diagonal && diagonal <= highest;
  }

  Index lowest;
  Index highest;

 private:
  Index offset_;
  Index sentinel_;
  std::vector<Index> x_;
};

// E. Myers, An O(ND) Difference Algorithm and Its Variations (1986), section 4b: a search from both
// corners of a box meets in the middle of a shortest script, which needs no more memory than the
// two frontiers. After `limit` rounds the furthest point reached so far is taken instead: the
// script may then be longer than the shortest, and a split costs at most limit * limit steps for
// at least `limit` lines done.
class Splitter {
 public:
  Splitter(const std::vector<std::uint32_t>& old_id, const std::vector<std::uint32_t>& new_id,
           Index limit)
      : old_(old_id), new_(new_id), limit_(limit) {}

  // Takes equal lines off both ends.
  void trim(Box& box) const {
    while (box.x_begin < box.x_end && box.y_begin < box.y_end && same(box.x_begin, box.y_begin)) {
      ++box.x_begin;
      ++box.y_begin;
    }
    while (box.x_begin < box.x_end && box.y_begin < box.y_end &&
           same(box.x_end - 1, box.y_end - 1)) {
      --box.x_end;
      --box.y_end;
    }
  }

  // A point strictly inside a script through a trimmed box that has lines on both sides.
  [[nodiscard]] auto split(const Box& box) const -> Point {
    const Index first_diagonal = box.x_begin - box.y_end;
    const Index last_diagonal = box.x_end - box.y_begin;
    Frontier forward(box.x_begin - box.y_begin, limit_, box.x_begin, -1);
    Frontier backward(box.x_end - box.y_end, limit_, box.x_end, std::numeric_limits<Index>::max());
    const bool is_odd = ((box.x_end - box.x_begin - box.y_end + box.y_begin) & 1) != 0;
    for (Index round = 1; round <= limit_; ++round) {
      forward.step(first_diagonal, last_diagonal);
      for (Index diagonal = forward.highest; diagonal >= forward.lowest; diagonal -= 2) {
        const Index x = advance(box, forward, diagonal);
        if (is_odd && backward.covers(diagonal) && backward.at(diagonal) <= x) {
          return {x, x - diagonal};
        }
      }
      backward.step(first_diagonal, last_diagonal);
      for (Index diagonal = backward.highest; diagonal >= backward.lowest; diagonal -= 2) {
        const Index x = retreat(box, backward, diagonal);
        if (!is_odd && forward.covers(diagonal) && x <= forward.at(diagonal)) {
          return {x, x - diagonal};
        }
      }
    }
    return furthest(box, forward, backward);
  }

 private:
  [[nodiscard]] auto same(Index x, Index y) const -> bool {
    return old_[static_cast<std::size_t>(x)] == new_[static_cast<std::size_t>(y)];
  }

  auto advance(const Box& box, Frontier& forward, Index diagonal) const -> Index {
    const Index below = forward.at(diagonal - 1);
    const Index above = forward.at(diagonal + 1);
    Index x = below < above ? above : below + 1;
    while (x < box.x_end && x - diagonal < box.y_end && same(x, x - diagonal)) {
      ++x;
    }
    return forward.at(diagonal) = x;
  }

  auto retreat(const Box& box, Frontier& backward, Index diagonal) const -> Index {
    const Index below = backward.at(diagonal - 1);
    const Index above = backward.at(diagonal + 1);
    Index x = below < above ? below : above - 1;
    while (box.x_begin < x && box.y_begin < x - diagonal && same(x - 1, x - diagonal - 1)) {
      --x;
    }
    return backward.at(diagonal) = x;
  }

  static auto furthest(const Box& box, Frontier& forward, Frontier& backward) -> Point {
    Point best{box.x_begin, box.y_begin};
    Index most = 0;
    for (Index diagonal = forward.highest; diagonal >= forward.lowest; diagonal -= 2) {
      const Index x = std::min({forward.at(diagonal), box.x_end, box.y_end + diagonal});
      const Index done = x - box.x_begin + x - diagonal - box.y_begin;
      if (done > most) {
        most = done;
        best = {x, x - diagonal};
      }
    }
    for (Index diagonal = backward.highest; diagonal >= backward.lowest; diagonal -= 2) {
      const Index x = std::max({backward.at(diagonal), box.x_begin, box.y_begin + diagonal});
      const Index done = box.x_end - x + box.y_end - (x - diagonal);
      if (done > most) {
        most = done;
        best = {x, x - diagonal};
      }
    }
    return best;
  }

  const std::vector<std::uint32_t>& old_;
  const std::vector<std::uint32_t>& new_;
  Index limit_;
};

// Enough rounds for the shortest script of everyday edits, and few enough that the whole search
// stays near 3 * 10^7 steps.
auto round_limit(std::size_t lines) -> Index {
  constexpr std::size_t kSteps = 30'000'000;
  return static_cast<Index>(std::clamp<std::size_t>(kSteps / (lines + 1), 16, 1024));
}

void mark_changes(Lines& old_lines, Lines& new_lines, std::size_t id_count) {
  const Shared old_shared = keep_shared(old_lines, new_lines, id_count);
  const Shared new_shared = keep_shared(new_lines, old_lines, id_count);
  const Splitter splitter(old_shared.id, new_shared.id,
                          round_limit(old_shared.id.size() + new_shared.id.size()));
  std::vector<Box> boxes{{0, std::ssize(old_shared.id), 0, std::ssize(new_shared.id)}};
  while (!boxes.empty()) {
    Box box = boxes.back();
    boxes.pop_back();
    splitter.trim(box);
    if (box.x_begin < box.x_end && box.y_begin < box.y_end) {
      const Point middle = splitter.split(box);
      boxes.push_back({box.x_begin, middle.x, box.y_begin, middle.y});
      boxes.push_back({middle.x, box.x_end, middle.y, box.y_end});
      continue;
    }
    for (Index x = box.x_begin; x < box.x_end; ++x) {
      old_lines.changed[old_shared.place[static_cast<std::size_t>(x)]] = true;
    }
    for (Index y = box.y_begin; y < box.y_end; ++y) {
      new_lines.changed[new_shared.place[static_cast<std::size_t>(y)]] = true;
    }
  }
}

// All runs of changed lines, as boxes of the edit graph.
auto collect_changes(const Lines& old_lines, const Lines& new_lines) -> std::vector<Box> {
  const auto is_changed = [](const Lines& lines, Index place) {
    return place < lines.size() && lines.changed[static_cast<std::size_t>(place)];
  };
  std::vector<Box> changes;
  Index x = 0;
  Index y = 0;
  while (x < old_lines.size() || y < new_lines.size()) {
    Box change{x, x, y, y};
    while (is_changed(old_lines, change.x_end)) {
      ++change.x_end;
    }
    while (is_changed(new_lines, change.y_end)) {
      ++change.y_end;
    }
    if (change.x_end == x && change.y_end == y) {
      ++x;
      ++y;
      continue;
    }
    changes.push_back(change);
    x = change.x_end;
    y = change.y_end;
  }
  return changes;
}

void append_lines(std::string& out, char sign, const Lines& lines, Index begin, Index end) {
  for (Index place = begin; place < end; ++place) {
    const std::string_view line = lines.text[static_cast<std::size_t>(place)];
    out += sign;
    out += line;
    if (!line.ends_with('\n')) {
      out += "\n\\ No newline at end of file\n";
    }
  }
}

// The range notation of a hunk's header: an empty range names the line before it.
auto range_text(Index begin, Index end) -> std::string {
  const Index count = end - begin;
  const Index first = count == 0 ? begin : begin + 1;
  return count == 1 ? fmt::format("{}", first) : fmt::format("{},{}", first, count);
}

}  // namespace

auto unified_diff(std::string_view old_text, std::string_view new_text, std::string_view old_name,
                  std::string_view new_name, int context) -> std::string {
  if (old_text == new_text) {
    return {};
  }
  if (old_text.find('\0') != std::string_view::npos ||
      new_text.find('\0') != std::string_view::npos) {
    return fmt::format("Binary files {} and {} differ\n", old_name, new_name);
  }
  Ids ids;
  Lines old_lines = split(old_text, ids);
  Lines new_lines = split(new_text, ids);
  mark_changes(old_lines, new_lines, ids.size());
  const std::vector<Box> changes = collect_changes(old_lines, new_lines);

  std::string out = fmt::format("--- {}\n+++ {}\n", old_name, new_name);
  for (auto first = changes.begin(); first != changes.end();) {
    auto last = first;
    while (std::next(last) != changes.end() &&
           std::next(last)->x_begin - last->x_end <= 2 * Index{context}) {
      ++last;
    }
    const auto before = std::min<Index>({context, first->x_begin, first->y_begin});
    const auto after =
        std::min<Index>({context, old_lines.size() - last->x_end, new_lines.size() - last->y_end});
    fmt::format_to(std::back_inserter(out), "@@ -{} +{} @@\n",
                   range_text(first->x_begin - before, last->x_end + after),
                   range_text(first->y_begin - before, last->y_end + after));
    Index shown = first->x_begin - before;
    for (; first <= last; ++first) {
      append_lines(out, ' ', old_lines, shown, first->x_begin);
      append_lines(out, '-', old_lines, first->x_begin, first->x_end);
      append_lines(out, '+', new_lines, first->y_begin, first->y_end);
      shown = first->x_end;
    }
    append_lines(out, ' ', old_lines, shown, shown + after);
  }
  return out;
}

}  // namespace fedgate::output
