#include "schema/source/spec_files.h"

#include <atomic>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "schema/base/failure.h"
#include "schema/diag/sink.h"
#include "schema/source/parallel.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"

using namespace fedgate;
using namespace fedgate::source;
using fedgate::test::TemporaryFolder;

namespace {

using Paths = std::vector<std::string>;

auto make_files() -> MemoryFileSystem {
  return MemoryFileSystem({{"spec/gateway.yaml", "gateway: {}"},
                           {"spec/partners/a.yml", "partners: []"},
                           {"spec/partners/.draft.yaml", "x"},
                           {"spec/readme.md", "# text"},
                           {"spec/data.json", "{}"},
                           {"docs/readme.md", "# text"}});
}

auto find(const Paths& paths) -> Paths {
  const MemoryFileSystem files = make_files();
  const auto found = find_spec_files(files, paths);
  REQUIRE(found.has_value());
  return *found;
}

auto find_error(const Paths& paths) -> std::string {
  const MemoryFileSystem files = make_files();
  const auto found = find_spec_files(files, paths);
  REQUIRE_FALSE(found.has_value());
  return found.error().message();
}

}  // namespace

TEST_CASE("what compile wrote is no spec", "[source]") {
  const MemoryFileSystem files(
      {{"spec/gateway.yaml", "gateway: {}"},
       {"spec/out/manifest.json", "{\n  \"version\": 1,\n  \"fedgate\": \"0.1.0\",\n"},
       {"spec/out/ejabberd/fedgate.yml", "acl: {}"},
       {"spec/other/manifest.json", "{}"},
       {"spec/other/partners.yaml", "partners: []"}});
  const auto found = find_spec_files(files, Paths{"spec"});
  REQUIRE(found.has_value());
  CHECK(*found == Paths{"spec/gateway.yaml", "spec/other/partners.yaml"});
}

TEST_CASE("a folder stands for its YAML files", "[source]") {
  const Paths folder = {"spec/gateway.yaml", "spec/partners/a.yml"};
  CHECK(find({"spec"}) == folder);
  CHECK(find({"spec/"}) == folder);
  CHECK(find({}) == folder);
}

TEST_CASE("a named file is read whatever its ending", "[source]") {
  CHECK(find({"spec/data.json", "spec/readme.md"}) == Paths{"spec/data.json", "spec/readme.md"});
  CHECK(find({"spec/partners/.draft.yaml"}) == Paths{"spec/partners/.draft.yaml"});
  CHECK(find({"-"}) == Paths{"-"});
}

TEST_CASE("a file named twice is read once, at its first place", "[source]") {
  CHECK(find({"spec/partners/a.yml", "spec", "spec/partners/a.yml", "-", "-"}) ==
        Paths{"spec/partners/a.yml", "spec/gateway.yaml", "-"});
}

TEST_CASE("a path with nothing to read is an error that names it", "[source]") {
  CHECK(find_error({"spec", "none"}) == "`none` does not exist");
  CHECK(find_error({"docs"}) == "folder `docs` holds no *.yaml and no *.yml file");
}

TEST_CASE("a link brings nothing into a folder that it does not hold", "[source]") {
  const TemporaryFolder outside;
  outside.write("secret.yaml", "password: hunter2");
  const TemporaryFolder folder;
  folder.write("spec/gateway.yaml", "gateway: {}");
  std::filesystem::create_symlink("gateway.yaml", folder.path() / "spec/same.yaml");
  std::filesystem::create_symlink(outside / "secret.yaml", folder.path() / "spec/notes.txt");
  const std::string spec = folder / "spec";
  const RealFileSystem files;
  CHECK(find_spec_files(files, Paths{spec}).has_value());
  std::filesystem::create_symlink(outside / "secret.yaml", folder.path() / "spec/more.yaml");
  const auto found = find_spec_files(files, Paths{spec});
  REQUIRE_FALSE(found.has_value());
  CHECK(found.error().message() ==
        "`" + spec +
            "/more.yaml` is a link to a file outside of its folder; give that file as a path of "
            "its own");
  CHECK(find_spec_files(files, Paths{spec + "/more.yaml"}).has_value());
}

