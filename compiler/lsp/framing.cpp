#include "compiler/lsp/framing.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "schema/value/describe.h"

namespace fedgate::lsp {

namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::string_view kHeaderEnd = "\r\n\r\n";
// More digits than any length within reason has.
constexpr std::size_t kMostDigits = 15;

auto trimmed(std::string_view text) -> std::string_view {
  while (!text.empty() && text.front() == ' ') {
    text.remove_prefix(1);
  }
  while (!text.empty() && text.back() == ' ') {
    text.remove_suffix(1);
  }
  return text;
}

}  // namespace

void FrameReader::feed(std::string_view bytes) {
  if (is_broken_) {
    return;
  }
  // What is passed over never gathers.
  const std::size_t skipped = std::min(to_skip_, bytes.size());
  to_skip_ -= skipped;
  bytes.remove_prefix(skipped);
  buffer_ += bytes;
}

auto FrameReader::broken(std::string reason) -> Frame {
  is_broken_ = true;
  buffer_.clear();
  return {Frame::Kind::broken, std::move(reason)};
}

auto FrameReader::read_header() -> std::optional<Frame> {
  const std::size_t end = buffer_.find(kHeaderEnd);
  if (std::min(end, buffer_.size()) > kLargestHeader) {
    return broken(fmt::format("a header is longer than {} bytes", kLargestHeader));
  }
  if (end == std::string::npos) {
    return std::nullopt;
  }
  std::string_view header = std::string_view(buffer_).substr(0, end);
  std::optional<std::size_t> length;
  while (!header.empty()) {
    const std::size_t line_end = std::min(header.find(kLineEnd), header.size());
    const std::string_view line = header.substr(0, line_end);
    header.remove_prefix(std::min(line_end + kLineEnd.size(), header.size()));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) {
      return broken(fmt::format("header line {} has no `:`", value::quote(line)));
    }
    if (value::to_lower(line.substr(0, colon)) != "content-length") {
      continue;
    }
    const std::string_view digits = trimmed(line.substr(colon + 1));
    if (!value::is_all_digits(digits) || digits.size() > kMostDigits || length) {
      return broken(fmt::format("{} is no single length", value::quote(line)));
    }
    length = std::stoull(std::string(digits));
  }
  if (!length) {
    return broken("a header has no `Content-Length`");
  }
  buffer_.erase(0, end + kHeaderEnd.size());
  length_ = length;
  return std::nullopt;
}

auto FrameReader::next() -> std::optional<Frame> {
  if (is_broken_) {
    return std::nullopt;
  }
  if (!length_) {
    if (auto frame = read_header()) {
      return frame;
    }
    if (!length_) {
      return std::nullopt;
    }
    if (*length_ > largest_message_) {
      skips_ = true;
      const std::size_t here = std::min(*length_, buffer_.size());
      buffer_.erase(0, here);
      to_skip_ = *length_ - here;
    }
  }
  if (skips_) {
    if (to_skip_ > 0) {
      return std::nullopt;
    }
    skips_ = false;
    length_.reset();
    return Frame{Frame::Kind::skipped, {}};
  }
  if (buffer_.size() < *length_) {
    return std::nullopt;
  }
  Frame frame{Frame::Kind::message, buffer_.substr(0, *length_)};
  buffer_.erase(0, *length_);
  length_.reset();
  return frame;
}

auto framed(std::string_view content) -> std::string {
  return fmt::format("Content-Length: {}\r\n\r\n{}", content.size(), content);
}

}  // namespace fedgate::lsp
