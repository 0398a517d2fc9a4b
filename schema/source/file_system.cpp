#include "schema/source/file_system.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

#include "schema/base/failure.h"
#include "schema/base/system_words.h"
#include "schema/source/unreadable.h"

namespace fedgate::source {

namespace {

namespace fs = std::filesystem;

struct FileCloser {
  void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); }
};
using OpenFile = std::unique_ptr<std::FILE, FileCloser>;

auto is_hidden(std::string_view name) -> bool { return !name.empty() && name.front() == '.'; }

[[noreturn]] void fail_to_list(const std::string& folder, const std::error_code& error) {
  throw Failure("cannot list folder `" + folder + "`: " + error.message());
}

// Adds the files below `folder`, in no particular order. An explicit stack: a path's own length
// limit is the only bound on how deep folders nest.
void collect_files(const std::string& folder, std::vector<std::string>& files) {
  std::vector<fs::path> pending = {fs::path(folder)};
  while (!pending.empty()) {
    const fs::path current = std::move(pending.back());
    pending.pop_back();
    std::error_code error;
    fs::directory_iterator entry(current, error);
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
      if (is_hidden(entry->path().filename().native())) {
        continue;
      }
      std::error_code unknown;
      if (entry->is_directory(unknown) && !entry->is_symlink(unknown)) {
        pending.push_back(entry->path());
      } else if (entry->is_regular_file(unknown) ||
                 (entry->is_symlink(unknown) && !entry->exists(unknown))) {
        // A link to nothing is listed, so that reading it fails: what it was to lead to is missing.
        files.push_back(entry->path().generic_string());
      }
    }
    if (error) {
      fail_to_list(current.generic_string(), error);
    }
  }
}

// `folder` as the prefix of the paths below it; the empty name and "." stand for everything.
auto folder_prefix(const std::string& folder) -> std::string {
  if (folder.empty() || folder == ".") {
    return {};
  }
  return folder.back() == '/' ? folder : folder + '/';
}

auto starts_with(const fs::path& path, const fs::path& folder) -> bool {
  return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first ==
         folder.end();
}

auto has_hidden_part(std::string_view path) -> bool {
  while (!path.empty()) {
    if (is_hidden(path.substr(0, path.find('/')))) {
      return true;
    }
    const std::size_t slash = path.find('/');
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
  }
  return false;
}

}  // namespace

auto RealFileSystem::kind(const std::string& path) const -> EntryKind {
  std::error_code error;
  switch (fs::status(path, error).type()) {
    case fs::file_type::not_found:
      return EntryKind::missing;
    case fs::file_type::regular:
      return EntryKind::file;
    case fs::file_type::directory:
      return EntryKind::folder;
    case fs::file_type::none:
    case fs::file_type::symlink:
    case fs::file_type::block:
    case fs::file_type::character:
    case fs::file_type::fifo:
    case fs::file_type::socket:
    case fs::file_type::unknown:
      return EntryKind::other;
  }
  return EntryKind::other;
}

auto RealFileSystem::read(const std::string& path, std::size_t limit) const
    -> Expected<std::string, ReadError> {
  const OpenFile file(std::fopen(path.c_str(), "rbe"));
  if (file == nullptr) {
    return unreadable(errno);
  }
  std::error_code unknown;
  const std::uintmax_t size = fs::file_size(path, unknown);
  if (!unknown && size > limit) {
    return Unexpected{ReadError{ReadError::Kind::too_large, {}}};
  }
  // The size is a hint only: a pipe has none, and a file may grow meanwhile.
  std::string text;
  text.resize(unknown ? 0 : static_cast<std::size_t>(size));
  std::size_t filled = std::fread(text.data(), 1, text.size(), file.get());
  text.resize(filled);
  std::array<char, 65536> chunk{};
  while (std::ferror(file.get()) == 0 && std::feof(file.get()) == 0) {
    filled = std::fread(chunk.data(), 1, chunk.size(), file.get());
    text.append(chunk.data(), filled);
    if (text.size() > limit) {
      return Unexpected{ReadError{ReadError::Kind::too_large, {}}};
    }
  }
  if (std::ferror(file.get()) != 0) {
    return unreadable(errno);
  }
  return text;
}

