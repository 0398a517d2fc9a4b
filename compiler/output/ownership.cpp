#include "compiler/output/ownership.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "compiler/output/artifact.h"
#include "compiler/output/descriptor.h"

namespace fedgate::output {

namespace {

// A manifest has some 120 bytes for each artifact; no run writes half a million.
constexpr std::size_t kLongestManifest = 64U << 20U;

auto is_component(std::string_view text) -> bool {
  return !text.empty() && text != "." && text != ".." && text.find('\0') == std::string_view::npos;
}

// Adds the file and the folders above it; false where the path is not one of an artifact.
auto add_path(Owned& owned, const std::string& path) -> bool {
  std::size_t begin = 0;
  for (std::size_t end = path.find('/'); end != std::string::npos; end = path.find('/', begin)) {
    if (!is_component(std::string_view(path).substr(begin, end - begin))) {
      return false;
    }
    owned.folders.insert(path.substr(0, end));
    begin = end + 1;
  }
  if (!is_component(std::string_view(path).substr(begin))) {
    return false;
  }
  owned.files.insert(path);
  return true;
}

auto is_digest(const std::string& text) -> bool {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

auto remove_file(int folder, const std::string& path) -> void {
  const auto place = open_place(folder, path);
  if (place && type_of(place->folder.number(), place->name) == EntryType::file &&
      unlinkat(place->folder.number(), place->name.c_str(), 0) != 0 && errno != ENOENT) {
    fail("remove", path, errno);
  }
}

// Removes the folder where it is empty.
auto remove_folder(int folder, const std::string& path) -> void {
  const auto place = open_place(folder, path);
  if (place && unlinkat(place->folder.number(), place->name.c_str(), AT_REMOVEDIR) != 0 &&
      errno != ENOTEMPTY && errno != EEXIST && errno != ENOENT && errno != ENOTDIR) {
    fail("remove", path, errno);
  }
}

auto collect_foreign(int folder, const Owned& owned, const std::string& prefix,
                     std::vector<std::string>& foreign) -> void {
  for (const FolderEntry& entry : list_folder(folder)) {
    const std::string path = prefix + entry.name;
    if (entry.type == EntryType::folder && owned.folders.contains(path)) {
      if (const auto inner = open_folder(folder, entry.name)) {
        collect_foreign(inner->number(), owned, path + "/", foreign);
      }
    } else if (entry.type == EntryType::folder) {
      foreign.push_back(path + "/");
    } else if (entry.type != EntryType::file || !owned.files.contains(path)) {
      foreign.push_back(path);
    }
  }
}

}  // namespace

auto read_manifest(std::string_view text) -> std::optional<Owned> {
  const auto manifest = nlohmann::json::parse(text, nullptr, false);
  if (!manifest.is_object() || !manifest.contains("artifacts") ||
      !manifest["artifacts"].is_array()) {
    return std::nullopt;
  }
  Owned owned;
  owned.files.insert(kManifestPath);
  for (const auto& artifact : manifest["artifacts"]) {
    if (!artifact.is_object() || !artifact.contains("path") || !artifact["path"].is_string() ||
        !artifact.contains("sha256") || !artifact["sha256"].is_string() ||
        !is_digest(artifact["sha256"].get<std::string>()) ||
        !add_path(owned, artifact["path"].get<std::string>())) {
      return std::nullopt;
    }
  }
  return owned;
}

auto owned_files(int folder) -> std::optional<Owned> {
  const auto text = read_regular(folder, kManifestPath, kLongestManifest);
  return text ? read_manifest(*text) : std::nullopt;
}

auto folders_of(std::span<const Artifact> artifacts) -> std::set<std::string> {
  std::set<std::string> folders;
  for (const Artifact& artifact : artifacts) {
    for (std::size_t end = artifact.path.find('/'); end != std::string::npos;
         end = artifact.path.find('/', end + 1)) {
      folders.insert(artifact.path.substr(0, end));
    }
  }
  return folders;
}

auto find_foreign(int folder, const Owned& owned) -> std::vector<std::string> {
  std::vector<std::string> foreign;
  collect_foreign(folder, owned, "", foreign);
  std::ranges::sort(foreign);
  return foreign;
}

auto list_entries(int folder) -> std::vector<std::string> { return find_foreign(folder, Owned{}); }

auto remove_owned(int parent, const std::string& name) -> bool {
  {
    const auto folder = open_folder(parent, name);
    if (!folder) {
      return type_of(parent, name) == EntryType::missing;
    }
    if (auto owned = owned_files(folder->number())) {
      owned->files.erase(kManifestPath);
      for (const std::string& path : owned->files) {
        remove_file(folder->number(), path);
      }
      // In falling order each folder comes behind those inside it.
      const std::vector<std::string> falling(owned->folders.rbegin(), owned->folders.rend());
      for (const std::string& path : falling) {
        remove_folder(folder->number(), path);
      }
    }
    const auto rest = list_folder(folder->number());
    if (rest.size() == 1 && rest.front().name == kManifestPath) {
      remove_file(folder->number(), kManifestPath);
    }
  }
  remove_folder(parent, name);
  return type_of(parent, name) == EntryType::missing;
}

}  // namespace fedgate::output
