// Which files of a folder belong to fedgate, by the manifest in it; and the removal of those.
// Private to compiler/output.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/output/artifact.h"

namespace fedgate::output {

// The files that a manifest lists, with the manifest itself, and the folders that lead to them.
struct Owned {
  std::set<std::string> files;
  std::set<std::string> folders;
};

// None where `text` is not a manifest of fedgate, or names a path that is not inside its folder.
[[nodiscard]] auto read_manifest(std::string_view text) -> std::optional<Owned>;

// The same for the manifest of a folder (a descriptor number).
[[nodiscard]] auto owned_files(int folder) -> std::optional<Owned>;

// The folders that lead to the artifacts; in this order each comes behind the ones that hold it.
[[nodiscard]] auto folders_of(std::span<const Artifact> artifacts) -> std::set<std::string>;

// Everything in the folder that is not owned, as Refusal lists it.
[[nodiscard]] auto find_foreign(int folder, const Owned& owned) -> std::vector<std::string>;

// All entries of the folder, as Refusal lists them.
[[nodiscard]] auto list_entries(int folder) -> std::vector<std::string>;

// Removes the files of the folder `name` in `parent` that its own manifest lists, then the folders
// that are empty by that, the manifest last. A folder without a manifest is removed where it is
// empty or holds nothing but a `manifest.json` that was cut short. Whatever else is in the folder
// stays, with the folder and its manifest. Returns whether the folder is gone.
auto remove_owned(int parent, const std::string& name) -> bool;

}  // namespace fedgate::output
