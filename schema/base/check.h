// FEDGATE_CHECK: a condition that only a defect of fedgate itself can break. It ends the process in
// every build; user input and the environment have channels of their own (diag::Sink, Failure).
#pragma once

namespace fedgate {

// Prints `file:line: message` to standard error and aborts.
[[noreturn]] void check_failed(const char* file, int line, const char* message);

}  // namespace fedgate

#define FEDGATE_CHECK(condition, message)              \
  (static_cast<bool>(condition) ? static_cast<void>(0) \
                                : ::fedgate::check_failed(__FILE__, __LINE__, message))
