// What the system says of an error number.
#pragma once

#include <string>
#include <system_error>

namespace fedgate {

// In English whatever the locale, e.g. "No such file or directory".
[[nodiscard]] inline auto system_words(int error) -> std::string {
  return std::generic_category().message(error);
}

}  // namespace fedgate
