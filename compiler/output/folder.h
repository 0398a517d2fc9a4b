// Artifacts to disk, all or nothing, and the comparison of artifacts with what is there.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "compiler/output/artifact.h"
#include "schema/base/expected.h"

namespace fedgate::output {

// Why a target is left alone: it holds what fedgate did not write.
struct Refusal {
  enum class Reason : std::uint8_t {
    not_a_folder,   // something else than a folder stands there
    no_manifest,    // a folder that is not empty and has no manifest of fedgate
    foreign_files,  // files beside those that its manifest lists
  };
  Reason reason = Reason::foreign_files;
  // All of them, relative to the target and sorted, a folder with a `/` behind it; those below a
  // foreign folder are not listed. Empty for not_a_folder.
  std::vector<std::string> files;
};

// The refusal as one sentence for people, that names at most ten files.
[[nodiscard]] auto to_text(const Refusal& refusal, const std::filesystem::path& target)
    -> std::string;

struct WriteOptions {
  // Off: as if the file system could not exchange two folders in one step.
  bool may_exchange = true;
};

struct Written {
  std::size_t files = 0;
  bool replaced = false;  // there was a folder with artifacts before
};

// Makes `target` a folder that holds exactly the artifacts, among which is the manifest that lists
// all the others.
//
// The artifacts are written to a new folder beside the target, `.NAME.fedgate-XXXXXX`, and synced;
// then both are exchanged in one step (renameat2 with RENAME_EXCHANGE), and the old folder is
// removed. So a run that is killed at any point leaves the target wholly old or wholly new, and its
// left-over is removed by the next run. Where a file system cannot exchange folders, the old one is
// renamed to `.NAME.fedgate-old-XXXXXX` first: a run that is killed just then leaves no target, and
// the next run brings the old one back before anything else.
//
// Only files that the manifest of the old folder lists are ever deleted, also where their content
// was changed by hand: `compare_folder` shows such a change beforehand. Symbolic links inside are
// foreign and never followed; the target itself may be one to a folder, and stays one. Missing
// parents of the target are created.
//
// A lock on the folder that holds the target makes a second run wait for the first, for a minute at
// most. Throws Failure where something cannot be written (the target is then unchanged and the new
// folder removed).
[[nodiscard]] auto write_folder(const std::filesystem::path& target,
                                std::span<const Artifact> artifacts,
                                const WriteOptions& options = {}) -> Expected<Written, Refusal>;

struct Difference {
  enum class Kind : std::uint8_t {
    missing,  // an artifact that is not there
    differs,  // a file with other content than its artifact
    surplus,  // a file that the manifest lists and that would not be written again
    foreign,  // not written by fedgate
  };
  Kind kind = Kind::missing;
  std::string path;

  friend auto operator==(const Difference&, const Difference&) -> bool = default;
};

// How the target differs from what write_folder would make of it, sorted by path; nothing is
// written and no lock taken. Files are compared piece by piece and never held as a whole. Throws
// Failure where something cannot be read.
[[nodiscard]] auto compare_folder(const std::filesystem::path& target,
                                  std::span<const Artifact> artifacts) -> std::vector<Difference>;

// The bytes of a regular file of the target, no symbolic link followed, for a diff of what
// compare_folder found.
[[nodiscard]] auto read_file(const std::filesystem::path& target, const std::string& path)
    -> std::string;

}  // namespace fedgate::output
