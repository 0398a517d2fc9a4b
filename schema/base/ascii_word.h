// Eight bytes of text at a time: nearly all of a spec, and of what is written, is plain ASCII.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace fedgate {

// What stands at an offset of a text.
class AsciiWord {
 public:
  static constexpr std::size_t kBytes = 8;

  // At least one byte must be left; of fewer than eight, the rest counts as blanks.
  AsciiWord(std::string_view text, std::size_t at) {
    if (text.size() - at >= kBytes) {
      std::memcpy(&bytes_, text.data() + at, kBytes);
    } else {
      std::memcpy(&bytes_, text.data() + at, text.size() - at);
    }
  }

  [[nodiscard]] auto is_ascii() const -> bool { return (bytes_ & kHigh) == 0; }
  // ASCII without control characters, which U+007F is too.
  [[nodiscard]] auto is_printable() const -> bool {
    // In a byte below 0x80, adding 0x60 sets the high bit from 0x20 on, and adding 1 that of 0x7F.
    return is_ascii() && ((bytes_ + 0x60 * kOnes) & kHigh) == kHigh &&
           ((bytes_ + kOnes) & kHigh) == 0;
  }
  [[nodiscard]] auto has(char c) const -> bool {
    const std::uint64_t zero_where_equal = bytes_ ^ (static_cast<unsigned char>(c) * kOnes);
    return ((zero_where_equal - kOnes) & ~zero_where_equal & kHigh) != 0;
  }

 private:
  static constexpr std::uint64_t kOnes = 0x0101010101010101U;
  static constexpr std::uint64_t kHigh = 0x8080808080808080U;

  std::uint64_t bytes_ = ' ' * kOnes;
};

// The offset of the first of the words that is not printable; the end where all are.
[[nodiscard]] inline auto printable_prefix(std::string_view text, std::size_t begin = 0)
    -> std::size_t {
  while (begin < text.size() && AsciiWord(text, begin).is_printable()) {
    begin += AsciiWord::kBytes;
  }
  return begin < text.size() ? begin : text.size();
}

[[nodiscard]] inline auto is_all_ascii(std::string_view text) -> bool {
  std::size_t at = 0;
  while (at < text.size() && AsciiWord(text, at).is_ascii()) {
    at += AsciiWord::kBytes;
  }
  return at >= text.size();
}

}  // namespace fedgate
