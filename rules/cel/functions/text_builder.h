// TextBuilder: a text that grows in an arena. Private to rules/cel.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string_view>

#include "rules/cel/arena.h"

namespace fedgate::cel {

class TextBuilder {
 public:
  explicit TextBuilder(Arena& arena) : arena_(arena) {}

  // Once the arena is exhausted, nothing is appended any more.
  void append(std::string_view text) {
    if (text.size() > capacity_ - size_ && !grow(text.size())) {
      return;
    }
    if (!text.empty()) {
      std::memcpy(memory_ + size_, text.data(), text.size());
      size_ += text.size();
    }
  }
  void append(char byte) { append(std::string_view(&byte, 1)); }

  // Holds as long as the arena does. Empty where nothing was appended; where memory ran out, the
  // arena is exhausted.
  [[nodiscard]] auto text() const -> std::string_view {
    return memory_ == nullptr ? std::string_view("") : std::string_view(memory_, size_);
  }

 private:
  static constexpr std::size_t kFirstCapacity = 64;

  [[nodiscard]] auto grow(std::size_t more) -> bool {
    const std::size_t wanted = std::max({kFirstCapacity, 2 * capacity_, size_ + more});
    auto* const memory = static_cast<char*>(arena_.allocate(wanted, 1));
    if (memory == nullptr) {
      return false;
    }
    if (size_ > 0) {
      std::memcpy(memory, memory_, size_);
    }
    memory_ = memory;
    capacity_ = wanted;
    return true;
  }

  Arena& arena_;
  char* memory_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace fedgate::cel
