#include "schema/source/file_system.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <sys/stat.h>

#include "schema/base/failure.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"

using namespace fedgate::source;
using fedgate::test::TemporaryFolder;

namespace {

namespace fs = std::filesystem;
using Paths = std::vector<std::string>;

// The same files in a real folder and in memory: both file systems have to agree.
const std::vector<std::pair<std::string, std::string>> kFiles = {
    {"b.yaml", "b"},      {"a/z.yaml", "z"},      {"a/b/c.yml", "c"},
    {"a-b.yaml", "dash"}, {".hidden.yaml", "h"},  {".git/config.yaml", "g"},
    {"a/.x/y.yaml", "y"}, {"notes.txt", "notes"}, {"empty.yaml", ""},
};

const Paths kVisible = {"a-b.yaml", "a/b/c.yml", "a/z.yaml", "b.yaml", "empty.yaml", "notes.txt"};

auto below(const std::string& folder, const Paths& names) -> Paths {
  Paths paths;
  for (const std::string& name : names) {
    paths.push_back(folder + "/" + name);
  }
  return paths;
}

}  // namespace

TEST_CASE("a real folder is listed without what is hidden, in order", "[source]") {
  const TemporaryFolder folder;
  for (const auto& [name, text] : kFiles) {
    folder.write(name, text);
  }
  // A link to a file counts as the file; a link to a folder would lead in a circle.
  fs::create_symlink("b.yaml", folder.path() / "link.yaml");
  fs::create_directory_symlink(".", folder.path() / "loop");
  // A link to nothing must not pass silently for no file.
  fs::create_symlink("nowhere", folder.path() / "broken.yaml");
  const RealFileSystem files;
  Paths expected = below(folder.path().string(), kVisible);
  expected.push_back(folder / "link.yaml");
  expected.push_back(folder / "broken.yaml");
  std::sort(expected.begin(), expected.end());
  CHECK(files.list(folder.path().string()) == expected);
  CHECK_THROWS_AS(files.list(folder / "missing"), fedgate::Failure);
}

TEST_CASE("real entries have a kind", "[source]") {
  const TemporaryFolder folder;
  folder.write("a.yaml", "x");
  const RealFileSystem files;
  CHECK(files.kind(folder / "a.yaml") == EntryKind::file);
  CHECK(files.kind(folder.path().string()) == EntryKind::folder);
  CHECK(files.kind(folder / "missing") == EntryKind::missing);
  CHECK(files.kind(folder / "a.yaml/below") == EntryKind::missing);
  CHECK(files.kind("/dev/null") == EntryKind::other);
}

TEST_CASE("real files are read whole, up to a limit", "[source]") {
  const TemporaryFolder folder;
  const std::string bytes("a\0b\r\n\xFF", 6);
  folder.write("bytes", bytes);
  folder.write("large", std::string(200000, 'x'));
  folder.write("empty", "");
  const RealFileSystem files;
  const auto read = files.read(folder / "bytes", 6);
  REQUIRE(read.has_value());
  CHECK(*read == bytes);
  CHECK((*files.read(folder / "empty", 6)).empty());
  CHECK((*files.read(folder / "large", 200000)).size() == 200000);
  CHECK(files.read(folder / "large", 199999).error().kind == ReadError::Kind::too_large);
  CHECK(files.read(folder / "bytes", 5).error().kind == ReadError::Kind::too_large);
  CHECK(files.read(folder / "missing", 6).error().kind == ReadError::Kind::missing);
  const auto as_file = files.read(folder.path().string(), 6);
  REQUIRE_FALSE(as_file.has_value());
  CHECK(as_file.error().kind == ReadError::Kind::unreadable);
  CHECK_FALSE(as_file.error().detail.empty());
  // No size is known beforehand.
  CHECK((*files.read("/dev/null", 6)).empty());
  CHECK(files.read("/dev/zero", 100000).error().kind == ReadError::Kind::too_large);
}

TEST_CASE("files in memory look like a disk", "[source]") {
  std::map<std::string, std::string> contents;
  for (const auto& [name, text] : kFiles) {
    contents["spec/" + name] = text;
  }
  const MemoryFileSystem files(contents);
  CHECK(files.list("spec") == below("spec", kVisible));
  CHECK(files.list("spec/") == below("spec", kVisible));
  CHECK(files.list(".").size() == kVisible.size());
  CHECK(files.list("spec/a") == Paths{"spec/a/b/c.yml", "spec/a/z.yaml"});
  CHECK_THROWS_AS(files.list("spe"), fedgate::Failure);
  CHECK(files.kind("spec") == EntryKind::folder);
  CHECK(files.kind("spec/a/b") == EntryKind::folder);
  CHECK(files.kind("spec/b.yaml") == EntryKind::file);
  CHECK(files.kind("spec/b") == EntryKind::missing);
  CHECK(files.kind(".") == EntryKind::folder);
  CHECK(*files.read("spec/b.yaml", 1) == "b");
  CHECK(files.read("spec/a-b.yaml", 3).error().kind == ReadError::Kind::too_large);
  CHECK(files.read("spec/none", 3).error().kind == ReadError::Kind::missing);
}

