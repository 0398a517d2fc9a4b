// Ownership of objects of C libraries, at their edges.
#pragma once

#include <memory>

namespace fedgate {

template <auto Free>
struct Deleter {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};

// Frees its object with that function, as large as a pointer.
template <typename T, auto Free>
using Owned = std::unique_ptr<T, Deleter<Free>>;

}  // namespace fedgate
