// Arena: the memory and the step budget of one evaluation. Everything that an evaluation makes
// (strings, lists, messages of errors) lies here until reset(); nothing is freed one by one.
// Neither memory nor steps can run away: a request over the limit fails, and from then on the
// evaluation can only end in an error value.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace fedgate::cel {

// How many bytes of text that a function reads count as a step (Arena::spend).
inline constexpr std::size_t kBytesPerStep = 64;

class Arena {
 public:
  static constexpr std::size_t kDefaultLimit = std::size_t{16} << 20U;

  static constexpr std::size_t kMaxLevels = 1000;

  explicit Arena(std::size_t limit = kDefaultLimit) : limit_(limit) {}
  Arena(const Arena&) = delete;
  auto operator=(const Arena&) -> Arena& = delete;
  Arena(Arena&&) = default;
  auto operator=(Arena&&) -> Arena& = default;
  ~Arena() = default;

  // Invalidates every value that was made here, keeps the memory for the next evaluation.
  void reset();

  // Uninitialized memory, or null where the limit would be passed (exhausted() tells from then on).
  // `alignment` is at most alignof(std::max_align_t).
  [[nodiscard]] auto allocate(std::size_t bytes, std::size_t alignment) -> void* {
    const std::size_t start = (offset_ + alignment - 1) & ~(alignment - 1);
    if (current_ != nullptr && start <= current_size_ && bytes <= current_size_ - start) {
      offset_ = start + bytes;
      return current_ + start;
    }
    return allocate_slow(bytes);
  }

  // A trivially destructible object, or null.
  template <typename T, typename... Args>
  [[nodiscard]] auto make(Args&&... args) -> T* {
    static_assert(std::is_trivially_destructible_v<T>);
    void* memory = allocate(sizeof(T), alignof(T));
    return memory == nullptr ? nullptr : ::new (memory) T{std::forward<Args>(args)...};
  }

  // `count` value-initialized objects; an empty span with null data where there is no room.
  template <typename T>
  [[nodiscard]] auto make_array(std::size_t count) -> std::span<T> {
    static_assert(std::is_trivially_destructible_v<T>);
    if (count > limit_ / sizeof(T)) {
      exhausted_ = true;
      return {};
    }
    void* memory = allocate(count * sizeof(T), alignof(T));
    if (memory == nullptr) {
      return {};
    }
    T* first = static_cast<T*>(memory);
    for (std::size_t i = 0; i < count; ++i) {
      ::new (first + i) T{};
    }
    return {first, count};
  }

  // The pieces one after the other as one string; a view with null data where there is no room.
  [[nodiscard]] auto concatenate(std::string_view first, std::string_view second,
                                 std::string_view third = {}) -> std::string_view;
  [[nodiscard]] auto copy(std::string_view text) -> std::string_view {
    return concatenate(text, {});
  }

  // A place in the arena. Everything that was allocated after mark() goes with rewind().
  struct Mark {
    std::size_t block;
    std::size_t offset;
  };
  [[nodiscard]] auto mark() const -> Mark { return {block_, offset_}; }
  void rewind(const Mark& mark);

  // Steps. An evaluation refills the budget when it starts and spends at least one step for each
  // node; a function whose work grows with its arguments spends more. False = none left.
  void refill(std::uint64_t steps) {
    steps_ = steps;
    exhausted_ = false;
  }
  [[nodiscard]] auto spend(std::uint64_t steps) -> bool {
    if (steps > steps_) {
      steps_ = 0;
      exhausted_ = true;
      return false;
    }
    steps_ -= steps;
    return true;
  }

  // Values nest as deep as expressions can build them. A function that recurses into a value enters
  // here for each level; false = too deep, which counts as exhausted.
  [[nodiscard]] auto enter_level() -> bool {
    if (levels_ >= kMaxLevels) {
      exhausted_ = true;
      return false;
    }
    ++levels_;
    return true;
  }
  void leave_level() { --levels_; }

  // True once memory or steps ran out since the last refill(): the evaluation's result is void.
  [[nodiscard]] auto exhausted() const -> bool { return exhausted_; }
  [[nodiscard]] auto limit() const -> std::size_t { return limit_; }

 private:
  struct Block {
    // NOLINTNEXTLINE(modernize-avoid-c-arrays): uninitialized, and made without an exception.
    std::unique_ptr<std::byte[]> memory;
    std::size_t size;
  };

  [[nodiscard]] auto allocate_slow(std::size_t bytes) -> void*;
  void enter(std::size_t block);

  std::size_t limit_;
  std::byte* current_ = nullptr;
  std::size_t current_size_ = 0;
  std::size_t offset_ = 0;
  // Without a limit until the first refill: a host may make values before it evaluates.
  std::uint64_t steps_ = UINT64_MAX;
  std::size_t levels_ = 0;
  bool exhausted_ = false;
  std::size_t block_ = 0;
  std::size_t total_ = 0;
  std::vector<Block> blocks_;
};

}  // namespace fedgate::cel
