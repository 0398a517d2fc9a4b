#include "compiler/output/descriptor.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <system_error>

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "schema/base/failure.h"

namespace fedgate::output {

namespace {

constexpr unsigned kFileMode = 0644;
constexpr std::size_t kPiece = 64U << 10U;

struct CloseFolder {
  auto operator()(DIR* folder) const -> void { static_cast<void>(closedir(folder)); }
};

auto to_type(unsigned mode) -> EntryType {
  if (S_ISREG(mode)) {
    return EntryType::file;
  }
  return S_ISDIR(mode) ? EntryType::folder : EntryType::other;
}

// read(2), again where a signal came in between; 0 at the end.
auto read_piece(int file, char* begin, std::size_t size, const std::string& name) -> std::size_t {
  for (;;) {
    const ssize_t got = read(file, begin, size);
    if (got >= 0) {
      return static_cast<std::size_t>(got);
    }
    if (errno != EINTR) {
      fail("read", name, errno);
    }
  }
}

// A regular file open for reading; none where something else stands there.
auto open_regular(int folder, const std::string& name) -> std::optional<Descriptor> {
  // A pipe would make open(2) wait for its other end.
  Descriptor file(openat(folder, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (file.number() < 0) {
    if (errno == ENOENT || errno == ELOOP || errno == ENOTDIR || errno == ENXIO) {
      return std::nullopt;
    }
    fail("read", name, errno);
  }
  struct stat status = {};
  if (fstat(file.number(), &status) != 0) {
    fail("read", name, errno);
  }
  if (!S_ISREG(status.st_mode)) {
    return std::nullopt;
  }
  return file;
}

}  // namespace

Descriptor::~Descriptor() {
  if (number_ >= 0) {
    static_cast<void>(close(number_));
  }
}

void fail(std::string_view action, std::string_view path, int error) {
  throw Failure(
      fmt::format("cannot {} `{}`: {}", action, path, std::generic_category().message(error)));
}

auto open_folder(int parent, const std::string& name) -> std::optional<Descriptor> {
  Descriptor folder(openat(parent, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (folder.number() >= 0) {
    return folder;
  }
  if (errno == ENOENT || errno == ENOTDIR || errno == ELOOP) {
    return std::nullopt;
  }
  fail("open the folder", name, errno);
}

auto open_place(int folder, const std::string& path) -> std::optional<Place> {
  auto current = open_folder(folder, ".");
  std::size_t begin = 0;
  for (std::size_t end = path.find('/'); current && end != std::string::npos;
       end = path.find('/', begin)) {
    current = open_folder(current->number(), path.substr(begin, end - begin));
    begin = end + 1;
  }
  if (!current) {
    return std::nullopt;
  }
  return Place{*std::move(current), path.substr(begin)};
}

auto type_of(int folder, const std::string& name) -> EntryType {
  struct stat status = {};
  if (fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0) {
    return to_type(status.st_mode);
  }
  if (errno == ENOENT) {
    return EntryType::missing;
  }
  fail("look at", name, errno);
}

auto list_folder(int folder) -> std::vector<FolderEntry> {
  // fdopendir(3) takes the descriptor over, and reading moves it; so it gets one of its own.
  const int own = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (own < 0) {
    fail("list", ".", errno);
  }
  const std::unique_ptr<DIR, CloseFolder> stream(fdopendir(own));
  if (stream == nullptr) {
    const int error = errno;
    static_cast<void>(close(own));
    fail("list", ".", error);
  }
  std::vector<FolderEntry> entries;
  for (;;) {
    errno = 0;
    const dirent* entry = readdir(stream.get());
    if (entry == nullptr) {
      break;
    }
    const std::string name = entry->d_name;
    if (name != "." && name != "..") {
      entries.push_back({name, type_of(folder, name)});
    }
  }
  if (errno != 0) {
    fail("list", ".", errno);
  }
  std::ranges::sort(entries, {}, &FolderEntry::name);
  return entries;
}

auto read_regular(int folder, const std::string& name, std::size_t limit)
    -> std::optional<std::string> {
  const auto file = open_regular(folder, name);
  if (!file) {
    return std::nullopt;
  }
  std::string text;
  std::vector<char> piece(kPiece);
  for (;;) {
    const std::size_t got = read_piece(file->number(), piece.data(), piece.size(), name);
    if (got == 0) {
      return text;
    }
    if (got > limit - text.size()) {
      return std::nullopt;
    }
    text.append(piece.data(), got);
  }
}

auto has_content(int folder, const std::string& name, std::string_view text) -> bool {
  const auto file = open_regular(folder, name);
  if (!file) {
    return false;
  }
  std::vector<char> piece(kPiece);
  for (;;) {
    const std::size_t got = read_piece(file->number(), piece.data(), piece.size(), name);
    if (got == 0) {
      return text.empty();
    }
    if (got > text.size() || std::memcmp(piece.data(), text.data(), got) != 0) {
      return false;
    }
    text.remove_prefix(got);
  }
}

void write_new(int folder, const std::string& name, std::string_view text, std::string_view path) {
  const Descriptor file(openat(folder, name.c_str(),
                               O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, kFileMode));
  if (file.number() < 0) {
    fail("create", path, errno);
  }
  while (!text.empty()) {
    const ssize_t written = write(file.number(), text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      fail("write", path, errno);
    }
  }
  if (fsync(file.number()) != 0) {
    fail("write", path, errno);
  }
}

void sync_folder(int folder, std::string_view path) {
  // Some file systems have no way to sync a folder, and say so.
  if (fsync(folder) != 0 && errno != EINVAL && errno != ENOTSUP) {
    fail("write", path, errno);
  }
}

}  // namespace fedgate::output
