// The framing of the Language Server Protocol (LSP 3.17, base protocol): header lines, an empty
// line, and as many bytes as `Content-Length` says. Bytes in, messages out; no I/O.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace fedgate::lsp {

// What a header may take, and what one message may.
inline constexpr std::size_t kLargestHeader = std::size_t{8} << 10U;
inline constexpr std::size_t kLargestMessage = std::size_t{160} << 20U;

struct Frame {
  enum class Kind {
    message,  // `text` is the content.
    skipped,  // The content was larger than the limit and has been passed over.
    broken,   // The header cannot be read, and nothing behind it can be found; `text` says why.
  } kind = Kind::message;
  std::string text;
};

class FrameReader {
 public:
  explicit FrameReader(std::size_t largest_message = kLargestMessage)
      : largest_message_(largest_message) {}

  void feed(std::string_view bytes);
  // The next frame, once all of it was fed. After a broken one there is no other.
  [[nodiscard]] auto next() -> std::optional<Frame>;

 private:
  [[nodiscard]] auto read_header() -> std::optional<Frame>;
  [[nodiscard]] auto broken(std::string reason) -> Frame;

  std::size_t largest_message_;
  std::string buffer_;
  bool is_broken_ = false;
  // The content that is due, after its header was read.
  std::optional<std::size_t> length_;
  // Of a content that is too large: what remains to be passed over.
  std::size_t to_skip_ = 0;
  bool skips_ = false;
};

// `content` with its header.
[[nodiscard]] auto framed(std::string_view content) -> std::string;

}  // namespace fedgate::lsp
