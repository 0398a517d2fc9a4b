// Runs independent work on several threads: reading and parsing the files of a folder.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <future>
#include <system_error>
#include <thread>
#include <vector>

namespace fedgate::source {

// Calls `work(i)` once for every i below `count`, by at most `threads` threads; one thread is the
// caller's own. Calls run in no particular order. An exception of any call is thrown again here,
// after all threads have ended.
template <typename Work>
void run_parallel(std::size_t count, std::size_t threads, const Work& work) {
  std::atomic<std::size_t> next = 0;
  const auto drain = [&] {
    for (std::size_t i = next++; i < count; i = next++) {
      work(i);
    }
  };
  // The futures' destructors wait, so no thread outlives what it refers to.
  std::vector<std::future<void>> others;
  try {
    for (std::size_t i = 1; i < std::min(threads, count); ++i) {
      others.push_back(std::async(std::launch::async, drain));
    }
  } catch (const std::system_error&) {
    // The system has no more threads to give: those that there are do all of it.
  }
  drain();
  for (std::future<void>& other : others) {
    other.get();
  }
}

// As many threads as the machine runs at once; more would only wait for each other.
[[nodiscard]] inline auto default_threads() -> std::size_t {
  return std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace fedgate::source
