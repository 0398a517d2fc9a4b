#include "schema/source/source_file.h"

#include <cstdint>
#include <string>
#include <string_view>

#include "tests/support/catch.h"

using namespace fedgate::source;

namespace {

auto at(std::string_view text, std::uint32_t offset) -> std::string {
  const auto position = LineTable(text).position(offset);
  return std::to_string(position.line) + ":" + std::to_string(position.column);
}

}  // namespace

TEST_CASE("offsets become lines and columns of code points", "[source]") {
  CHECK(at("", 0) == "1:1");
  CHECK(at("ab\ncd", 0) == "1:1");
  CHECK(at("ab\ncd", 2) == "1:3");
  CHECK(at("ab\ncd", 3) == "2:1");
  CHECK(at("ab\ncd", 5) == "2:3");
  CHECK(at("ab\n", 3) == "2:1");
  CHECK(at("\n\n", 1) == "2:1");
  // An offset past the end is the end.
  CHECK(at("ab", 99) == "1:3");
  // Two, three and four bytes each are one column.
  CHECK(at("\xC3\xA4"
           "b",
           2) == "1:2");
  CHECK(at("\xE8\xAA\x9E"
           "b",
           3) == "1:2");
  CHECK(at("\xF0\x9F\x98\x80"
           "b",
           4) == "1:2");
}

TEST_CASE("a byte order mark has no column", "[source]") {
  CHECK(at("\xEF\xBB\xBF"
           "ab",
           0) == "1:1");
  CHECK(at("\xEF\xBB\xBF"
           "ab",
           3) == "1:1");
  CHECK(at("\xEF\xBB\xBF"
           "ab",
           4) == "1:2");
  CHECK(at("a\n\xEF\xBB\xBF"
           "b",
           5) == "2:2");
}

TEST_CASE("lines end with LF or CRLF, not with CR", "[source]") {
  const std::string text =
      "\xEF\xBB\xBF"
      "one\r\ntwo\nthr\ree\n";
  const LineTable lines(text);
  CHECK(lines.line_count() == 4);
  CHECK(lines.line_text(1) == "one");
  CHECK(lines.line_text(2) == "two");
  CHECK(lines.line_text(3) == "thr\ree");
  CHECK(lines.line_text(4).empty());
  CHECK(lines.line_text(5).empty());
  CHECK(lines.line_begin(2) == 8);
  CHECK(lines.line_begin(5) == text.size());
}

TEST_CASE("a span gives its bytes", "[source]") {
  Sources sources;
  const FileId file = sources.add("a.yaml", "abcdef");
  CHECK(sources.size() == 1);
  CHECK(sources.text({file, 1, 3}) == "bc");
  CHECK(sources.text({file, 6, 6}).empty());
  CHECK(sources.text({file, 9, 12}).empty());
  CHECK(sources.text({}).empty());
}

TEST_CASE("texts keep their address while files are added", "[source]") {
  Sources sources;
  const FileId first = sources.add("a", "short");
  const char* before = sources[first].text.data();
  for (int i = 0; i < 1000; ++i) {
    sources.add("b", "x");
  }
  CHECK(sources[first].text.data() == before);
  const Sources moved = std::move(sources);
  CHECK(moved[first].text.data() == before);
}

TEST_CASE("UTF-8 is checked as RFC 3629 defines it", "[source]") {
  struct Row {
    std::string name;
    std::string bytes;
    std::size_t invalid;
  };
  const std::size_t npos = std::string_view::npos;
  const auto row = GENERATE_COPY(values<Row>({
      {"ASCII", "plain text, longer than a word", npos},
      {"shortest two bytes", "\xC2\x80", npos},
      {"overlong two bytes", "\xC1\xBF", 0},
      {"shortest three bytes", "\xE0\xA0\x80", npos},
      {"overlong three bytes", "\xE0\x9F\xBF", 0},
      {"before the surrogates", "\xED\x9F\xBF", npos},
      {"first surrogate", "\xED\xA0\x80", 0},
      {"after the surrogates", "\xEE\x80\x80", npos},
      {"shortest four bytes", "\xF0\x90\x80\x80", npos},
      {"overlong four bytes", "\xF0\x8F\xBF\xBF", 0},
      {"last code point", "\xF4\x8F\xBF\xBF", npos},
      {"past the last code point", "\xF4\x90\x80\x80", 0},
      {"lone continuation", "a\x80", 1},
      {"cut two bytes", "ab\xC3", 2},
      {"cut three bytes", "ab\xE8\xAA", 2},
      {"cut four bytes", "ab\xF0\x9F\x98", 2},
      {"byte that never occurs", "\xFF", 0},
      {"behind whole words", "12345678123456781234567\xC0", 23},
      {"Latin-1 umlaut", "f\xFCr", 1},
  }));
  INFO(row.name);
  CHECK(find_invalid_utf8(row.bytes) == row.invalid);
}

TEST_CASE("code points are counted", "[source]") {
  CHECK(count_code_points("") == 0);
  CHECK(count_code_points("a\xC3\xA4\xE8\xAA\x9E\xF0\x9F\x98\x80") == 4);
}

TEST_CASE("columns of a long line are those that counting gives", "[source]") {
  std::string line = "\xEF\xBB\xBF";
  for (int i = 0; i < 5000; ++i) {
    line += i % 3 == 0 ? "\xE8\xAA\x9E" : "a";
  }
  const std::string text = line + "\n" + line.substr(3);
  const LineTable table(text);
  for (const std::uint32_t line_begin : {3U, static_cast<std::uint32_t>(line.size() + 1)}) {
    std::uint32_t column = 1;
    for (std::uint32_t at = line_begin; at < line_begin + line.size() - 3; ++at) {
      if ((static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) {
        continue;
      }
      REQUIRE(table.position(at).column == column);
      ++column;
    }
  }
}
