// A value that is made when it is first asked for.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace fedgate::rules {

// Several threads may ask at the same time.
template <typename T>
class Deferred {
 public:
  // NOLINTNEXTLINE(google-explicit-constructor): a finished value is one that nobody waits for.
  Deferred(T value) : state_(std::make_unique<State>()) { state_->value = std::move(value); }
  explicit Deferred(std::function<T()> make) : state_(std::make_unique<State>()) {
    state_->make = std::move(make);
  }

  [[nodiscard]] auto get() const -> const T& {
    std::call_once(state_->once, [this] {
      if (!state_->value) {
        state_->value = state_->make();
      }
    });
    return *state_->value;
  }

 private:
  struct State {
    std::once_flag once;
    std::function<T()> make;
    std::optional<T> value;
  };

  std::unique_ptr<State> state_;
};

}  // namespace fedgate::rules
