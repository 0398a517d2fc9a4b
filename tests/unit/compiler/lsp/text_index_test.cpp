// Places of the protocol and byte offsets, in each encoding.
#include "compiler/lsp/text_index.h"

#include "compiler/lsp/uri.h"
#include "tests/support/catch.h"

using namespace fedgate;
using lsp::Encoding;
using lsp::Position;
using lsp::TextIndex;

TEST_CASE("Characters count in the units of the encoding", "[lsp]") {
  // One, two, three and four bytes; the last is two units of UTF-16.
  const std::string text = "a\u00E9\u20AC\U0001D538z";
  struct Row {
    Encoding encoding;
    std::vector<std::uint32_t> characters;
  };
  const auto row = GENERATE(values<Row>({{Encoding::utf8, {0, 1, 3, 6, 10, 11}},
                                         {Encoding::utf16, {0, 1, 2, 3, 5, 6}},
                                         {Encoding::utf32, {0, 1, 2, 3, 4, 5}}}));
  const TextIndex index(text, row.encoding);
  const std::vector<std::uint32_t> offsets = {0, 1, 3, 6, 10, 11};
  for (std::size_t i = 0; i < offsets.size(); ++i) {
    CHECK(index.position(offsets[i]) == Position{0, row.characters[i]});
    CHECK(index.offset({0, row.characters[i]}) == offsets[i]);
  }
}

TEST_CASE("A place inside of a character is its begin", "[lsp]") {
  CHECK(TextIndex("\U0001D538z", Encoding::utf16).offset({0, 1}) == 0);
  CHECK(TextIndex("\u20ACz", Encoding::utf8).offset({0, 2}) == 0);
}

TEST_CASE("Lines end with LF, CRLF or CR", "[lsp]") {
  const std::string text = "a\nb\r\nc\rd";
  const TextIndex index(text, Encoding::utf16);
  CHECK(index.offset({0, 0}) == 0);
  CHECK(index.offset({1, 0}) == 2);
  CHECK(index.offset({2, 0}) == 5);
  CHECK(index.offset({3, 0}) == 7);
  CHECK(index.position(5) == Position{2, 0});
  CHECK(index.position(7) == Position{3, 0});
}

TEST_CASE("Places outside of the text are its ends", "[lsp]") {
  const TextIndex index("ab\r\nc", Encoding::utf16);
  CHECK(index.offset({0, 99}) == 2);
  CHECK(index.offset({1, 99}) == 5);
  CHECK(index.offset({99, 0}) == 5);
  CHECK(index.position(99) == Position{1, 1});
  // Between CR and LF is the end of the line.
  CHECK(index.position(3) == Position{0, 2});
  CHECK(TextIndex("", Encoding::utf16).offset({0, 1}) == 0);
  CHECK(TextIndex("a\n", Encoding::utf16).position(2) == Position{1, 0});
}

TEST_CASE("Bytes that are no UTF-8 count one unit each", "[lsp]") {
  const TextIndex index("\xFF\xFEz", Encoding::utf16);
  CHECK(index.position(2) == Position{0, 2});
  CHECK(index.offset({0, 2}) == 2);
}

TEST_CASE("URIs of files are paths", "[lsp]") {
  CHECK(lsp::to_path("file:///a/b%20c/%C3%BC.yaml") == "/a/b c/\u00FC.yaml");
  CHECK(lsp::to_path("file://localhost/a/../b.yaml") == "/b.yaml");
  CHECK(lsp::to_path("file:///a%00b%zz%") == "/a%00b%zz%");
  CHECK(lsp::to_path("file://host/a") == "file://host/a");
  CHECK(lsp::to_path("untitled:Untitled-1") == "untitled:Untitled-1");
  CHECK(lsp::to_uri("/a/b c/\u00FC.yaml") == "file:///a/b%20c/%C3%BC.yaml");
  CHECK(lsp::to_uri("untitled:Untitled-1") == "untitled:Untitled-1");
}
