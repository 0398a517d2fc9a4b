#include "compiler/output/folder.h"

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <thread>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "schema/base/failure.h"
#include "tests/support/catch.h"
#include "tests/support/sample_artifacts.h"
#include "tests/support/temporary_folder.h"

using namespace fedgate;
using output::Artifact;
using output::Difference;
using output::Refusal;
using output::write_folder;
using test::TemporaryFolder;

namespace fs = std::filesystem;

namespace {

auto put(const fs::path& path, const std::string& text) -> void {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

auto get(const fs::path& path) -> std::string {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

// Every entry below `folder` with its content; a folder ends with `/`, a symbolic link is "->
// target".
auto tree(const fs::path& folder) -> std::map<std::string, std::string> {
  std::map<std::string, std::string> entries;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string path = entry.path().lexically_relative(folder).string();
    if (entry.is_symlink()) {
      entries[path] = "-> " + fs::read_symlink(entry.path()).string();
    } else if (entry.is_directory()) {
      entries[path + "/"] = "";
    } else {
      entries[path] = get(entry.path());
    }
  }
  return entries;
}

auto old_artifacts() -> std::vector<Artifact> {
  return test::with_manifest(
      {{"gateway.json", "old"}, {"zones/contoso.com.zone", "old"}, {"csr/a/edge.cnf", "old"}});
}

auto new_artifacts() -> std::vector<Artifact> {
  return test::with_manifest({{"gateway.json", "new"}, {"zones/fabrikam.com.zone", "new"}});
}

// What `tree` shows of a folder that holds exactly these artifacts.
auto as_tree(const std::vector<Artifact>& artifacts) -> std::map<std::string, std::string> {
  std::map<std::string, std::string> entries;
  for (const Artifact& artifact : artifacts) {
    entries[artifact.path] = artifact.text;
    for (fs::path folder = fs::path(artifact.path).parent_path(); !folder.empty();
         folder = folder.parent_path()) {
      entries[folder.string() + "/"] = "";
    }
  }
  return entries;
}

auto mode_of(const fs::path& path) -> unsigned {
  return static_cast<unsigned>(fs::status(path).permissions());
}

auto names_in(const fs::path& folder) -> std::vector<std::string> {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

// The sentence of the Failure that the call throws.
template <typename Call>
auto failure_of(Call call) -> std::string {
  try {
    call();
  } catch (const Failure& failure) {
    return failure.what();
  }
  return "no failure";
}

}  // namespace

TEST_CASE("artifacts become a new folder, with the parents that it needs") {
  const TemporaryFolder scratch;
  const fs::path target = scratch.path() / "a/b/out";
  const auto written = write_folder(target, old_artifacts());
  REQUIRE(written.has_value());
  CHECK(written->files == 4);
  CHECK_FALSE(written->replaced);
  CHECK(tree(target) == as_tree(old_artifacts()));
  CHECK(names_in(target.parent_path()) == std::vector<std::string>{"out"});
}

TEST_CASE("new folders and files have the usual permissions minus the umask") {
  const TemporaryFolder scratch;
  const fs::path target = scratch.path() / "out";
  const mode_t before = umask(027);
  const auto written = write_folder(target, old_artifacts());
  static_cast<void>(umask(before));
  REQUIRE(written.has_value());
  CHECK(mode_of(target) == 0750);
  CHECK(mode_of(target / "csr/a") == 0750);
  CHECK(mode_of(target / "csr/a/edge.cnf") == 0640);
}

TEST_CASE("a folder of artifacts is replaced as a whole") {
  const bool may_exchange = GENERATE(true, false);
  const TemporaryFolder scratch;
  const fs::path target = scratch.path() / "out";
  REQUIRE(write_folder(target, old_artifacts()).has_value());
  fs::permissions(target, fs::perms(0700));
  // A listed file is fedgate's, whatever was done to it.
  put(target / "gateway.json", "changed by hand");
  const auto written = write_folder(target, new_artifacts(), {may_exchange});
  REQUIRE(written.has_value());
  CHECK(written->files == 3);
  CHECK(written->replaced);
  CHECK(tree(target) == as_tree(new_artifacts()));
  CHECK(mode_of(target) == 0700);
  CHECK(names_in(scratch.path()) == std::vector<std::string>{"out"});
}

TEST_CASE("an empty folder is filled and keeps its permissions") {
  const TemporaryFolder scratch;
  const fs::path target = scratch.path() / "out";
  fs::create_directory(target);
  fs::permissions(target, fs::perms(0711));
  const auto written = write_folder(target, new_artifacts());
  REQUIRE(written.has_value());
  CHECK_FALSE(written->replaced);
  CHECK(tree(target) == as_tree(new_artifacts()));
  CHECK(mode_of(target) == 0711);
}

TEST_CASE("a file that fedgate did not write stops the run and stays") {
  const TemporaryFolder scratch;
  const fs::path target = scratch.path() / "out";
  REQUIRE(write_folder(target, old_artifacts()).has_value());
  put(target / "notes.txt", "mine");
  put(target / "zones/other.db", "mine");
  put(target / "certs/deep/edge.pem", "mine");
  fs::create_directory(target / "csr/empty");
  put(scratch.path() / "elsewhere", "mine");
  fs::remove(target / "gateway.json");
  fs::create_symlink(scratch.path() / "elsewhere", target / "gateway.json");
  const auto before = tree(scratch.path());

  const auto written = write_folder(target, new_artifacts());
  REQUIRE_FALSE(written.has_value());
  CHECK(written.error().reason == Refusal::Reason::foreign_files);
  CHECK(written.error().files == std::vector<std::string>{"certs/", "csr/empty/", "gateway.json",
                                                          "notes.txt", "zones/other.db"});
  CHECK(output::to_text(written.error(), "out") ==
        "`out` holds what fedgate did not write: `certs/`, `csr/empty/`, `gateway.json`, "
        "`notes.txt`, "
        "`zones/other.db`");
  CHECK(tree(scratch.path()) == before);
}

TEST_CASE(
    "a folder in the place of a listed file, and a link in the place of its folder, are foreign") {
  const TemporaryFolder scratch;
  const fs::path target = scratch.path() / "out";
  REQUIRE(write_folder(target, old_artifacts()).has_value());
  fs::remove(target / "gateway.json");
  put(target / "gateway.json/x", "mine");
  fs::rename(target / "zones", scratch.path() / "moved");
  fs::create_directory_symlink(scratch.path() / "moved", target / "zones");
  const auto before = tree(scratch.path());
  const auto written = write_folder(target, new_artifacts());
  REQUIRE_FALSE(written.has_value());
  CHECK(written.error().files == std::vector<std::string>{"gateway.json/", "zones"});
  CHECK(tree(scratch.path()) == before);
}

TEST_CASE("a folder without a manifest of fedgate is foreign as a whole") {
  struct Row {
    std::string name;
    std::string manifest;
  };
  const std::string digest(64, 'a');
  const auto row = GENERATE_COPY(values<Row>(
      {{"no manifest", ""},
       {"no JSON", "{"},
       {"another program's", R"({"name": "app", "icons": []})"},
       {"not an array", R"({"artifacts": {}})"},
       {"no digest", R"({"artifacts": [{"path": "notes.txt"}]})"},
       {"no object", R"({"artifacts": ["notes.txt"]})"},
       {"a path upwards", R"({"artifacts": [{"path": "../x", "sha256": ")" + digest + R"("}]})"},
       {"an absolute path", R"({"artifacts": [{"path": "/x", "sha256": ")" + digest + R"("}]})"},
       {"a folder's path", R"({"artifacts": [{"path": "x/", "sha256": ")" + digest + R"("}]})"}}));
  INFO(row.name);
  const TemporaryFolder scratch;
  const fs::path target = scratch.path() / "out";
  put(target / "notes.txt", "mine");
  std::vector<std::string> expected = {"notes.txt"};
  if (!row.manifest.empty()) {
    put(target / "manifest.json", row.manifest);
    expected.insert(expected.begin(), "manifest.json");
  }
  const auto before = tree(scratch.path());
  const auto written = write_folder(target, new_artifacts());
  REQUIRE_FALSE(written.has_value());
  CHECK(written.error().reason == Refusal::Reason::no_manifest);
  CHECK(written.error().files == expected);
  CHECK(tree(scratch.path()) == before);
}

TEST_CASE("a refusal names ten files at most") {
  Refusal refusal{Refusal::Reason::no_manifest, {}};
  for (int i = 0; i < 12; ++i) {
    refusal.files.push_back(std::string(1, static_cast<char>('a' + i)));
  }
  CHECK(output::to_text(refusal, "out") ==
        "`out` is not empty and was not written by fedgate; it holds `a`, `b`, `c`, `d`, `e`, `f`, "
        "`g`, `h`, "
        "`i`, `j` and 2 more");
}

TEST_CASE("a target that is no folder is left alone") {
  const TemporaryFolder scratch;
  put(scratch.path() / "out", "mine");
  const auto written = write_folder(scratch.path() / "out", new_artifacts());
  REQUIRE_FALSE(written.has_value());
  CHECK(written.error().reason == Refusal::Reason::not_a_folder);
  CHECK(output::to_text(written.error(), "out") == "`out` is not a folder");
  CHECK(tree(scratch.path()) == std::map<std::string, std::string>{{"out", "mine"}});
}

TEST_CASE("a target may be a link to a folder, and stays one") {
  const TemporaryFolder scratch;
  const fs::path real = scratch.path() / "real/out";
  const fs::path link = scratch.path() / "link";
  fs::create_directory_symlink("real/out", link);
  CHECK(failure_of([&] { static_cast<void>(write_folder(link, old_artifacts())); }) ==
        "cannot find the folder `" + link.string() + "`: No such file or directory");
  fs::create_directories(real);
  REQUIRE(write_folder(link, old_artifacts()).has_value());
  REQUIRE(write_folder(link.string() + "/", new_artifacts()).has_value());
  CHECK(fs::is_symlink(link));
  CHECK(tree(real) == as_tree(new_artifacts()));
  CHECK(names_in(real.parent_path()) == std::vector<std::string>{"out"});
}

TEST_CASE("spellings of a target lead to the same folder") {
  const TemporaryFolder scratch;
  const fs::path target = scratch.path() / "out";
  for (const std::string text : {"out", "out/", "./out", "a/../out", "out/."}) {
    INFO("target: " << text);
    REQUIRE(write_folder(scratch.path() / text, new_artifacts()).has_value());
    CHECK(tree(target) == as_tree(new_artifacts()));
  }
  CHECK(names_in(scratch.path()) == std::vector<std::string>{"out"});
  CHECK_THAT(failure_of([] { static_cast<void>(write_folder("/", new_artifacts())); }),
             Catch::Matchers::ContainsSubstring("name a folder below it"));
}

TEST_CASE("left-overs of killed runs are removed, and nothing else") {
  const TemporaryFolder scratch;
  const fs::path target = scratch.path() / "out";
  // Killed while it wrote: a manifest and some of the files.
  const auto artifacts = old_artifacts();
  put(scratch.path() / ".out.fedgate-b1b1b1/manifest.json", artifacts.front().text);
  put(scratch.path() / ".out.fedgate-b1b1b1/zones/contoso.com.zone", "o");
  // Killed in the first file, and before it.
  put(scratch.path() / ".out.fedgate-bbbbbb/manifest.json", R"({"artifacts": [)");
  fs::create_directory(scratch.path() / ".out.fedgate-cccccc");
  // Somebody put a file there.
  put(scratch.path() / ".out.fedgate-dddddd/manifest.json", artifacts.front().text);
  put(scratch.path() / ".out.fedgate-dddddd/gateway.json", "old");
  put(scratch.path() / ".out.fedgate-dddddd/mine.txt", "mine");
  // Not of this target, or not of fedgate.
  put(scratch.path() / ".other.fedgate-b1b1b1/manifest.json", artifacts.front().text);
  put(scratch.path() / ".out.fedgate-backup/manifest.json", artifacts.front().text);
  put(scratch.path() / ".out.fedgate-ffffff", "a file");

  REQUIRE(write_folder(target, new_artifacts()).has_value());
  CHECK(names_in(scratch.path()) ==
        std::vector<std::string>{".other.fedgate-b1b1b1", ".out.fedgate-backup",
                                 ".out.fedgate-dddddd", ".out.fedgate-ffffff", "out"});
  CHECK(names_in(scratch.path() / ".out.fedgate-dddddd") ==
        std::vector<std::string>{"manifest.json", "mine.txt"});
}

TEST_CASE("a left-over that cannot be removed stands in nobody's way") {
  const TemporaryFolder scratch;
  const fs::path target = scratch.path() / "out";
  // No file system takes the name.
  const auto unremovable = test::with_manifest({{"zones/" + std::string(300, 'a'), "x"}});
  put(scratch.path() / ".out.fedgate-b1b1b1/manifest.json", unremovable.front().text);
  fs::create_directory(scratch.path() / ".out.fedgate-b1b1b1/zones");
  REQUIRE(write_folder(target, old_artifacts()).has_value());
  CHECK(tree(target) == as_tree(old_artifacts()));

  // What the old folder leaves behind is named.
  put(target / "manifest.json", unremovable.front().text);
  for (const char* const name : {"csr", "gateway.json", "zones"}) {
    fs::remove_all(target / name);
  }
  fs::create_directory(target / "zones");
  try {
    static_cast<void>(write_folder(target, new_artifacts()));
    FAIL("the old folder was removed");
  } catch (const Failure& failure) {
    CHECK_THAT(failure.what(),
               Catch::Matchers::ContainsSubstring("out` is written, but the old folder stays: "));
    CHECK_THAT(failure.what(),
               Catch::Matchers::ContainsSubstring("it is kept beside it as `.out.fedgate-"));
  }
  CHECK(tree(target) == as_tree(new_artifacts()));
}

TEST_CASE("the current folder and those above it are not replaced") {
  const TemporaryFolder scratch;
  const fs::path inside = scratch.path() / "a/b";
  fs::create_directories(inside);
  const fs::path before = fs::current_path();
  fs::current_path(inside);
  for (const fs::path& target : {fs::path("."), fs::path(".."), inside, scratch.path() / "a"}) {
    INFO("target: " << target);
    CHECK_THROWS_AS(write_folder(target, new_artifacts()), Failure);
  }
  CHECK(write_folder("below", new_artifacts()).has_value());
  CHECK(write_folder("../beside", new_artifacts()).has_value());
  fs::current_path(before);
  CHECK(names_in(scratch.path() / "a") == std::vector<std::string>{"b", "beside"});
  CHECK(names_in(inside) == std::vector<std::string>{"below"});
}

TEST_CASE("a folder keeps its owner, its group and the set-group-ID bit") {
  if (geteuid() != 0) {
    WARN("only root may give a folder to another group");
    return;
  }
  const TemporaryFolder scratch;
  const fs::path target = scratch.path() / "out";
  constexpr uid_t kNobody = 65534;
  REQUIRE(write_folder(target, old_artifacts()).has_value());
  REQUIRE(chown(target.c_str(), kNobody, kNobody) == 0);
  REQUIRE(chmod(target.c_str(), 02570) == 0);
  REQUIRE(write_folder(target, new_artifacts()).has_value());
  struct stat folder = {};
  REQUIRE(stat(target.c_str(), &folder) == 0);
  CHECK(folder.st_uid == kNobody);
  CHECK(folder.st_gid == kNobody);
  CHECK((folder.st_mode & 07777U) == 02570);
  struct stat file = {};
  REQUIRE(stat((target / "manifest.json").c_str(), &file) == 0);
  CHECK(file.st_gid == kNobody);
}

TEST_CASE("a run that was killed between two renames is made good") {
  const TemporaryFolder scratch;
  const fs::path target = scratch.path() / "out";
  REQUIRE(write_folder(target, old_artifacts()).has_value());
  fs::rename(target, scratch.path() / ".out.fedgate-old-b1b1b1");
  put(scratch.path() / ".out.fedgate-bbbbbb/manifest.json", new_artifacts().front().text);

  SECTION("the old folder comes back before anything is refused") {
    put(scratch.path() / ".out.fedgate-old-b1b1b1/mine.txt", "mine");
    CHECK_FALSE(write_folder(target, new_artifacts()).has_value());
    CHECK(get(target / "gateway.json") == "old");
    CHECK(get(target / "mine.txt") == "mine");
  }
  SECTION("and is replaced") {
    const auto written = write_folder(target, new_artifacts());
    REQUIRE(written.has_value());
    CHECK(written->replaced);
    CHECK(tree(target) == as_tree(new_artifacts()));
  }
  CHECK(names_in(scratch.path()) == std::vector<std::string>{"out"});
}

TEST_CASE("a second run waits for the first") {
  const TemporaryFolder scratch;
  const fs::path target = scratch.path() / "out";
  const int parent = open(scratch.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  REQUIRE(parent >= 0);
  REQUIRE(flock(parent, LOCK_EX) == 0);
  bool is_released = false;
  std::thread first([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    is_released = true;
    static_cast<void>(close(parent));
  });
  const auto begin = std::chrono::steady_clock::now();
  const auto written = write_folder(target, new_artifacts());
  const auto waited = std::chrono::steady_clock::now() - begin;
  first.join();
  CHECK(written.has_value());
  CHECK(is_released);
  CHECK(waited >= std::chrono::milliseconds(150));
}

TEST_CASE("runs at the same time leave one of their results") {
  const TemporaryFolder scratch;
  const fs::path target = scratch.path() / "out";
  std::vector<std::thread> runs;
  std::array<std::string, 8> failures;
  for (std::size_t i = 0; i < failures.size(); ++i) {
    runs.emplace_back([&, i] {
      failures.at(i) = failure_of([&] {
        if (!write_folder(target, i % 2 == 0 ? old_artifacts() : new_artifacts())) {
          throw Failure("refused");
        }
      });
    });
  }
  for (std::thread& run : runs) {
    run.join();
  }
  for (const std::string& failure : failures) {
    CHECK(failure == "no failure");
  }
  const auto result = tree(target);
  CHECK((result == as_tree(old_artifacts()) || result == as_tree(new_artifacts())));
  CHECK(names_in(scratch.path()) == std::vector<std::string>{"out"});
}

TEST_CASE("a file-size limit leaves the old folder and no left-over") {
  // In the manifest, behind it, and in the middle of the large artifact.
  const rlim_t limit = GENERATE(0U, 100U, 5000U);
  const TemporaryFolder scratch;
  const fs::path target = scratch.path() / "out";
  REQUIRE(write_folder(target, old_artifacts()).has_value());
  const auto large =
      test::with_manifest({{"a.json", "small"}, {"b/large.json", std::string(10000, 'x')}});
  rlimit before = {};
  REQUIRE(getrlimit(RLIMIT_FSIZE, &before) == 0);
  rlimit low = before;
  low.rlim_cur = limit;
  REQUIRE(setrlimit(RLIMIT_FSIZE, &low) == 0);
  const std::string failure = failure_of([&] { static_cast<void>(write_folder(target, large)); });
  REQUIRE(setrlimit(RLIMIT_FSIZE, &before) == 0);
  const std::string file = limit < 1000 ? "manifest.json" : "b/large.json";
  CHECK(failure == "cannot write `" + (target / file).string() + "`: File too large");
  CHECK(tree(target) == as_tree(old_artifacts()));
  CHECK(names_in(scratch.path()) == std::vector<std::string>{"out"});
}

TEST_CASE("paths that contradict each other fail and leave the old folder") {
  const TemporaryFolder scratch;
  const fs::path target = scratch.path() / "out";
  REQUIRE(write_folder(target, old_artifacts()).has_value());
  const auto clash = test::with_manifest({{"a", "file"}, {"a/b", "file"}});
  CHECK_THAT(failure_of([&] { static_cast<void>(write_folder(target, clash)); }),
             Catch::Matchers::ContainsSubstring("cannot create `" + (target / "a").string()));
  CHECK(tree(target) == as_tree(old_artifacts()));
}

TEST_CASE("a comparison names every difference and writes nothing") {
  const TemporaryFolder scratch;
  const fs::path target = scratch.path() / "out";
  using Kind = Difference::Kind;
  const auto artifacts = new_artifacts();

  SECTION("no folder") {
    CHECK(output::compare_folder(target, artifacts) ==
          std::vector<Difference>{{Kind::missing, "gateway.json"},
                                  {Kind::missing, "manifest.json"},
                                  {Kind::missing, "zones/fabrikam.com.zone"}});
    CHECK(output::compare_folder(scratch.path() / "a/b/out", artifacts).size() == 3);
    CHECK(names_in(scratch.path()).empty());
  }
  SECTION("the same") {
    REQUIRE(write_folder(target, artifacts).has_value());
    CHECK(output::compare_folder(target, artifacts).empty());
    fs::create_directory_symlink(target, scratch.path() / "link");
    CHECK(output::compare_folder(scratch.path() / "link", artifacts).empty());
  }
  SECTION("other artifacts") {
    REQUIRE(write_folder(target, old_artifacts()).has_value());
    put(target / "notes.txt", "mine");
    const auto before = tree(scratch.path());
    CHECK(output::compare_folder(target, artifacts) ==
          std::vector<Difference>{{Kind::surplus, "csr/a/edge.cnf"},
                                  {Kind::differs, "gateway.json"},
                                  {Kind::differs, "manifest.json"},
                                  {Kind::foreign, "notes.txt"},
                                  {Kind::surplus, "zones/contoso.com.zone"},
                                  {Kind::missing, "zones/fabrikam.com.zone"}});
    CHECK(tree(scratch.path()) == before);
  }
  SECTION("a file changed by hand, by its last byte or by one more") {
    REQUIRE(write_folder(target, artifacts).has_value());
    for (const std::string text : {"neW", "new ", "ne", ""}) {
      put(target / "gateway.json", text);
      CHECK(output::compare_folder(target, artifacts) ==
            std::vector<Difference>{{Kind::differs, "gateway.json"}});
      CHECK(output::read_file(target, "gateway.json") == text);
    }
  }
  SECTION("a large file") {
    const auto large = test::with_manifest({{"large", std::string(200000, 'x')}});
    REQUIRE(write_folder(target, large).has_value());
    CHECK(output::compare_folder(target, large).empty());
    put(target / "large", std::string(199999, 'x') + "y");
    CHECK(output::compare_folder(target, large) ==
          std::vector<Difference>{{Kind::differs, "large"}});
  }
  SECTION("a link in the place of an artifact is foreign and not followed") {
    REQUIRE(write_folder(target, artifacts).has_value());
    fs::rename(target / "gateway.json", scratch.path() / "elsewhere");
    fs::create_symlink(scratch.path() / "elsewhere", target / "gateway.json");
    CHECK(output::compare_folder(target, artifacts) ==
          std::vector<Difference>{{Kind::foreign, "gateway.json"}});
    CHECK_THAT(failure_of([&] { static_cast<void>(output::read_file(target, "gateway.json")); }),
               Catch::Matchers::ContainsSubstring("cannot read"));
  }
  SECTION("no manifest") {
    put(target / "gateway.json", "new");
    put(target / "x/y", "mine");
    CHECK(output::compare_folder(target, artifacts) ==
          std::vector<Difference>{{Kind::missing, "manifest.json"},
                                  {Kind::foreign, "x/"},
                                  {Kind::missing, "zones/fabrikam.com.zone"}});
  }
  SECTION("no folder but a file") {
    put(target, "mine");
    CHECK_THAT(failure_of([&] { static_cast<void>(output::compare_folder(target, artifacts)); }),
               Catch::Matchers::ContainsSubstring("is not a folder"));
  }
}
