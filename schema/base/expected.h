// Expected<T, E>: a value or the reason why there is none, for parsers of small values. The names
// are those of std::expected (C++23), so that it can take over later.
#pragma once

#include <utility>
#include <variant>

#include "schema/base/check.h"

namespace fedgate {

// Wraps an error, so that T and E may be the same type.
template <typename E>
struct Unexpected {
  E error;
};

template <typename E>
Unexpected(E) -> Unexpected<E>;

template <typename T, typename E>
class [[nodiscard]] Expected {
 public:
  // Implicit on purpose: `return value;` and `return Unexpected{error};` read as in C++23.
  Expected(T value)
      : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(google-explicit-constructor)
  Expected(Unexpected<E> error)                              // NOLINT(google-explicit-constructor)
      : state_(std::in_place_index<1>, std::move(error.error)) {}

  [[nodiscard]] auto has_value() const -> bool { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  [[nodiscard]] auto operator*() const& -> const T& { return get(); }
  [[nodiscard]] auto operator*() & -> T& {
    FEDGATE_CHECK(has_value(), "value of an Expected that holds an error");
    return *std::get_if<0>(&state_);
  }
  [[nodiscard]] auto operator*() && -> T&& { return std::move(**this); }
  [[nodiscard]] auto operator->() const -> const T* { return &get(); }
  [[nodiscard]] auto operator->() -> T* { return &**this; }

  [[nodiscard]] auto error() const -> const E& {
    FEDGATE_CHECK(!has_value(), "error of an Expected that holds a value");
    return *std::get_if<1>(&state_);
  }

 private:
  [[nodiscard]] auto get() const -> const T& {
    FEDGATE_CHECK(has_value(), "value of an Expected that holds an error");
    return *std::get_if<0>(&state_);
  }

  std::variant<T, E> state_;
};

}  // namespace fedgate