auto RealFileSystem::list(const std::string& folder) const -> std::vector<std::string> {
  std::vector<std::string> files;
  collect_files(folder, files);
  std::sort(files.begin(), files.end());
  return files;
}

auto RealFileSystem::leads_outside(const std::string& folder, const std::string& path) const
    -> bool {
  std::error_code error;
  if (!fs::is_symlink(path, error) || !fs::exists(path, error)) {
    return false;
  }
  const fs::path root = fs::canonical(folder.empty() ? "." : folder, error);
  const fs::path target = error ? fs::path() : fs::canonical(path, error);
  return error || !starts_with(target, root);
}

auto RealFileSystem::is_same(const std::string& left, const std::string& right) const -> bool {
  std::error_code error;
  return fs::equivalent(left, right, error);
}

auto MemoryFileSystem::kind(const std::string& path) const -> EntryKind {
  if (files_.contains(path)) {
    return EntryKind::file;
  }
  const std::string prefix = folder_prefix(path);
  const auto below = files_.lower_bound(prefix);
  const bool holds = below != files_.end() && below->first.compare(0, prefix.size(), prefix) == 0;
  return holds || prefix.empty() ? EntryKind::folder : EntryKind::missing;
}

auto MemoryFileSystem::read(const std::string& path, std::size_t limit) const
    -> Expected<std::string, ReadError> {
  const auto found = files_.find(path);
  if (found == files_.end()) {
    return Unexpected{ReadError{ReadError::Kind::missing, system_words(ENOENT)}};
  }
  if (found->second.size() > limit) {
    return Unexpected{ReadError{ReadError::Kind::too_large, {}}};
  }
  return found->second;
}

auto MemoryFileSystem::follow(std::string path) const -> std::optional<std::string> {
  // As many as Linux follows (path_resolution(7)).
  constexpr int kMostLinks = 40;
  for (int count = 0; count <= kMostLinks; ++count) {
    const auto link = std::find_if(links_.begin(), links_.end(), [&](const auto& one) {
      return path == one.first || path.starts_with(one.first + "/");
    });
    if (link == links_.end()) {
      return path;
    }
    const fs::path target = fs::path(link->first).parent_path() / link->second;
    path = (target.generic_string() + path.substr(link->first.size()));
    path = fs::path(path).lexically_normal().generic_string();
  }
  return std::nullopt;
}

auto MemoryFileSystem::read_below(const std::string& folder, const std::string& path,
                                  std::size_t limit) const -> Expected<std::string, ReadError> {
  const std::string prefix = folder_prefix(folder);
  const auto place = follow(prefix + path);
  if (!place) {
    return unreadable(ELOOP);
  }
  const bool leaves_current =
      prefix.empty() && (place->starts_with("../") || place->starts_with("/"));
  if (leaves_current || !place->starts_with(prefix)) {
    return Unexpected{ReadError{ReadError::Kind::outside, {}}};
  }
  if (kind(*place) == EntryKind::folder) {
    return Unexpected{ReadError{ReadError::Kind::not_file, "a folder"}};
  }
  return read(*place, limit);
}

auto MemoryFileSystem::list(const std::string& folder) const -> std::vector<std::string> {
  if (kind(folder) != EntryKind::folder) {
    throw Failure("cannot list folder `" + folder + "`: " + system_words(ENOENT));
  }
  const std::string prefix = folder_prefix(folder);
  std::vector<std::string> files;
  for (auto file = files_.lower_bound(prefix); file != files_.end(); ++file) {
    if (file->first.compare(0, prefix.size(), prefix) != 0) {
      break;
    }
    if (!has_hidden_part(std::string_view(file->first).substr(prefix.size()))) {
      files.push_back(file->first);
    }
  }
  return files;
}

auto MemoryFileSystem::leads_outside(const std::string& folder, const std::string& path) const
    -> bool {
  const auto target = follow(path);
  return !target || !starts_with(*target, fs::path(folder_prefix(folder)).parent_path());
}

auto MemoryFileSystem::is_same(const std::string& left, const std::string& right) const -> bool {
  return follow(fs::path(left).lexically_normal().generic_string()) ==
         follow(fs::path(right).lexically_normal().generic_string());
}

}  // namespace fedgate::source
