// Reading files behind one interface, so that every phase and every golden test runs without disk.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/base/expected.h"

namespace fedgate::source {

enum class EntryKind { missing, file, folder, other };

// Why a file was not read.
struct ReadError {
  enum class Kind {
    missing,
    too_large,
    unreadable,
    outside,   // Only of read_below(): it stands, after links, outside of the folder.
    not_file,  // Only of read_below(): it is no regular file.
  } kind = Kind::unreadable;
  // For `unreadable`, the system's own words; for `not_file`, what it is, e.g. "a folder".
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
  // The content of a regular file below `folder` (empty: the current folder), at most `limit`
  // bytes; `path` counts from there. Symbolic links are followed as long as they end below
  // `folder`. What was looked at is what is read, even where links or files change meanwhile, and
  // nothing but a regular file below `folder` is ever opened for reading.
  [[nodiscard]] virtual auto read_below(const std::string& folder, const std::string& path,
                                        std::size_t limit) const
      -> Expected<std::string, ReadError> = 0;
  // Every regular file below `folder`, hidden files and folders left out, sorted bytewise by path;
  // each path starts with `folder`. Linked folders are not entered, so a loop cannot arise.
  // Throws Failure where a folder cannot be listed.
  [[nodiscard]] virtual auto list(const std::string& folder) const -> std::vector<std::string> = 0;
  // Whether `path`, which list() found below `folder`, is a link to something outside of it.
  [[nodiscard]] virtual auto leads_outside(const std::string& folder, const std::string& path) const
      -> bool = 0;
  // Whether both paths lead to the same entry.
  [[nodiscard]] virtual auto is_same(const std::string& left, const std::string& right) const
      -> bool = 0;
};

class RealFileSystem final : public FileSystem {
 public:
  [[nodiscard]] auto kind(const std::string& path) const -> EntryKind override;
  [[nodiscard]] auto read(const std::string& path, std::size_t limit) const
      -> Expected<std::string, ReadError> override;
  [[nodiscard]] auto read_below(const std::string& folder, const std::string& path,
                                std::size_t limit) const
      -> Expected<std::string, ReadError> override;
  [[nodiscard]] auto list(const std::string& folder) const -> std::vector<std::string> override;
  [[nodiscard]] auto leads_outside(const std::string& folder, const std::string& path) const
      -> bool override;
  [[nodiscard]] auto is_same(const std::string& left, const std::string& right) const
      -> bool override;
};

// Path to content; folders exist where a path runs through them. `links` are symbolic links, path
// to target; list() and read() know nothing of them.
class MemoryFileSystem final : public FileSystem {
 public:
  explicit MemoryFileSystem(std::map<std::string, std::string> files,
                            std::map<std::string, std::string> links = {})
      : files_(std::move(files)), links_(std::move(links)) {}

  [[nodiscard]] auto kind(const std::string& path) const -> EntryKind override;
  [[nodiscard]] auto read(const std::string& path, std::size_t limit) const
      -> Expected<std::string, ReadError> override;
  [[nodiscard]] auto read_below(const std::string& folder, const std::string& path,
                                std::size_t limit) const
      -> Expected<std::string, ReadError> override;
  [[nodiscard]] auto list(const std::string& folder) const -> std::vector<std::string> override;
  [[nodiscard]] auto leads_outside(const std::string& folder, const std::string& path) const
      -> bool override;
  [[nodiscard]] auto is_same(const std::string& left, const std::string& right) const
      -> bool override;

 private:
  // `path` without links; none where they lead in a circle.
  [[nodiscard]] auto follow(std::string path) const -> std::optional<std::string>;

  std::map<std::string, std::string> files_;
  std::map<std::string, std::string> links_;
};

}  // namespace fedgate::source
