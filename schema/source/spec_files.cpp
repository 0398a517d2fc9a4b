#include "schema/source/spec_files.h"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "schema/base/failure.h"
#include "schema/diag/message.h"
#include "schema/source/parallel.h"

namespace fedgate::source {

namespace {

// Fewer files than this are read faster than threads start.
constexpr std::size_t kManyFiles = 16;

auto ends_with(std::string_view text, std::string_view ending) -> bool {
  return text.size() >= ending.size() && text.substr(text.size() - ending.size()) == ending;
}

// The same file has the same clean form, however it was spelled: `./a.yaml`, `b/../a.yaml`. Behind
// a linked folder `..` is another place than its text says; such a path stays as it is.
auto clean(const FileSystem& files, const std::string& path) -> std::string {
  const std::string normal = std::filesystem::path(path).lexically_normal().generic_string();
  return path.find("..") == std::string::npos || files.is_same(path, normal) ? normal : path;
}

// Collects paths, each once.
class PathList {
 public:
  void add(std::string path) {
    if (seen_.insert(path).second) {
      paths_.push_back(std::move(path));
    }
  }
  [[nodiscard]] auto take() -> std::vector<std::string> { return std::move(paths_); }

 private:
  std::set<std::string> seen_;
  std::vector<std::string> paths_;
};

// Whether the file is the manifest of a folder that `fedgate compile` wrote.
auto is_manifest(const FileSystem& files, const std::string& path) -> bool {
  constexpr std::string_view kBeginning = "{\n  \"version\": 1,\n  \"fedgate\": \"";
  const auto text =
      ends_with(path, "/manifest.json") ? files.read(path, kLargestFile) : Unexpected{ReadError{}};
  return text.has_value() && text->starts_with(kBeginning);
}

// The folders with artifacts among `paths`, each with its final slash. What is in them is no spec.
auto artifact_folders(const FileSystem& files, const std::vector<std::string>& paths)
    -> std::vector<std::string> {
  std::vector<std::string> folders;
  for (const std::string& path : paths) {
    if (is_manifest(files, path)) {
      folders.push_back(path.substr(0, path.rfind('/') + 1));
    }
  }
  return folders;
}

// Adds the spec files below `folder`, of which there has to be one. A link must not bring in what
// the folder does not hold: a change that is to be checked may have made it, and findings quote
// lines of what they are about.
auto add_folder(const FileSystem& files, const std::string& folder, PathList& list)
    -> std::optional<PathError> {
  bool any = false;
  const std::vector<std::string> paths = files.list(folder);
  const std::vector<std::string> artifacts = artifact_folders(files, paths);
  for (const std::string& path : paths) {
    if (std::any_of(artifacts.begin(), artifacts.end(),
                    [&](const std::string& one) { return path.starts_with(one); })) {
      continue;
    }
    if (ends_with(path, ".yaml") || ends_with(path, ".yml")) {
      if (files.leads_outside(folder, path)) {
        return PathError{PathError::Kind::outside, path};
      }
      list.add(clean(files, path));
      any = true;
    }
  }
  return any ? std::nullopt : std::optional(PathError{PathError::Kind::no_spec, folder});
}

}  // namespace

auto PathError::message() const -> std::string {
  switch (kind) {
    case Kind::missing:
      return fmt::format("`{}` does not exist", path);
    case Kind::no_spec:
      return fmt::format("folder `{}` holds no *.yaml and no *.yml file", path);
    case Kind::outside:
      return fmt::format(
          "`{}` is a link to a file outside of its folder; give that file as a path of its own",
          path);
  }
  return {};
}

auto find_spec_files(const FileSystem& files, std::span<const std::string> paths)
    -> Expected<std::vector<std::string>, PathError> {
  const std::string current = ".";
  PathList list;
  for (const std::string& path : paths.empty() ? std::span(&current, 1) : paths) {
    if (path == kStandardInput) {
      list.add(path);
      continue;
    }
    switch (files.kind(path)) {
      case EntryKind::missing:
        return Unexpected{PathError{PathError::Kind::missing, path}};
      case EntryKind::file:
      case EntryKind::other:
        list.add(clean(files, path));
        break;
      case EntryKind::folder:
        if (auto error = add_folder(files, path, list)) {
          return Unexpected{*std::move(error)};
        }
        break;
    }
  }
  return list.take();
}

auto load_sources(const FileSystem& files, std::span<const std::string> paths,
                  std::string standard_input, diag::Sink& sink) -> LoadedSources {
  std::vector<std::optional<Expected<std::string, ReadError>>> texts(paths.size());
  run_parallel(paths.size(), paths.size() < kManyFiles ? 1 : default_threads(), [&](std::size_t i) {
    if (paths[i] == kStandardInput) {
      texts[i] = std::move(standard_input);
    } else {
      texts[i] = files.read(paths[i], kLargestFile);
    }
  });
  LoadedSources loaded;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const bool standard = paths[i] == kStandardInput;
    std::string name = standard ? std::string(kStandardInputName) : paths[i];
    Expected<std::string, ReadError>& text = *texts[i];
    if (text.has_value()) {
      loaded.readable.push_back(loaded.sources.add(std::move(name), *std::move(text)));
    } else if (text.error().kind == ReadError::Kind::too_large) {
      const FileId file = loaded.sources.add(std::move(name), {});
      sink.report({file, 0, 0}, diag::messages::file_too_large, kLargestFile >> 20U);
    } else {
      throw Failure(fmt::format("cannot read `{}`: {}", name, text.error().detail));
    }
  }
  return loaded;
}

}  // namespace fedgate::source
