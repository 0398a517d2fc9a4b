// The place of an output folder: the folder that holds it, locked, and the names of the folders
// that runs make beside it. Private to compiler/output.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "compiler/output/descriptor.h"

namespace fedgate::output {

// A target in the folder that holds it, symbolic links resolved.
struct Target {
  std::filesystem::path shown;  // as the user named it
  Descriptor parent;
  std::string name;

  [[nodiscard]] auto text() const -> std::string { return shown.string(); }
  [[nodiscard]] auto prefix() const -> std::string { return "." + name + ".fedgate-"; }
  [[nodiscard]] auto old_prefix() const -> std::string { return prefix() + "old-"; }
};

// The target, symbolic links resolved; none where the folder above it is missing.
[[nodiscard]] auto find_target(const std::filesystem::path& path) -> std::optional<Target>;

// The target, with the missing folders above it made. Throws Failure where it is the current folder
// or one above it.
[[nodiscard]] auto make_target(const std::filesystem::path& path) -> Target;

// Locks the target's parent folder until its descriptor is closed. Waits for another run, and
// throws Failure after a minute. False where the file system has no locks for folders: then runs
// exclude each other by the single step of the exchange alone, and left-overs stay.
[[nodiscard]] auto lock(const Target& target) -> bool;

// Letters for the end of a new folder's name.
[[nodiscard]] auto random_suffix() -> std::string;

// Removes what killed runs left behind, as far as it can, or brings it back where it is the old
// folder of a target that is missing. To be called under the lock, so that none of it belongs to a
// live run.
void clean_up(const Target& target);

}  // namespace fedgate::output
