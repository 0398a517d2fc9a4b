// Reading files behind one interface, so that every phase and every golden test runs without disk.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "schema/base/expected.h"

namespace fedgate::source {

enum class EntryKind { missing, file, folder, other };

// Why a file was not read.
struct ReadError {
  enum class Kind { missing, too_large, unreadable } kind = Kind::unreadable;
  // The system's own words, for `unreadable`.
  std::string detail;
};

class FileSystem {
 public:
  FileSystem() = default;
  FileSystem(const FileSystem&) = delete;
  auto operator=(const FileSystem&) -> FileSystem& = delete;
  FileSystem(FileSystem&&) = delete;
  auto operator=(FileSystem&&) -> FileSystem& = delete;
  virtual ~FileSystem() = default;

  // What stands at `path`, symbolic links followed.
  [[nodiscard]] virtual auto kind(const std::string& path) const -> EntryKind = 0;
  // The whole content, at most `limit` bytes.
  [[nodiscard]] virtual auto read(const std::string& path, std::size_t limit) const
      -> Expected<std::string, ReadError> = 0;
  // Every regular file below `folder`, hidden files and folders left out, sorted bytewise by path;
  // each path starts with `folder`. Linked folders are not entered, so a loop cannot arise.
  // Throws Failure where a folder cannot be listed.
  [[nodiscard]] virtual auto list(const std::string& folder) const -> std::vector<std::string> = 0;
};

class RealFileSystem final : public FileSystem {
 public:
  [[nodiscard]] auto kind(const std::string& path) const -> EntryKind override;
  [[nodiscard]] auto read(const std::string& path, std::size_t limit) const
      -> Expected<std::string, ReadError> override;
  [[nodiscard]] auto list(const std::string& folder) const -> std::vector<std::string> override;
};

// Path to content; folders exist where a path runs through them.
class MemoryFileSystem final : public FileSystem {
 public:
  explicit MemoryFileSystem(std::map<std::string, std::string> files) : files_(std::move(files)) {}

  [[nodiscard]] auto kind(const std::string& path) const -> EntryKind override;
  [[nodiscard]] auto read(const std::string& path, std::size_t limit) const
      -> Expected<std::string, ReadError> override;
  [[nodiscard]] auto list(const std::string& folder) const -> std::vector<std::string> override;

 private:
  std::map<std::string, std::string> files_;
};

}  // namespace fedgate::source
