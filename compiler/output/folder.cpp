#include "compiler/output/folder.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <system_error>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "compiler/output/descriptor.h"
#include "compiler/output/ownership.h"
#include "schema/base/check.h"
#include "schema/base/failure.h"

namespace fedgate::output {

namespace {

constexpr unsigned kFolderMode = 0755;
constexpr std::size_t kRandomLength = 6;
constexpr std::string_view kRandomLetters = "abcdefghijklmnopqrstuvwxyz012345";
constexpr std::chrono::seconds kLongestWait{60};

// A target in the folder that holds it, symbolic links resolved.
struct Target {
  std::filesystem::path shown;  // as the user named it
  Descriptor parent;
  std::string name;

  [[nodiscard]] auto text() const -> std::string { return shown.string(); }
  [[nodiscard]] auto prefix() const -> std::string { return "." + name + ".fedgate-"; }
  [[nodiscard]] auto old_prefix() const -> std::string { return prefix() + "old-"; }
};

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

// The path without links, with a last component; `target` need not be there.
auto resolve(const std::filesystem::path& target) -> std::filesystem::path {
  std::error_code error;
  std::filesystem::path absolute = std::filesystem::absolute(target, error);
  if (!error && std::filesystem::is_symlink(std::filesystem::symlink_status(absolute, error))) {
    // A link that leads nowhere is an error here, so that it is not replaced by a folder.
    absolute = std::filesystem::canonical(absolute, error);
  } else if (!error || error == std::errc::no_such_file_or_directory) {
    absolute = std::filesystem::weakly_canonical(absolute, error);
  }
  if (error) {
    fail("find the folder", target.string(), error.value());
  }
  if (!absolute.has_filename()) {
    absolute = absolute.parent_path();
  }
  if (!absolute.has_filename()) {
    throw Failure(
        fmt::format("cannot write artifacts to `{}`: name a folder below it", target.string()));
  }
  return absolute;
}

auto open_parent(const std::filesystem::path& target, const std::filesystem::path& absolute)
    -> std::optional<Target> {
  const std::filesystem::path parent = absolute.parent_path();
  Descriptor folder(open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.number() < 0) {
    if (errno == ENOENT) {
      return std::nullopt;
    }
    fail("open the folder", parent.string(), errno);
  }
  return Target{target, std::move(folder), absolute.filename().string()};
}

// The target, with the missing folders above it made.
auto open_target(const std::filesystem::path& target) -> Target {
  const std::filesystem::path absolute = resolve(target);
  std::error_code error;
  std::filesystem::create_directories(absolute.parent_path(), error);
  if (error) {
    fail("create the folder", absolute.parent_path().string(), error.value());
  }
  auto opened = open_parent(target, absolute);
  if (!opened) {
    fail("open the folder", absolute.parent_path().string(), ENOENT);
  }
  return *std::move(opened);
}

// Locks the target's parent folder until its descriptor is closed. False where the file system has
// no locks for folders: then runs exclude each other by the single step of the exchange alone, and
// left-overs stay.
auto lock(const Target& target) -> bool {
  const auto deadline = std::chrono::steady_clock::now() + kLongestWait;
  while (flock(target.parent.number(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) {
      continue;
    }
    if (errno != EWOULDBLOCK) {
      return false;
    }
    if (std::chrono::steady_clock::now() > deadline) {
      throw Failure(
          fmt::format("cannot write `{}`: another run holds the folder above it", target.text()));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return true;
}

// Whether `name` is `prefix` and what random_suffix() makes.
auto is_made_from(const std::string& name, const std::string& prefix) -> bool {
  return name.size() == prefix.size() + kRandomLength && name.starts_with(prefix) &&
         name.find_first_not_of(kRandomLetters, prefix.size()) == std::string::npos;
}

auto random_suffix() -> std::string {
  std::array<unsigned char, kRandomLength> bytes = {};
  if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    fail("make a name for", "a new folder", errno);
  }
  std::string suffix;
  for (const unsigned char byte : bytes) {
    suffix += kRandomLetters[byte % kRandomLetters.size()];
  }
  return suffix;
}

// What killed runs left behind. Under the lock, so that none of it belongs to a live run.
auto clean_up(const Target& target) -> void {
  const int parent = target.parent.number();
  for (const FolderEntry& entry : list_folder(parent)) {
    if (entry.type != EntryType::folder) {
      continue;
    }
    const bool is_old = is_made_from(entry.name, target.old_prefix());
    if (is_old && type_of(parent, target.name) == EntryType::missing) {
      // Killed between the two renames of a file system without exchange.
      if (renameat(parent, entry.name.c_str(), parent, target.name.c_str()) != 0) {
        fail("bring back", target.text(), errno);
      }
    } else if (is_old || is_made_from(entry.name, target.prefix())) {
      static_cast<void>(remove_owned(parent, entry.name));
    }
  }
}

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
    do {
      name_ = target.prefix() + random_suffix();
    } while (mkdirat(parent_, name_.c_str(), kFolderMode) != 0 && errno == EEXIST);
    if (type_of(parent_, name_) != EntryType::folder) {
      fail("create a folder beside", target.text(), errno);
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

// The folders above the artifacts, each behind the ones that hold it.
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

// The permissions that an administrator gave the old folder stay.
auto copy_mode(const Target& target, const Staged& staged) -> void {
  struct stat status = {};
  const int parent = target.parent.number();
  if (fstatat(parent, target.name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0 ||
      fchmodat(parent, staged.name().c_str(), status.st_mode & 07777U, 0) != 0) {
    fail("keep the permissions of", target.text(), errno);
  }
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
  const std::string old = target.old_prefix() + random_suffix();
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
  const Target place = open_target(target);
  if (lock(place)) {
    clean_up(place);
  }
  const auto state = inspect(place);
  if (!state) {
    return Unexpected{state.error()};
  }
  Staged staged(place);
  write_all(place, staged, artifacts);
  if (*state == State::missing) {
    move_in(place, staged);
    sync_folder(place.parent.number(), place.text());
    return Written{artifacts.size(), false};
  }
  copy_mode(place, staged);
  if (*state == State::empty) {
    move_in(place, staged);
    sync_folder(place.parent.number(), place.text());
    return Written{artifacts.size(), false};
  }
  const std::string old = swap(place, staged, options.may_exchange);
  sync_folder(place.parent.number(), place.text());
  if (!remove_owned(place.parent.number(), old)) {
    throw Failure(fmt::format(
        "`{}` is written, but a file was added to the old folder meanwhile; it is kept in `{}`",
        target.string(), old));
  }
  return Written{artifacts.size(), true};
}

auto compare_folder(const std::filesystem::path& target, std::span<const Artifact> artifacts)
    -> std::vector<Difference> {
  const auto place = open_parent(target, resolve(target));
  auto folder = place ? open_folder(place->parent.number(), place->name) : std::nullopt;
  std::map<std::string, Difference::Kind> differences;
  if (!folder) {
    if (place && type_of(place->parent.number(), place->name) != EntryType::missing) {
      throw Failure(fmt::format("cannot compare with `{}`: it is not a folder", target.string()));
    }
    for (const Artifact& artifact : artifacts) {
      differences.emplace(artifact.path, Difference::Kind::missing);
    }
  } else {
    Owned expected;
    for (const Artifact& artifact : artifacts) {
      if (const auto kind = difference_of(folder->number(), artifact)) {
        differences.emplace(artifact.path, *kind);
      }
      expected.files.insert(artifact.path);
    }
    expected.folders = folders_of(artifacts);
    const Owned listed = owned_files(folder->number()).value_or(Owned{});
    Owned known = expected;
    known.files.insert(listed.files.begin(), listed.files.end());
    known.folders.insert(listed.folders.begin(), listed.folders.end());
    for (const std::string& path : find_foreign(folder->number(), known)) {
      differences.insert_or_assign(path, Difference::Kind::foreign);
    }
    for (const std::string& path : listed.files) {
      const auto at = open_place(folder->number(), path);
      if (!expected.files.contains(path) && at &&
          type_of(at->folder.number(), at->name) == EntryType::file) {
        differences.emplace(path, Difference::Kind::surplus);
      }
    }
  }
  std::vector<Difference> sorted;
  for (const auto& [path, kind] : differences) {
    sorted.push_back({kind, path});
  }
  return sorted;
}

auto read_file(const std::filesystem::path& target, const std::string& path) -> std::string {
  const auto place = open_parent(target, resolve(target));
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
