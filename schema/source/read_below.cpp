// RealFileSystem::read_below. A descriptor opened with O_PATH names a file and touches nothing of
// it, neither a pipe's other end nor a device; where it stands and what it is are asked of that
// very descriptor, and reading opens it again, so that no link changed meanwhile counts.
#include <array>
#include <cerrno>
#include <climits>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "schema/source/file_system.h"
#include "schema/source/unreadable.h"

namespace fedgate::source {

namespace {

using Kind = ReadError::Kind;

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  auto operator=(const Descriptor&) -> Descriptor& = delete;
  Descriptor(Descriptor&&) = delete;
  auto operator=(Descriptor&&) -> Descriptor& = delete;
  ~Descriptor() {
    if (is_open()) {
      static_cast<void>(::close(number_));
    }
  }

  [[nodiscard]] auto is_open() const -> bool { return number_ >= 0; }
  [[nodiscard]] auto number() const -> int { return number_; }
  // The name under which the system tells where it stands (proc(5)).
  [[nodiscard]] auto system_path() const -> std::string {
    return "/proc/self/fd/" + std::to_string(number_);
  }

 private:
  int number_;
};

// The absolute path of an open file without links; the error number where the system cannot tell.
auto place_of(const Descriptor& descriptor) -> Expected<std::string, int> {
  std::array<char, PATH_MAX> buffer{};
  const ssize_t length = ::readlink(descriptor.system_path().c_str(), buffer.data(), buffer.size());
  if (length < 0) {
    return Unexpected{errno};
  }
  if (static_cast<std::size_t>(length) == buffer.size()) {
    return Unexpected{ENAMETOOLONG};
  }
  return std::string(buffer.data(), static_cast<std::size_t>(length));
}

auto stands_below(const std::string& folder, const std::string& place) -> bool {
  return folder == "/" ||
         (place.starts_with(folder) && place.size() > folder.size() && place[folder.size()] == '/');
}

auto kind_phrase(mode_t mode) -> std::string_view {
  if (S_ISDIR(mode)) {
    return "a folder";
  }
  if (S_ISFIFO(mode)) {
    return "a pipe";
  }
  return S_ISSOCK(mode) ? "a socket" : "a device";
}

auto read_all(const Descriptor& file, std::size_t limit) -> Expected<std::string, ReadError> {
  std::string text;
  std::array<char, 65'536> chunk{};
  for (;;) {
    const ssize_t count = ::read(file.number(), chunk.data(), chunk.size());
    if (count == 0) {
      return text;
    }
    if (count < 0 && errno != EINTR) {
      return unreadable(errno);
    }
    if (count > 0) {
      text.append(chunk.data(), static_cast<std::size_t>(count));
    }
    if (text.size() > limit) {
      return Unexpected{ReadError{Kind::too_large, {}}};
    }
  }
}

// The error where the open file is none that may be read.
auto refusal(const Descriptor& folder, const Descriptor& place, std::size_t limit)
    -> std::optional<Unexpected<ReadError>> {
  const auto folder_path = place_of(folder);
  const auto place_path = place_of(place);
  if (!folder_path || !place_path) {
    return unreadable(folder_path ? place_path.error() : folder_path.error());
  }
  if (!stands_below(*folder_path, *place_path)) {
    return Unexpected{ReadError{Kind::outside, {}}};
  }
  struct stat state {};
  if (::fstat(place.number(), &state) != 0) {
    return unreadable(errno);
  }
  if (!S_ISREG(state.st_mode)) {
    return Unexpected{ReadError{Kind::not_file, std::string(kind_phrase(state.st_mode))}};
  }
  if (static_cast<std::uintmax_t>(state.st_size) > limit) {
    return Unexpected{ReadError{Kind::too_large, {}}};
  }
  return std::nullopt;
}

}  // namespace

auto RealFileSystem::read_below(const std::string& folder, const std::string& path,
                                std::size_t limit) const -> Expected<std::string, ReadError> {
  const Descriptor root(
      ::open(folder.empty() ? "." : folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!root.is_open()) {
    return unreadable(errno);
  }
  const Descriptor place(::openat(root.number(), path.c_str(), O_PATH | O_CLOEXEC));
  if (!place.is_open()) {
    return unreadable(errno);
  }
  if (const auto error = refusal(root, place, limit)) {
    return *error;
  }
  const Descriptor file(::open(place.system_path().c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  if (!file.is_open()) {
    return unreadable(errno);
  }
  return read_all(file, limit);
}

}  // namespace fedgate::source
