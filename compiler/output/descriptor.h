// Files and folders by descriptor, so that no step follows a symbolic link or meets another folder
// than the one before. Private to compiler/output.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fedgate::output {

// Owns an open file.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  auto operator=(const Descriptor&) -> Descriptor& = delete;
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  auto operator=(Descriptor&& other) noexcept -> Descriptor& {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor();

  [[nodiscard]] auto number() const -> int { return number_; }

 private:
  int number_ = -1;
};

enum class EntryType { missing, file, folder, other };

struct FolderEntry {
  std::string name;
  EntryType type = EntryType::other;
};

// Throws Failure: "cannot ACTION `PATH`: " and what the system says of `error`.
[[noreturn]] void fail(std::string_view action, std::string_view path, int error);

// A folder of `parent` (a descriptor number); none where there is none of that name, or something
// else.
[[nodiscard]] auto open_folder(int parent, const std::string& name) -> std::optional<Descriptor>;

// The folder that holds the last component of `path` below `folder`, and that component; none where
// a folder on the way is missing.
struct Place {
  Descriptor folder;
  std::string name;
};
[[nodiscard]] auto open_place(int folder, const std::string& path) -> std::optional<Place>;

// What stands there; a symbolic link is `other`.
[[nodiscard]] auto type_of(int folder, const std::string& name) -> EntryType;

// All entries but `.` and `..`, sorted by name.
[[nodiscard]] auto list_folder(int folder) -> std::vector<FolderEntry>;

// The bytes of a regular file; none where there is no such file, or where it has more than `limit`
// bytes.
[[nodiscard]] auto read_regular(int folder, const std::string& name, std::size_t limit)
    -> std::optional<std::string>;

// Whether a regular file has exactly these bytes.
[[nodiscard]] auto has_content(int folder, const std::string& name, std::string_view text) -> bool;

// Makes a new file with these bytes and syncs it; `path` is for messages.
void write_new(int folder, const std::string& name, std::string_view text, std::string_view path);

// Syncs a folder's entries; `path` is for messages.
void sync_folder(int folder, std::string_view path);

}  // namespace fedgate::output
