// Where something stands in the sources of a run. Every phase carries spans; only reports turn them
// into lines and columns (source_file.h).
#pragma once

#include <compare>
#include <cstdint>
#include <limits>

namespace fedgate::source {

// Index of a file in `Sources`.
using FileId = std::uint32_t;

inline constexpr FileId kNoFile = std::numeric_limits<FileId>::max();

// A half-open range of bytes of one file. The default span is nowhere.
struct Span {
  FileId file = kNoFile;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] auto is_known() const -> bool { return file != kNoFile; }

  friend auto operator<=>(const Span&, const Span&) -> std::strong_ordering = default;
};

}  // namespace fedgate::source
