#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "compiler/output/descriptor.h"
#include "compiler/output/folder.h"
#include "compiler/output/ownership.h"
#include "compiler/output/target.h"
#include "schema/base/failure.h"

namespace fedgate::output {

namespace {

using Kinds = std::map<std::string, Difference::Kind>;

auto difference_of(int folder, const Artifact& artifact) -> std::optional<Difference::Kind> {
  const auto place = open_place(folder, artifact.path);
  if (!place) {
    return Difference::Kind::missing;
  }
  const EntryType type = type_of(place->folder.number(), place->name);
  if (type == EntryType::missing) {
    return Difference::Kind::missing;
  }
  if (type != EntryType::file) {
    return Difference::Kind::foreign;
  }
  if (!has_content(place->folder.number(), place->name, artifact.text)) {
    return Difference::Kind::differs;
  }
  return std::nullopt;
}

// The files of an open folder against the artifacts.
auto compare_files(int folder, std::span<const Artifact> artifacts) -> Kinds {
  Kinds differences;
  std::set<std::string> expected;
  Owned known = owned_files(folder).value_or(Owned{});
  const std::set<std::string> listed = known.files;
  for (const Artifact& artifact : artifacts) {
    if (const auto kind = difference_of(folder, artifact)) {
      differences.emplace(artifact.path, *kind);
    }
    expected.insert(artifact.path);
    known.files.insert(artifact.path);
  }
  known.folders.merge(folders_of(artifacts));
  for (const std::string& path : find_foreign(folder, known)) {
    differences.insert_or_assign(path, Difference::Kind::foreign);
  }
  for (const std::string& path : listed) {
    const auto at = open_place(folder, path);
    if (!expected.contains(path) && at &&
        type_of(at->folder.number(), at->name) == EntryType::file) {
      differences.emplace(path, Difference::Kind::surplus);
    }
  }
  return differences;
}

}  // namespace

auto compare_folder(const std::filesystem::path& target, std::span<const Artifact> artifacts)
    -> std::vector<Difference> {
  const auto place = find_target(target);
  const auto folder = place ? open_folder(place->parent.number(), place->name) : std::nullopt;
  if (!folder && place && type_of(place->parent.number(), place->name) != EntryType::missing) {
    throw Failure(fmt::format("cannot compare with `{}`: it is not a folder", target.string()));
  }
  Kinds kinds;
  if (folder) {
    kinds = compare_files(folder->number(), artifacts);
  } else {
    for (const Artifact& artifact : artifacts) {
      kinds.emplace(artifact.path, Difference::Kind::missing);
    }
  }
  std::vector<Difference> differences;
  for (const auto& [path, kind] : kinds) {
    differences.push_back({kind, path});
  }
  return differences;
}

auto read_file(const std::filesystem::path& target, const std::string& path) -> std::string {
  const auto place = find_target(target);
  const auto folder = place ? open_folder(place->parent.number(), place->name) : std::nullopt;
  const auto at = folder ? open_place(folder->number(), path) : std::nullopt;
  auto text =
      at ? read_regular(at->folder.number(), at->name, std::numeric_limits<std::size_t>::max())
         : std::nullopt;
  if (!text) {
    fail("read", (target / path).string(), ENOENT);
  }
  return *std::move(text);
}

}  // namespace fedgate::output
