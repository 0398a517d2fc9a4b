// Failure: the environment let a run down (disk, memory, a library). Caught once, in the command
// line, which prints the message and exits with status 3.
#pragma once

#include <stdexcept>
#include <string>

namespace fedgate {

// `what()` is one sentence for the administrator: what was attempted, on which file, and why it
// failed, e.g. "cannot write `out/gateway.json`: No space left on device".
class Failure : public std::runtime_error {
 public:
  explicit Failure(const std::string& message) : std::runtime_error(message) {}
};

}  // namespace fedgate
