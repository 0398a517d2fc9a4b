// Texts in front of a file system: open buffers of an editor, fixes that are not written yet.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "schema/source/file_system.h"

namespace fedgate::source {

// A path with a text here has it in place of what the file system behind holds, also where that has
// nothing. Files that a spec names (read_below) are always those of the file system behind.
class OverlayFileSystem final : public FileSystem {
 public:
  // Both outlive this object. The paths are in the form that list() and find_spec_files() give.
  OverlayFileSystem(const FileSystem& behind, const std::map<std::string, std::string>& texts)
      : behind_(&behind), texts_(&texts) {}

  [[nodiscard]] auto kind(const std::string& path) const -> EntryKind override;
  [[nodiscard]] auto read(const std::string& path, std::size_t limit) const
      -> Expected<std::string, ReadError> override;
  [[nodiscard]] auto read_below(const std::string& folder, const std::string& path,
                                std::size_t limit) const
      -> Expected<std::string, ReadError> override;
  // Hidden names are left out of the texts too.
  [[nodiscard]] auto list(const std::string& folder) const -> std::vector<std::string> override;
  [[nodiscard]] auto leads_outside(const std::string& folder, const std::string& path) const
      -> bool override;
  [[nodiscard]] auto is_same(const std::string& left, const std::string& right) const
      -> bool override;

 private:
  const FileSystem* behind_;
  const std::map<std::string, std::string>* texts_;
};

}  // namespace fedgate::source
