#include "compiler/output/replace_file.h"

#include <cerrno>
#include <deque>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "compiler/output/descriptor.h"
#include "schema/base/failure.h"

namespace fedgate::output {

namespace {

// The file that `path` names once links are followed; `path` itself where nothing is there yet.
auto resolve(const std::string& path) -> std::filesystem::path {
  std::error_code error;
  auto real = std::filesystem::canonical(path, error);
  return error ? std::filesystem::path(path) : real;
}

// A new file beside the one that it is to replace; removed again unless it took its place.
class Replacement {
 public:
  // `folder` is a descriptor of `target`'s folder and outlives this; `path` is for messages.
  Replacement(int folder, const std::filesystem::path& target, std::string path)
      : folder_(folder),
        path_(std::move(path)),
        name_(target.filename().string()),
        fresh_(fmt::format(".{}.fedgate-{}", name_, getpid())) {}
  Replacement(const Replacement&) = delete;
  auto operator=(const Replacement&) -> Replacement& = delete;
  Replacement(Replacement&&) = delete;
  auto operator=(Replacement&&) -> Replacement& = delete;
  ~Replacement() {
    if (is_waiting_) {
      static_cast<void>(unlinkat(folder_, fresh_.c_str(), 0));
    }
  }

  void write(std::string_view text);

  void take_place() {
    if (renameat(folder_, fresh_.c_str(), folder_, name_.c_str()) != 0) {
      fail("replace", path_, errno);
    }
    is_waiting_ = false;
    sync_folder(folder_, path_);
  }

 private:
  // What the new file keeps of the old one.
  void keep_attributes(const struct stat& old) const;

  int folder_;
  std::string path_;
  std::string name_;
  std::string fresh_;
  // The new file may be there, and has not taken its place.
  bool is_waiting_ = false;
};

void Replacement::write(std::string_view text) {
  struct stat old = {};
  const bool exists = fstatat(folder_, name_.c_str(), &old, 0) == 0;
  if (exists && !S_ISREG(old.st_mode)) {
    throw Failure(fmt::format("`{}` is no regular file; it was left alone", path_));
  }
  is_waiting_ = true;
  write_new(folder_, fresh_, text, path_);
  if (exists) {
    keep_attributes(old);
  }
}

void Replacement::keep_attributes(const struct stat& old) const {
  constexpr mode_t kPermissions = 07777;
  if (fchmodat(folder_, fresh_.c_str(), old.st_mode & kPermissions, 0) != 0) {
    fail("set the permissions of", path_, errno);
  }
  // Only root can give a file away, and whoever cannot has made a file of its own.
  if (fchownat(folder_, fresh_.c_str(), old.st_uid, old.st_gid, 0) != 0 && errno != EPERM) {
    fail("keep the owner of", path_, errno);
  }
}

// Each folder once, however many files of it are replaced.
class Folders {
 public:
  auto open_parent(const std::filesystem::path& target) -> int {
    const std::string parent = target.has_parent_path() ? target.parent_path().string() : ".";
    const auto known = folders_.find(parent);
    if (known != folders_.end()) {
      return known->second.number();
    }
    Descriptor folder(open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.number() < 0) {
      fail("open the folder", parent, errno);
    }
    return folders_.emplace(parent, std::move(folder)).first->second.number();
  }

 private:
  std::map<std::string, Descriptor> folders_;
};

}  // namespace

auto create_file(const std::string& path, std::string_view text) -> bool {
  const std::filesystem::path target(path);
  Folders folders;
  const int folder = folders.open_parent(target);
  const std::string name = target.filename().string();
  if (type_of(folder, name) != EntryType::missing) {
    return false;
  }
  write_new(folder, name, text, path);
  sync_folder(folder, path);
  return true;
}

void replace_files(const std::map<std::string, std::string>& texts) {
  Folders folders;
  std::deque<Replacement> replacements;
  for (const auto& [path, text] : texts) {
    const std::filesystem::path target = resolve(path);
    replacements.emplace_back(folders.open_parent(target), target, path).write(text);
  }
  for (Replacement& replacement : replacements) {
    replacement.take_place();
  }
}

void replace_file(const std::string& path, std::string_view text) {
  replace_files({{path, std::string(text)}});
}

}  // namespace fedgate::output
