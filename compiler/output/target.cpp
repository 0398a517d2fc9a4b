#include "compiler/output/target.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <system_error>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "compiler/output/ownership.h"
#include "schema/base/failure.h"

namespace fedgate::output {

namespace {

constexpr std::size_t kRandomLength = 6;
// Without vowels, so that no word that a person might choose is taken for one.
constexpr std::string_view kRandomLetters = "bcdfghjklmnpqrstvwxz0123456789";
constexpr std::chrono::seconds kLongestWait{60};

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

// A folder is replaced as a whole: whoever stands in it or below it would be left in the old one.
auto refuse_current_folder(const std::filesystem::path& target,
                           const std::filesystem::path& absolute) -> void {
  std::error_code error;
  const std::filesystem::path current = std::filesystem::current_path(error);
  const auto [at, rest] =
      std::mismatch(absolute.begin(), absolute.end(), current.begin(), current.end());
  if (!error && at == absolute.end()) {
    throw Failure(fmt::format(
        "cannot write artifacts to `{}`: it is replaced as a whole, and {}; name a folder below it",
        target.string(),
        rest == current.end() ? "is the current folder" : "holds the current folder"));
  }
}

// Whether `name` is `prefix` and what random_suffix() makes.
auto is_made_from(const std::string& name, const std::string& prefix) -> bool {
  return name.size() == prefix.size() + kRandomLength && name.starts_with(prefix) &&
         name.find_first_not_of(kRandomLetters, prefix.size()) == std::string::npos;
}

}  // namespace

auto find_target(const std::filesystem::path& path) -> std::optional<Target> {
  return open_parent(path, resolve(path));
}

auto make_target(const std::filesystem::path& path) -> Target {
  const std::filesystem::path absolute = resolve(path);
  refuse_current_folder(path, absolute);
  std::error_code error;
  std::filesystem::create_directories(absolute.parent_path(), error);
  if (error) {
    fail("create the folder", absolute.parent_path().string(), error.value());
  }
  auto opened = open_parent(path, absolute);
  if (!opened) {
    fail("open the folder", absolute.parent_path().string(), ENOENT);
  }
  return *std::move(opened);
}

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

void clean_up(const Target& target) {
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
      try {
        static_cast<void>(remove_owned(parent, entry.name));
      } catch (const Failure&) {
        // The run that left it has named it; it stands in nobody's way.
        continue;
      }
    }
  }
}

}  // namespace fedgate::output
