#include "schema/source/overlay.h"

#include <algorithm>

namespace fedgate::source {

auto OverlayFileSystem::kind(const std::string& path) const -> EntryKind {
  return texts_->contains(path) ? EntryKind::file : behind_->kind(path);
}

auto OverlayFileSystem::read(const std::string& path, std::size_t limit) const
    -> Expected<std::string, ReadError> {
  const auto text = texts_->find(path);
  if (text == texts_->end()) {
    return behind_->read(path, limit);
  }
  if (text->second.size() > limit) {
    return Unexpected{ReadError{ReadError::Kind::too_large, {}}};
  }
  return text->second;
}

auto OverlayFileSystem::read_below(const std::string& folder, const std::string& path,
                                   std::size_t limit) const -> Expected<std::string, ReadError> {
  return behind_->read_below(folder, path, limit);
}

auto OverlayFileSystem::list(const std::string& folder) const -> std::vector<std::string> {
  std::vector<std::string> paths = behind_->list(folder);
  const std::string prefix = folder.ends_with('/') ? folder : folder + "/";
  for (const auto& [path, text] : *texts_) {
    if (path.starts_with(prefix) && path.find("/.", prefix.size() - 1) == std::string::npos) {
      paths.push_back(path);
    }
  }
  std::sort(paths.begin(), paths.end());
  paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
  return paths;
}

}  // namespace fedgate::source
