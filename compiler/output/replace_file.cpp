#include "compiler/output/replace_file.h"

#include <cerrno>
#include <filesystem>
#include <optional>
#include <system_error>

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

// Removes the new file again unless it took its place.
class Temporary {
 public:
  Temporary(int folder, std::string name) : folder_(folder), name_(std::move(name)) {}
  Temporary(const Temporary&) = delete;
  auto operator=(const Temporary&) -> Temporary& = delete;
  Temporary(Temporary&&) = delete;
  auto operator=(Temporary&&) -> Temporary& = delete;
  ~Temporary() {
    if (!name_.empty()) {
      static_cast<void>(unlinkat(folder_, name_.c_str(), 0));
    }
  }
  void keep() { name_.clear(); }

 private:
  int folder_;
  std::string name_;
};

}  // namespace

void replace_file(const std::string& path, std::string_view text) {
  const std::filesystem::path target = resolve(path);
  const std::string parent = target.has_parent_path() ? target.parent_path().string() : ".";
  const std::string name = target.filename().string();
  const Descriptor folder(open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.number() < 0) {
    fail("open the folder", parent, errno);
  }
  struct stat status = {};
  const bool exists = fstatat(folder.number(), name.c_str(), &status, 0) == 0;
  if (exists && !S_ISREG(status.st_mode)) {
    throw Failure(fmt::format("`{}` is no regular file; it was left alone", path));
  }
  const std::string fresh = fmt::format(".{}.fedgate-{}", name, getpid());
  Temporary temporary(folder.number(), fresh);
  write_new(folder.number(), fresh, text, path);
  constexpr mode_t kPermissions = 07777;
  if (exists && fchmodat(folder.number(), fresh.c_str(), status.st_mode & kPermissions, 0) != 0) {
    fail("set the permissions of", path, errno);
  }
  // Only root can give a file away, and whoever cannot has made a file of its own.
  if (exists && fchownat(folder.number(), fresh.c_str(), status.st_uid, status.st_gid, 0) != 0 &&
      errno != EPERM) {
    fail("keep the owner of", path, errno);
  }
  if (renameat(folder.number(), fresh.c_str(), folder.number(), name.c_str()) != 0) {
    fail("replace", path, errno);
  }
  temporary.keep();
  sync_folder(folder.number(), path);
}

}  // namespace fedgate::output
