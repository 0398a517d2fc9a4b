// Messages come out as they went in, however the bytes are cut, and nothing else comes out.
#include "compiler/lsp/framing.h"

#include "tests/support/catch.h"

using namespace fedgate;
using Catch::Matchers::ContainsSubstring;
using lsp::Frame;
using lsp::FrameReader;

TEST_CASE("Messages survive every way of cutting the stream", "[lsp]") {
  const std::string stream = lsp::framed("{}") + lsp::framed("") + lsp::framed("[\"\r\n\r\n\"]") +
                             "content-length:3 \r\nContent-Type: x; charset=utf-8\r\n\r\nabc";
  const std::size_t piece = GENERATE(as<std::size_t>{}, 1, 2, 3, 7, 1000);
  FrameReader reader;
  std::vector<std::string> messages;
  for (std::size_t at = 0; at < stream.size(); at += piece) {
    reader.feed(std::string_view(stream).substr(at, piece));
    while (const auto frame = reader.next()) {
      CHECK(frame->kind == Frame::Kind::message);
      messages.push_back(frame->text);
    }
  }
  CHECK(messages == std::vector<std::string>{"{}", "", "[\"\r\n\r\n\"]", "abc"});
}

TEST_CASE("A message above the limit is passed over and the next one read", "[lsp]") {
  const std::size_t piece = GENERATE(as<std::size_t>{}, 1, 5, 1000);
  FrameReader reader(4);
  const std::string stream = lsp::framed("12345") + lsp::framed("1234");
  std::vector<Frame::Kind> kinds;
  for (std::size_t at = 0; at < stream.size(); at += piece) {
    reader.feed(std::string_view(stream).substr(at, piece));
    while (const auto frame = reader.next()) {
      kinds.push_back(frame->kind);
    }
  }
  CHECK(kinds == std::vector<Frame::Kind>{Frame::Kind::skipped, Frame::Kind::message});
}

TEST_CASE("A header that cannot be read ends the stream, with the reason", "[lsp]") {
  struct Row {
    std::string bytes;
    std::string reason;
  };
  const auto row = GENERATE(values<Row>({
      {"Content-Length: -1\r\n\r\n", "no single length"},
      {"Content-Length: 0x10\r\n\r\n", "no single length"},
      {"Content-Length: \r\n\r\n", "no single length"},
      {"Content-Length: 9999999999999999\r\n\r\n", "no single length"},
      {"Content-Length: 1\r\nContent-Length: 1\r\n\r\n", "no single length"},
      {"Content-Type: x\r\n\r\n", "no `Content-Length`"},
      {"\r\n\r\n", "no `Content-Length`"},
      {"hello\r\n\r\n", "has no `:`"},
      {std::string(9000, 'x'), "longer than 8192 bytes"},
  }));
  INFO(row.bytes.substr(0, 60));
  FrameReader reader;
  reader.feed(row.bytes);
  const auto frame = reader.next();
  REQUIRE(frame);
  CHECK(frame->kind == Frame::Kind::broken);
  CHECK_THAT(frame->text, ContainsSubstring(row.reason));
  reader.feed(lsp::framed("{}"));
  CHECK(!reader.next());
}
