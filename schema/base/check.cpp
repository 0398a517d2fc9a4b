#include "schema/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace fedgate {

void check_failed(const char* file, int line, const char* message) {
  static_cast<void>(
      std::fprintf(stderr, "fedgate: internal error: %s:%d: %s\n", file, line, message));
  std::abort();
}

}  // namespace fedgate
