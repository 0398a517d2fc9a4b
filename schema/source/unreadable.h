// The error of a system call on a file to be read. Private to the folder.
#pragma once

#include <cerrno>

#include "schema/base/system_words.h"
#include "schema/source/file_system.h"

namespace fedgate::source {

[[nodiscard]] inline auto unreadable(int error) -> Unexpected<ReadError> {
  const auto kind =
      error == ENOENT || error == ENOTDIR ? ReadError::Kind::missing : ReadError::Kind::unreadable;
  return Unexpected{ReadError{kind, system_words(error)}};
}

}  // namespace fedgate::source
