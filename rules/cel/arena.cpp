#include "rules/cel/arena.h"

#include <algorithm>
#include <cstring>

namespace fedgate::cel {
namespace {

constexpr std::size_t kFirstBlock = std::size_t{4} << 10U;

}  // namespace

void Arena::reset() {
  exhausted_ = false;
  rewind({0, 0});
}

void Arena::enter(std::size_t block) {
  block_ = block;
  current_ = blocks_[block].memory.get();
  current_size_ = blocks_[block].size;
  offset_ = 0;
}

void Arena::rewind(const Mark& mark) {
  if (blocks_.empty()) {
    return;
  }
  enter(mark.block);
  offset_ = mark.offset;
}

auto Arena::allocate_slow(std::size_t bytes) -> void* {
  // Blocks are aligned for every type, so that a block's start serves any request. Blocks that an
  // earlier evaluation left are used again; they grow in size, so few are ever skipped.
  while (!blocks_.empty() && block_ + 1 < blocks_.size()) {
    enter(block_ + 1);
    if (bytes <= current_size_) {
      offset_ = bytes;
      return current_;
    }
  }
  const std::size_t wanted = std::max(bytes, blocks_.empty() ? kFirstBlock : total_);
  const std::size_t size = std::min(wanted, limit_ - total_);
  if (size < bytes) {
    exhausted_ = true;
    return nullptr;
  }
  // NOLINTNEXTLINE(modernize-avoid-c-arrays): as in Block.
  std::unique_ptr<std::byte[]> memory(new (std::nothrow) std::byte[size]);
  if (memory == nullptr) {
    exhausted_ = true;
    return nullptr;
  }
  blocks_.push_back({std::move(memory), size});
  total_ += size;
  enter(blocks_.size() - 1);
  offset_ = bytes;
  return current_;
}

auto Arena::concatenate(std::string_view first, std::string_view second, std::string_view third)
    -> std::string_view {
  const std::size_t size = first.size() + second.size() + third.size();
  char* const memory = static_cast<char*>(allocate(size, 1));
  if (memory == nullptr) {
    return {};
  }
  char* end = memory;
  for (const std::string_view part : {first, second, third}) {
    if (!part.empty()) {
      std::memcpy(end, part.data(), part.size());
      end += part.size();
    }
  }
  return {memory, size};
}

}  // namespace fedgate::cel