TEST_CASE("a path through a linked folder keeps its meaning", "[source]") {
  const TemporaryFolder folder;
  folder.write("real/inner/a.yaml", "inner");
  folder.write("real/b.yaml", "the one that is meant");
  folder.write("b.yaml", "another one");
  std::filesystem::create_directory_symlink("real/inner", folder.path() / "link");
  const RealFileSystem files;
  const Paths paths = {folder / "link/../b.yaml", folder / "real/../b.yaml"};
  CHECK(*find_spec_files(files, paths) == Paths{folder / "link/../b.yaml", folder / "b.yaml"});
}

TEST_CASE("sources are loaded in order", "[source]") {
  const MemoryFileSystem files = make_files();
  diag::Sink sink;
  const Paths paths = {"spec/partners/a.yml", "-", "spec/gateway.yaml"};
  const LoadedSources loaded = load_sources(files, paths, "from: input", sink);
  CHECK(loaded.readable == std::vector<FileId>{0, 1, 2});
  CHECK(loaded.sources[0].name == "spec/partners/a.yml");
  CHECK(loaded.sources[1].name == "<stdin>");
  CHECK(loaded.sources[1].text == "from: input");
  CHECK(loaded.sources[2].text == "gateway: {}");
  CHECK(sink.findings().empty());
}

TEST_CASE("many files are loaded in order too", "[source]") {
  std::map<std::string, std::string> contents;
  Paths paths;
  for (int i = 0; i < 500; ++i) {
    paths.push_back(std::to_string(i) + ".yaml");
    contents[paths.back()] = "text " + std::to_string(i);
  }
  const MemoryFileSystem files(contents);
  diag::Sink sink;
  const LoadedSources loaded = load_sources(files, paths, {}, sink);
  REQUIRE(loaded.readable.size() == 500);
  for (FileId i = 0; i < 500; ++i) {
    CHECK(loaded.sources[i].text == "text " + std::to_string(i));
  }
}

TEST_CASE("a file over the limit is a finding, and the others are read", "[source]") {
  const MemoryFileSystem files(
      {{"a.yaml", std::string(kLargestFile + 1, '#')}, {"b.yaml", "b: 1"}});
  diag::Sink sink;
  const Paths paths = {"a.yaml", "b.yaml"};
  const LoadedSources loaded = load_sources(files, paths, {}, sink);
  CHECK(loaded.readable == std::vector<FileId>{1});
  REQUIRE(sink.findings().size() == 1);
  CHECK(sink.findings()[0].code == "YML002");
  CHECK(loaded.sources[sink.findings()[0].where.file].name == "a.yaml");
}

TEST_CASE("a file that cannot be read stops the run", "[source]") {
  const std::map<std::string, std::string> contents = {{"b.yaml", "b: 1"}};
  const MemoryFileSystem files(contents);
  diag::Sink sink;
  const Paths paths = {"gone.yaml", "b.yaml"};
  CHECK_THROWS_WITH(load_sources(files, paths, {}, sink),
                    Catch::Matchers::StartsWith("cannot read `gone.yaml`: "));
}

TEST_CASE("parallel work is done once each, and an exception arrives", "[source]") {
  std::vector<std::atomic<int>> counts(1000);
  run_parallel(counts.size(), 4, [&](std::size_t i) { ++counts[i]; });
  int wrong = 0;
  for (const std::atomic<int>& count : counts) {
    wrong += count == 1 ? 0 : 1;
  }
  CHECK(wrong == 0);
  run_parallel(0, 4, [](std::size_t) { throw std::runtime_error("never"); });
  CHECK_THROWS_AS(run_parallel(10, 3,
                               [](std::size_t i) {
                                 if (i == 7) {
                                   throw Failure("seven");
                                 }
                               }),
                  Failure);
}
