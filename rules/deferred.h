// A value that is made when it is first asked for.
#pragma once

#include <functional>
#include <optional>
#include <utility>

namespace fedgate::rules {

// Not for two threads at once.
template <typename T>
class Deferred {
 public:
  // NOLINTNEXTLINE(google-explicit-constructor): a finished value is one that nobody waits for.
  Deferred(T value) : value_(std::move(value)) {}
  explicit Deferred(std::function<T()> make) : make_(std::move(make)) {}

  [[nodiscard]] auto get() const -> const T& {
    if (!value_) {
      value_ = make_();
    }
    return *value_;
  }

 private:
  std::function<T()> make_;
  mutable std::optional<T> value_;
};

}  // namespace fedgate::rules
