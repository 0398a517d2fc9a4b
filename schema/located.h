// Located<T>: a value of the spec together with where it stands and how it came to be.
#pragma once

#include <cstdint>
#include <vector>

#include "schema/source/span.h"

namespace fedgate::spec {

enum class Origin : std::uint8_t {
  absent,      // Not written, and the language has no default.
  defaulted,   // Not written; the value is the language's default.
  inherited,   // Not written here; the value comes from the spec's `defaults`.
  given,       // Written here.
  unreadable,  // Written here, or in `defaults`, and no value of its type, as a finding says.
};

// `where` is the value's own range where it is written (for an inherited one: in `defaults`) and
// the range of the enclosing entity otherwise. An unreadable value is the language's default where
// there is one, and means nothing otherwise.
template <typename T>
struct Located {
  T value{};
  source::Span where;
  Origin origin = Origin::absent;

  // Whether there is a value at all.
  [[nodiscard]] auto present() const -> bool { return origin != Origin::absent && is_known(); }
  // Whether it is known if there is one, and which.
  [[nodiscard]] auto is_known() const -> bool { return origin != Origin::unreadable; }
  // Whether it stands in the spec at this very place.
  [[nodiscard]] auto given() const -> bool { return origin == Origin::given; }

  [[nodiscard]] auto operator*() const -> const T& { return value; }
  [[nodiscard]] auto operator->() const -> const T* { return &value; }
};

template <typename T>
using List = std::vector<Located<T>>;

}  // namespace fedgate::spec
