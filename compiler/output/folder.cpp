#include "compiler/output/folder.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <optional>
#include <set>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "compiler/output/descriptor.h"
#include "compiler/output/ownership.h"
#include "compiler/output/target.h"
#include "schema/base/check.h"
#include "schema/base/failure.h"

namespace fedgate::output {

namespace {

constexpr unsigned kFolderMode = 0755;

// A file-size limit ends in an error of write(2) instead of a signal while this lives.
class IgnoreFileSizeSignal {
 public:
  IgnoreFileSizeSignal() {
    struct sigaction ignore = {};
    ignore.sa_handler = SIG_IGN;
    FEDGATE_CHECK(sigaction(SIGXFSZ, &ignore, &before_) == 0, "SIGXFSZ can be ignored");
  }
  IgnoreFileSizeSignal(const IgnoreFileSizeSignal&) = delete;
  auto operator=(const IgnoreFileSizeSignal&) -> IgnoreFileSizeSignal& = delete;
  IgnoreFileSizeSignal(IgnoreFileSizeSignal&&) = delete;
  auto operator=(IgnoreFileSizeSignal&&) -> IgnoreFileSizeSignal& = delete;
  ~IgnoreFileSizeSignal() { static_cast<void>(sigaction(SIGXFSZ, &before_, nullptr)); }

 private:
  struct sigaction before_ = {};
};

enum class State { missing, empty, ours };

// What stands at the target now, or why it is left alone.
auto inspect(const Target& target) -> Expected<State, Refusal> {
  const EntryType type = type_of(target.parent.number(), target.name);
  if (type == EntryType::missing) {
    return State::missing;
  }
  const auto folder = open_folder(target.parent.number(), target.name);
  if (!folder) {
    return Unexpected{Refusal{Refusal::Reason::not_a_folder, {}}};
  }
  if (const auto owned = owned_files(folder->number())) {
    auto foreign = find_foreign(folder->number(), *owned);
    if (foreign.empty()) {
      return State::ours;
    }
    return Unexpected{Refusal{Refusal::Reason::foreign_files, std::move(foreign)}};
  }
  auto entries = list_entries(folder->number());
  if (entries.empty()) {
    return State::empty;
  }
  return Unexpected{Refusal{Refusal::Reason::no_manifest, std::move(entries)}};
}

// The new folder beside the target, removed again unless it was swapped in.
class Staged {
 public:
  explicit Staged(const Target& target) : parent_(target.parent.number()) {
    for (;;) {
      name_ = target.prefix() + random_suffix();
      if (mkdirat(parent_, name_.c_str(), kFolderMode) == 0) {
        return;
      }
      if (errno != EEXIST) {
        fail("create a folder beside", target.text(), errno);
      }
    }
  }
  Staged(const Staged&) = delete;
  auto operator=(const Staged&) -> Staged& = delete;
  Staged(Staged&&) = delete;
  auto operator=(Staged&&) -> Staged& = delete;
  ~Staged() {
    if (!is_kept_) {
      try {
        static_cast<void>(remove_owned(parent_, name_));
      } catch (const Failure&) {
        // The next run removes it; the failure that led here is the one to report.
        return;
      }
    }
  }

  [[nodiscard]] auto name() const -> const std::string& { return name_; }
  auto keep() -> void { is_kept_ = true; }

