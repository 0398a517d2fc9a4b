#include "compiler/cli/progress.h"

#include <cstdlib>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "compiler/cli/command.h"

namespace fedgate::cli {

namespace {

constexpr std::chrono::seconds kPatience{1};
constexpr std::chrono::milliseconds kRefresh{250};
// Back to the line's begin, and clear it (ECMA-48, CR and EL).
constexpr std::string_view kWipe = "\r\x1b[K";

auto can_draw() -> bool {
  const char* terminal = std::getenv("TERM");
  return isatty(STDERR_FILENO) == 1 && terminal != nullptr && std::string_view(terminal) != "dumb";
}

}  // namespace

Progress::Progress(std::string phase) : phase_(std::move(phase)) {
  if (can_draw()) {
    thread_ = std::thread([this] { run(); });
  }
}

Progress::~Progress() {
  if (!thread_.joinable()) {
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    is_over_ = true;
  }
  changed_.notify_one();
  thread_.join();
  if (is_drawn_) {
    print_error(kWipe);
  }
}

void Progress::enter(std::string phase) {
  const std::lock_guard lock(mutex_);
  phase_ = std::move(phase);
}

void Progress::run() {
  std::unique_lock lock(mutex_);
  std::chrono::milliseconds pause = kPatience;
  while (!changed_.wait_for(lock, pause, [this] { return is_over_; })) {
    pause = kRefresh;
    is_drawn_ = true;
    const auto elapsed =
        std::chrono::floor<std::chrono::seconds>(std::chrono::steady_clock::now() - begin_);
    print_error(fmt::format("{}fedgate: {} … {} s", kWipe, phase_, elapsed.count()));
  }
}

}  // namespace fedgate::cli
