// A line on standard error that shows a person what a long run is doing.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace fedgate::cli {

// Draws `fedgate: PHASE … N s` once the run takes over a second, and wipes it in the destructor, so
// that nothing of it is left when results are printed. Does nothing where standard error is no
// terminal, or one that cannot move its cursor (TERM=dumb).
class Progress {
 public:
  explicit Progress(std::string phase);
  Progress(const Progress&) = delete;
  auto operator=(const Progress&) -> Progress& = delete;
  Progress(Progress&&) = delete;
  auto operator=(Progress&&) -> Progress& = delete;
  ~Progress();

  void enter(std::string phase);

 private:
  void run();

  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string phase_;
  bool is_over_ = false;
  bool is_drawn_ = false;
  std::thread thread_;
};

}  // namespace fedgate::cli
