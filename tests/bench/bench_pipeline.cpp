// The costs that the design promises to keep, measured side by side in one run:
// - process time of `fedgate check` for 20 partners (the binary that $FEDGATE names),
// - check and compile of 10,000 partners against yaml-cpp's bare event parse of the same bytes,
// - cost per partner from 1,000 to 100,000 partners, and peak memory.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include "compiler/emit/emit.h"
#include "compiler/output/folder.h"
#include "compiler/pipeline.h"

namespace {

using namespace fedgate;
using Clock = std::chrono::steady_clock;

auto federation(int partners) -> std::string {
  std::string text =
      "fedgate: 1\n"
      "gateway:\n"
      "  name: bench-edge\n"
      "  domains: [contoso.example]\n"
      "  connection_limit: 4294967295\n"
      "  access_edge: {fqdn: sip.contoso.example, addresses: [198.51.100.10]}\n"
      "certificates:\n"
      "  - name: external-edge\n"
      "dns:\n"
      "  zones: [{name: contoso.example}]\n"
      "partners:\n";
  for (int i = 0; i < partners; ++i) {
    text += fmt::format(
        "  - domain: partner{0:06}.example\n"
        "    description: Partner number {0}, contact noc@partner{0:06}.example\n"
        "    additional_domains: [chat.partner{0:06}.example, im.partner{0:06}.example]\n"
        "    type: federated\n"
        "    tls: required\n"
        "    sasl: required\n"
        "    dialback: false\n"
        "    connection_limit: 20\n"
        "    proxy_fqdn: xmpp.partner{0:06}.example\n"
        "    peer: {{tls: required, sasl: optional, dialback: true}}\n",
        i);
  }
  return text;
}

// The best of several runs: the one that the rest of the machine disturbed least.
auto best_of(int runs, const std::function<void()>& work) -> double {
  double best = 1e9;
  for (int i = 0; i < runs; ++i) {
    const auto begin = Clock::now();
    work();
    best = std::min(best, std::chrono::duration<double>(Clock::now() - begin).count());
  }
  return best;
}

struct Silent : YAML::EventHandler {
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t,
                const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}
};

void parse_events(const std::string& text) {
  std::istringstream stream(text);
  YAML::Parser parser(stream);
  Silent handler;
  parser.HandleNextDocument(handler);
}

// From bytes to a written folder, as `fedgate compile` does it.
void compile(const std::string& text, const std::filesystem::path& folder) {
  compiler::Analysis analysis;
  const source::FileId file = analysis.sources.add("federation.yaml", text);
  compiler::load(analysis, {file}, {});
  compiler::analyze(analysis, source::RealFileSystem(),
                    {.as_of = *value::Date::parse("2026-11-22"), .platform = {}, .engine = {}});
  compiler::release_trees(analysis);
  if (analysis.sink.has_errors() ||
      !output::write_folder(folder, emit::emit_all(compiler::plan_of(analysis)))) {
    fmt::print(stderr, "bench: the federation does not compile\n");
    std::exit(1);
  }
}

auto run_process(const std::vector<std::string>& arguments) -> int {
  const pid_t child = fork();
  if (child == 0) {
    std::vector<char*> pointers;
    pointers.reserve(arguments.size() + 1);
    for (const std::string& argument : arguments) {
      pointers.push_back(const_cast<char*>(argument.c_str()));
    }
    pointers.push_back(nullptr);
    execv(pointers[0], pointers.data());
    _exit(127);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

void measure_process(const std::string& fedgate, const std::filesystem::path& scratch) {
  const std::filesystem::path spec = scratch / "twenty.yaml";
  std::ofstream(spec) << federation(20);
  int status = 0;
  const double seconds = best_of(20, [&] {
    status |= run_process({fedgate, "check", "--quiet", spec.string()});
  });
  if (status != 0) {
    fmt::print(stderr, "bench: `fedgate check` of 20 partners exits with {}\n", status);
    std::exit(1);
  }
  fmt::print("check of 20 partners, process start to exit: {:.1f} ms (at most 10)\n",
             seconds * 1e3);
}

void measure_ratio(const std::filesystem::path& scratch) {
  const std::string text = federation(10'000);
  // Pairs of runs, one right after the other, and the middle one of their ratios: a machine that is
  // faster now than a second ago weighs on both of a pair.
  constexpr int kPairs = 11;
  struct Pair {
    double events = 0;
    double whole = 0;
    [[nodiscard]] auto ratio() const -> double { return whole / events; }
  };
  std::vector<Pair> pairs;
  pairs.reserve(kPairs);
  for (int i = 0; i < kPairs; ++i) {
    pairs.push_back({best_of(1, [&] { parse_events(text); }),
                     best_of(1, [&] { compile(text, scratch / "out"); })});
  }
  std::sort(pairs.begin(), pairs.end(),
            [](const Pair& a, const Pair& b) { return a.ratio() < b.ratio(); });
  const Pair& middle = pairs[pairs.size() / 2];
  fmt::print(
      "10,000 partners, {:.1f} MB: yaml-cpp events {:.0f} ms, check and compile {:.0f} ms, "
      "ratio {:.2f} (at most 1.15; pairs from {:.2f} to {:.2f})\n",
      static_cast<double>(text.size()) / 1e6, middle.events * 1e3, middle.whole * 1e3,
      middle.ratio(), pairs.front().ratio(), pairs.back().ratio());
}

void measure_growth(const std::filesystem::path& scratch) {
  for (const int partners : {1'000, 10'000, 100'000}) {
    const std::string text = federation(partners);
    const double seconds =
        best_of(partners > 10'000 ? 1 : 3, [&] { compile(text, scratch / "out"); });
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    fmt::print("{} partners: {:.1f} µs each; peak memory {} MB for {:.1f} MB of input\n", partners,
               seconds * 1e6 / partners, usage.ru_maxrss / 1024,
               static_cast<double>(text.size()) / 1e6);
  }
}

}  // namespace

auto main() -> int {
  const std::filesystem::path scratch =
      std::filesystem::temp_directory_path() / fmt::format("fedgate-bench-{}", getpid());
  std::filesystem::create_directories(scratch);
  if (const char* fedgate = std::getenv("FEDGATE")) {
    measure_process(fedgate, scratch);
  }
  measure_ratio(scratch);
  measure_growth(scratch);
  std::filesystem::remove_all(scratch);
  return 0;
}