 private:
  int parent_;
  std::string name_;
  bool is_kept_ = false;
};

auto open_made(int folder, const std::string& path, const std::string& shown) -> Place {
  auto place = open_place(folder, path);
  if (!place) {
    fail("open", shown, ENOENT);
  }
  return *std::move(place);
}

// Everything below the staged folder, written and synced. The manifest comes first: from then on a
// left-over of this run says which of its files may be removed.
auto write_all(const Target& target, const Staged& staged, std::span<const Artifact> artifacts)
    -> void {
  const auto root = open_folder(target.parent.number(), staged.name());
  if (!root) {
    fail("open the new folder beside", target.text(), ENOENT);
  }
  const auto shown = [&](const std::string& path) { return (target.shown / path).string(); };
  const auto write_one = [&](const Artifact& artifact) {
    const Place place = open_made(root->number(), artifact.path, shown(artifact.path));
    write_new(place.folder.number(), place.name, artifact.text, shown(artifact.path));
  };
  for (const Artifact& artifact : artifacts) {
    if (artifact.path == kManifestPath) {
      write_one(artifact);
    }
  }
  const std::set<std::string> folders = folders_of(artifacts);
  for (const std::string& folder : folders) {
    const Place place = open_made(root->number(), folder, shown(folder));
    if (mkdirat(place.folder.number(), place.name.c_str(), kFolderMode) != 0) {
      fail("create the folder", shown(folder), errno);
    }
  }
  for (const Artifact& artifact : artifacts) {
    if (artifact.path != kManifestPath) {
      write_one(artifact);
    }
  }
  for (const std::string& folder : folders) {
    const Place inside = open_made(root->number(), folder + "/.", shown(folder));
    sync_folder(inside.folder.number(), shown(folder));
  }
  sync_folder(root->number(), target.text());
}

auto set_mode(const Target& target, const Staged& staged, mode_t mode) -> void {
  if (fchmodat(target.parent.number(), staged.name().c_str(), mode, 0) != 0) {
    fail("keep the permissions of", target.text(), errno);
  }
}

// Gives the staged folder, before anything is in it, what an administrator gave the old one: owner
// and group, as far as the process may set them, and with the set-group-ID bit, the group for what
// is written into it. Returns the permissions for set_mode() at the end, when it need not be
// writable any more. Without the old group they lack the set-group-ID bit, as with `cp -p`.
auto copy_owner(const Target& target, const Staged& staged) -> mode_t {
  struct stat status = {};
  const int parent = target.parent.number();
  const char* const name = staged.name().c_str();
  if (fstatat(parent, target.name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
    fail("keep the permissions of", target.text(), errno);
  }
  constexpr auto kSameOwner = static_cast<uid_t>(-1);
  const bool has_group =
      fchownat(parent, name, status.st_uid, status.st_gid, AT_SYMLINK_NOFOLLOW) == 0 ||
      fchownat(parent, name, kSameOwner, status.st_gid, AT_SYMLINK_NOFOLLOW) == 0;
  const mode_t mode = status.st_mode & (has_group ? 07777U : 05777U);
  set_mode(target, staged, mode | S_IRWXU);
  return mode;
}

[[noreturn]] auto fail_swap(const Target& target, int error) -> void {
  if (error == EBUSY || error == EXDEV) {
    throw Failure(fmt::format("cannot replace `{}`: it is a mount point; name a folder below it",
                              target.text()));
  }
  fail("replace", target.text(), error);
}

// Puts the staged folder in the target's place, where nothing or an empty folder stands: rename(2)
// replaces no other.
auto move_in(const Target& target, Staged& staged) -> void {
  const int parent = target.parent.number();
  if (renameat(parent, staged.name().c_str(), parent, target.name.c_str()) != 0) {
    fail_swap(target, errno);
  }
  staged.keep();
}

// Puts the staged folder in the place of the old one. Returns the old one's name from now on.
auto swap(const Target& target, Staged& staged, bool may_exchange) -> std::string {
  const int parent = target.parent.number();
  const char* const name = target.name.c_str();
  if (may_exchange) {
    if (renameat2(parent, staged.name().c_str(), parent, name, RENAME_EXCHANGE) == 0) {
      staged.keep();
      return staged.name();
    }
    if (errno != EINVAL && errno != ENOSYS) {
      fail_swap(target, errno);
    }
  }
  std::string old = target.old_prefix() + random_suffix();
  if (renameat(parent, name, parent, old.c_str()) != 0) {
    fail_swap(target, errno);
  }
  if (renameat(parent, staged.name().c_str(), parent, name) != 0) {
    const int error = errno;
    static_cast<void>(renameat(parent, old.c_str(), parent, name));
    fail_swap(target, error);
  }
  staged.keep();
  return old;
}

// Artifacts come from code; what is wrong with them here is a defect of fedgate.
auto check_artifacts(std::span<const Artifact> artifacts) -> void {
  std::optional<Owned> listed;
  std::set<std::string_view> paths;
  for (const Artifact& artifact : artifacts) {
    FEDGATE_CHECK(paths.insert(artifact.path).second, "each artifact has a path of its own");
    if (artifact.path == kManifestPath) {
      listed = read_manifest(artifact.text);
    }
  }
  FEDGATE_CHECK(listed.has_value(), "the artifacts have a manifest");
  FEDGATE_CHECK(std::ranges::equal(listed->files, paths), "the manifest lists the other artifacts");
}

}  // namespace

auto to_text(const Refusal& refusal, const std::filesystem::path& target) -> std::string {
  constexpr std::size_t kMostNamed = 10;
  if (refusal.reason == Refusal::Reason::not_a_folder) {
    return fmt::format("`{}` is not a folder", target.string());
  }
  std::string files;
  for (std::size_t i = 0; i < std::min(refusal.files.size(), kMostNamed); ++i) {
    files += fmt::format("{}`{}`", i == 0 ? "" : ", ", refusal.files[i]);
  }
  if (refusal.files.size() > kMostNamed) {
    files += fmt::format(" and {} more", refusal.files.size() - kMostNamed);
  }
  return refusal.reason == Refusal::Reason::no_manifest
             ? fmt::format("`{}` is not empty and was not written by fedgate; it holds {}",
                           target.string(), files)
             : fmt::format("`{}` holds what fedgate did not write: {}", target.string(), files);
}

auto write_folder(const std::filesystem::path& target, std::span<const Artifact> artifacts,
                  const WriteOptions& options) -> Expected<Written, Refusal> {
  check_artifacts(artifacts);
  const IgnoreFileSizeSignal no_signal;
  const Target place = make_target(target);
  if (lock(place)) {
    clean_up(place);
  }
  const auto state = inspect(place);
  if (!state) {
    return Unexpected{state.error()};
  }
  Staged staged(place);
  std::optional<mode_t> mode;
  if (*state != State::missing) {
    mode = copy_owner(place, staged);
  }
  write_all(place, staged, artifacts);
  if (mode) {
    set_mode(place, staged, *mode);
  }
  if (*state != State::ours) {
    move_in(place, staged);
    sync_folder(place.parent.number(), place.text());
    return Written{artifacts.size(), false};
  }
  const std::string old = swap(place, staged, options.may_exchange);
  sync_folder(place.parent.number(), place.text());
  std::string problem;
  try {
    if (!remove_owned(place.parent.number(), old)) {
      problem = "a file was added to the old folder meanwhile";
    }
  } catch (const Failure& failure) {
    problem = fmt::format("the old folder stays: {}", failure.what());
  }
  if (!problem.empty()) {
    throw Failure(fmt::format("`{}` is written, but {}; it is kept beside it as `{}`",
                              target.string(), problem, old));
  }
  return Written{artifacts.size(), true};
}

}  // namespace fedgate::output
