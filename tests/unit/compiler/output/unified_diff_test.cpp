#include "compiler/output/unified_diff.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "tests/support/catch.h"

using fedgate::output::unified_diff;

namespace {

auto split_lines(std::string_view text) -> std::vector<std::string> {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

// What patch(1) makes of the old text; "cannot apply" where the diff does not fit it.
auto patched(const std::string& old_text, const std::string& diff) -> std::string {
  const std::vector<std::string> old_lines = split_lines(old_text);
  std::vector<std::string> lines = split_lines(diff);
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i] == "\\ No newline at end of file\n") {
      lines[i - 1].pop_back();
      lines[i].clear();
    }
  }
  std::string text;
  std::size_t next = 0;
  for (std::size_t i = 2; i < lines.size(); ++i) {
    const std::string& line = lines[i];
    if (line.starts_with("@@ -")) {
      const std::size_t first = std::stoul(line.substr(4));
      const bool is_empty = line.substr(4, line.find(' ', 4) - 4).ends_with(",0");
      for (; next < first - (is_empty || first == 0 ? 0U : 1U); ++next) {
        text += old_lines.at(next);
      }
      continue;
    }
    if (line.empty()) {
      continue;
    }
    if (line.front() != '+') {
      if (next >= old_lines.size() || old_lines[next] != line.substr(1)) {
        return "cannot apply";
      }
      ++next;
    }
    if (line.front() != '-') {
      text += line.substr(1);
    }
  }
  for (; next < old_lines.size(); ++next) {
    text += old_lines[next];
  }
  return text;
}

auto count_changes(const std::string& diff) -> std::size_t {
  const std::vector<std::string> lines = split_lines(diff);
  return static_cast<std::size_t>(std::count_if(
      lines.begin() + std::min<std::ptrdiff_t>(2, std::ssize(lines)), lines.end(),
      [](const std::string& line) { return line.front() == '+' || line.front() == '-'; }));
}

// Lines that a shortest script adds and removes, by the textbook table.
auto shortest_script(const std::string& old_text, const std::string& new_text) -> std::size_t {
  const std::vector<std::string> a = split_lines(old_text);
  const std::vector<std::string> b = split_lines(new_text);
  std::vector<std::vector<std::size_t>> common(a.size() + 1,
                                               std::vector<std::size_t>(b.size() + 1, 0));
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < b.size(); ++j) {
      common[i + 1][j + 1] =
          a[i] == b[j] ? common[i][j] + 1 : std::max(common[i][j + 1], common[i + 1][j]);
    }
  }
  return a.size() + b.size() - 2 * common[a.size()][b.size()];
}

auto random_text(std::mt19937& random, std::size_t max_lines, unsigned kinds) -> std::string {
  std::string text;
  const std::size_t lines = random() % (max_lines + 1);
  for (std::size_t i = 0; i < lines; ++i) {
    text += static_cast<char>('a' + random() % kinds);
    text += '\n';
  }
  if (!text.empty() && random() % 4 == 0) {
    text.pop_back();
  }
  return text;
}

}  // namespace

TEST_CASE("texts with a NUL are only said to differ") {
  const std::string utf16("\xFF\xFEM\0\xFC\0", 6);
  CHECK(unified_diff("x\n", utf16, "a/x", "b/x") == "Binary files a/x and b/x differ\n");
  CHECK(unified_diff(utf16, "x\n", "a/x", "b/x") == "Binary files a/x and b/x differ\n");
  CHECK(unified_diff(utf16, utf16, "a/x", "b/x").empty());
}