namespace {

// The error's kind and detail; "read" where there is none.
auto outcome(const fedgate::Expected<std::string, ReadError>& result) -> std::string {
  if (result) {
    return *result;
  }
  switch (result.error().kind) {
    case ReadError::Kind::missing:
      return "missing";
    case ReadError::Kind::too_large:
      return "too large";
    case ReadError::Kind::unreadable:
      return "unreadable: " + result.error().detail;
    case ReadError::Kind::outside:
      return "outside";
    case ReadError::Kind::not_file:
      return "not a file: " + result.error().detail;
  }
  return {};
}

struct BelowCase {
  std::string path;
  std::string expected;
};

// Both file systems, with `spec` as the folder.
const std::map<std::string, std::string> kBelowFiles = {{"spec/certs/edge.pem", "edge"},
                                                        {"spec/root.pem", "root"},
                                                        {"spec2/near.pem", "near"},
                                                        {"outside/secret", "secret"}};
const std::map<std::string, std::string> kBelowLinks = {
    {"spec/inside.pem", "certs/edge.pem"},
    {"spec/certs/up.pem", "../root.pem"},
    {"spec/twice.pem", "inside.pem"},
    {"spec/out.pem", "../outside/secret"},
    {"spec/near.pem", "../spec2/near.pem"},
    {"spec/folder", "../outside"},
    {"spec/again", "certs"},
    {"spec/loop", "loop"},
    {"spec/broken.pem", "nowhere"},
    {"spec/absolute", "/dev/null"},
    {"spec/round.pem", "../spec/certs/edge.pem"},
    {"spec/all", "."}};
const std::vector<BelowCase> kBelowCases = {
    {"certs/edge.pem", "edge"},
    {"inside.pem", "edge"},
    {"certs/up.pem", "root"},
    {"twice.pem", "edge"},
    {"round.pem", "edge"},
    {"again/edge.pem", "edge"},
    {"all/all/root.pem", "root"},
    {"out.pem", "outside"},
    {"near.pem", "outside"},
    {"folder/secret", "outside"},
    {"absolute", "outside"},
    {"broken.pem", "missing"},
    {"none.pem", "missing"},
    {"root.pem/below", "missing"},
    {"certs", "not a file: a folder"},
    {"again", "not a file: a folder"},
    {"loop", "unreadable: Too many levels of symbolic links"}};

}  // namespace

TEST_CASE("below a real folder only its own files are read", "[source]") {
  const TemporaryFolder folder;
  for (const auto& [name, text] : kBelowFiles) {
    folder.write(name, text);
  }
  for (const auto& [name, target] : kBelowLinks) {
    fs::create_symlink(target, folder.path() / name);
  }
  const RealFileSystem files;
  for (const BelowCase& one : kBelowCases) {
    CAPTURE(one.path);
    CHECK(outcome(files.read_below(folder / "spec", one.path, 100)) == one.expected);
  }
  // A folder that is itself reached by a link, and one that is not there.
  fs::create_directory_symlink("spec", folder.path() / "alias");
  CHECK(outcome(files.read_below(folder / "alias", "root.pem", 4)) == "root");
  CHECK(outcome(files.read_below(folder / "alias", "root.pem", 3)) == "too large");
  CHECK(outcome(files.read_below(folder / "none", "root.pem", 4)) == "missing");
  // An absolute link that ends inside is as good as a relative one.
  fs::create_symlink(folder / "spec/root.pem", folder.path() / "spec/absolute.pem");
  CHECK(outcome(files.read_below(folder / "spec", "absolute.pem", 4)) == "root");
}

TEST_CASE("below a real folder nothing but regular files is opened", "[source]") {
  const TemporaryFolder folder;
  const std::string pipe = folder / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  const RealFileSystem files;
  // Opening the pipe would wait for a writer.
  CHECK(outcome(files.read_below(folder.path().string(), "pipe", 100)) == "not a file: a pipe");
  CHECK(outcome(files.read_below("/dev", "zero", 100)) == "not a file: a device");
}

TEST_CASE("below a folder in memory the same files are read", "[source]") {
  const MemoryFileSystem files(kBelowFiles, kBelowLinks);
  for (const BelowCase& one : kBelowCases) {
    CAPTURE(one.path);
    CHECK(outcome(files.read_below("spec", one.path, 100)) == one.expected);
  }
  CHECK(outcome(files.read_below("spec", "root.pem", 3)) == "too large");
  CHECK(outcome(files.read_below("", "spec/root.pem", 4)) == "root");
  CHECK(outcome(files.read_below("", "../spec/root.pem", 4)) == "outside");
}
