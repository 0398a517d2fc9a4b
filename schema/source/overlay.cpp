#include "schema/source/overlay.h"

#include <algorithm>

namespace fedgate::source {

auto OverlayFileSystem::kind(const std::string& path) const -> EntryKind {
  if (texts_->contains(path)) {
    return EntryKind::file;
  }
  const EntryKind kind = behind_->kind(path);
  const std::string prefix = path + "/";
  const auto below = texts_->lower_bound(prefix);
  return kind == EntryKind::missing && below != texts_->end() && below->first.starts_with(prefix)
             ? EntryKind::folder
             : kind;
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
  std::vector<std::string> paths;
  if (behind_->kind(folder) == EntryKind::folder) {
    paths = behind_->list(folder);
  }
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

auto OverlayFileSystem::leads_outside(const std::string& folder, const std::string& path) const
    -> bool {
  return !texts_->contains(path) && behind_->leads_outside(folder, path);
}

auto OverlayFileSystem::is_same(const std::string& left, const std::string& right) const -> bool {
  return left == right || behind_->is_same(left, right);
}

}  // namespace fedgate::source
