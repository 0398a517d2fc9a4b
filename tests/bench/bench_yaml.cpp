// What reading costs beyond yaml-cpp's own delivery of events for the same bytes: both side by side
// in one process, alternating, the best of several rounds.
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/parser.h>

#include "schema/diag/sink.h"
#include "schema/source/source_file.h"
#include "schema/yaml/reader.h"

namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

// Counts, so that no event can be left out.
class CountingHandler final : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark& /*mark*/) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& /*mark*/, YAML::anchor_t /*anchor*/) override { ++nodes; }
  void OnAlias(const YAML::Mark& /*mark*/, YAML::anchor_t /*anchor*/) override { ++nodes; }
  void OnScalar(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                const std::string& /*value*/) override {
    ++nodes;
  }
  void OnSequenceStart(const YAML::Mark& /*mark*/, const std::string& /*tag*/,
                       YAML::anchor_t /*anchor*/, YAML::EmitterStyle::value /*style*/) override {
    ++nodes;
  }
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                  YAML::EmitterStyle::value /*style*/) override {
    ++nodes;
  }
  void OnMapEnd() override {}

  std::size_t nodes = 0;
};

auto make_spec(int partners) -> std::string {
  std::string text = "fedgate: 1\n\npartners:\n";
  for (int i = 0; i < partners; ++i) {
    text += fmt::format(
        "  - domain: partner{0}.example\n"
        "    description: \"Partner number {0}, contact noc@partner{0}.example\"\n"
        "    additional_domains: [chat.partner{0}.example, conference.partner{0}.example]\n"
        "    type: federated\n"
        "    tls: required\n"
        "    sasl: optional\n"
        "    dialback: true\n"
        "    connection_limit: 20\n"
        "    proxy_fqdn: xmpp.partner{0}.example\n"
        "    peer: {{tls: required, sasl: optional, dialback: true}}\n",
        i);
  }
  return text;
}

auto count_events(const std::string& text) -> std::size_t {
  std::istringstream stream(text);
  YAML::Parser parser(stream);
  CountingHandler handler;
  parser.HandleNextDocument(handler);
  return handler.nodes;
}

auto count_tree(const fedgate::source::Sources& sources) -> std::size_t {
  fedgate::diag::Sink sink;
  const fedgate::yaml::Tree tree = fedgate::yaml::read_yaml(sources, 0, sink);
  return sink.has_errors() ? 0 : tree.nodes.size();
}

template <typename Work>
auto measure(std::size_t expected, const Work& work) -> Seconds {
  const Clock::time_point start = Clock::now();
  if (work() != expected) {
    static_cast<void>(std::fputs("the two readers disagree on the number of nodes\n", stderr));
    std::exit(1);
  }
  return Clock::now() - start;
}

}  // namespace

// Arguments: number of partners (10000), number of rounds (5).
auto main(int argc, char* argv[]) -> int {
  const int partners = argc > 1 ? static_cast<int>(std::strtol(argv[1], nullptr, 10)) : 10000;
  const int rounds = argc > 2 ? static_cast<int>(std::strtol(argv[2], nullptr, 10)) : 5;
  fedgate::source::Sources sources;
  sources.add("bench.yaml", make_spec(partners));
  const std::string& text = sources[0].text;
  const std::size_t nodes = count_events(text);
  Seconds events = Seconds::max();
  Seconds reader = Seconds::max();
  for (int round = 0; round < rounds; ++round) {
    events = std::min(events, measure(nodes, [&] { return count_events(text); }));
    reader = std::min(reader, measure(nodes, [&] { return count_tree(sources); }));
  }
  fmt::print("{} partners, {:.2f} MB, {} nodes\n", partners, static_cast<double>(text.size()) / 1e6,
             nodes);
  fmt::print("yaml-cpp events  {:8.1f} ms\n", events.count() * 1e3);
  fmt::print("fedgate reader   {:8.1f} ms\n", reader.count() * 1e3);
  fmt::print("ratio            {:8.3f}\n", reader / events);
  return 0;
}