TEST_CASE("a unified diff reads as diff -u prints it") {
  struct Row {
    std::string name;
    std::string old_text;
    std::string new_text;
    std::string hunks;
  };
  const Row row = GENERATE(values<Row>({
      {"one line changed", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nx\n6\n7\n8\n9\n",
       "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n"},
      {"from nothing", "", "a\nb\n", "@@ -0,0 +1,2 @@\n+a\n+b\n"},
      {"to nothing", "a\n", "", "@@ -1 +0,0 @@\n-a\n"},
      {"end of the last line", "a\nb\n", "a\nb",
       "@@ -1,2 +1,2 @@\n a\n-b\n+b\n\\ No newline at end of file\n"},
      {"no end of line on both sides", "a\nz", "b\nz",
       "@@ -1,2 +1,2 @@\n-a\n+b\n z\n\\ No newline at end of file\n"},
      {"carriage return", "a\r\nb\n", "a\nb\n", "@@ -1,2 +1,2 @@\n-a\r\n+a\n b\n"},
      {"six lines between two changes: one hunk", "x\n1\n2\n3\n4\n5\n6\nx\n",
       "y\n1\n2\n3\n4\n5\n6\ny\n", "@@ -1,8 +1,8 @@\n-x\n+y\n 1\n 2\n 3\n 4\n 5\n 6\n-x\n+y\n"},
      {"seven lines between two changes: two hunks", "x\n1\n2\n3\n4\n5\n6\n7\nx\n",
       "y\n1\n2\n3\n4\n5\n6\n7\ny\n",
       "@@ -1,4 +1,4 @@\n-x\n+y\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-x\n+y\n"},
  }));
  INFO(row.name);
  CHECK(unified_diff(row.old_text, row.new_text, "a/file", "b/file") ==
        "--- a/file\n+++ b/file\n" + row.hunks);
}

TEST_CASE("equal texts have no diff") {
  CHECK(unified_diff("", "", "a", "b").empty());
  CHECK(unified_diff("x\ny", "x\ny", "a", "b").empty());
}

TEST_CASE("the context of a unified diff can be chosen") {
  CHECK(unified_diff("1\n2\n3\n", "1\nx\n3\n", "a", "b", 0) ==
        "--- a\n+++ b\n@@ -2 +2 @@\n-2\n+x\n");
  CHECK(unified_diff("1\n2\n3\n", "1\n2\nx\n3\n", "a", "b", 0) ==
        "--- a\n+++ b\n@@ -2,0 +3 @@\n+x\n");
}

TEST_CASE("a unified diff applied to the old text gives the new one, by a shortest script") {
  std::mt19937 random(20261122);  // NOLINT(cert-msc51-cpp): the same cases every time
  for (int i = 0; i < 3000; ++i) {
    const unsigned kinds = 2 + static_cast<unsigned>(i) % 6;
    const std::string old_text = random_text(random, 24, kinds);
    const std::string new_text = random_text(random, 24, kinds);
    const std::string diff = unified_diff(old_text, new_text, "a", "b", i % 4);
    INFO("old:\n" << old_text << "\nnew:\n" << new_text << "\ndiff:\n" << diff);
    REQUIRE(patched(old_text, diff) == new_text);
    REQUIRE(count_changes(diff) == shortest_script(old_text, new_text));
  }
}

TEST_CASE("a unified diff of large texts takes bounded time") {
  std::mt19937 random(7);  // NOLINT(cert-msc51-cpp): the same cases every time
  std::string old_text;
  std::string new_text;
  SECTION("every line differs") {
    for (int i = 0; i < 100'000; ++i) {
      old_text += fmt::format("the old line number {}\n", i);
      new_text += fmt::format("the new line number {}\n", i);
    }
  }
  SECTION("the same few lines in another order") {
    for (int i = 0; i < 100'000; ++i) {
      old_text += fmt::format("{}\n", random() % 100);
      new_text += fmt::format("{}\n", random() % 100);
    }
  }
  SECTION("two kinds of very short lines") {
    for (int i = 0; i < 200'000; ++i) {
      old_text += random() % 2 == 0 ? "\n" : "a\n";
      new_text += random() % 2 == 0 ? "\n" : "a\n";
    }
  }
  SECTION("reversed") {
    for (int i = 0; i < 100'000; ++i) {
      old_text += fmt::format("line number {}\n", i);
      new_text += fmt::format("line number {}\n", 100'000 - i);
    }
  }
  const auto start = std::chrono::steady_clock::now();
  const std::string diff = unified_diff(old_text, new_text, "a", "b");
  const auto seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  // A quadratic search takes minutes to days here. The bound leaves room for sanitizers, debug
  // builds and busy machines.
  INFO(seconds << " s");
  CHECK(seconds < 60);
  CHECK(patched(old_text, diff) == new_text);
}
