// Bench: the artifacts whose size grows with the partners, for 10,000 of them, and the fragment of
// a zone with 10,000 domains against the time that the spec takes to parse.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "compiler/emit/gateway.h"
#include "compiler/emit/lync.h"
#include "compiler/emit/zone.h"
#include "compiler/plan.h"
#include "rules/facts/facts.h"
#include "rules/tables.h"
#include "schema/bind.h"
#include "schema/resolve.h"
#include "schema/yaml/reader.h"

namespace {

using namespace fedgate;

constexpr int kPartners = 10'000;
constexpr int kDomains = 10'000;
constexpr int kRuns = 15;

auto make_spec() -> std::string {
  std::string spec =
      "fedgate: 1\n"
      "gateway: {name: edge, domains: [contoso.com], access_edge: {fqdn: sip.contoso.com}}\n"
      "partners:\n";
  for (int i = 0; i < kPartners; ++i) {
    spec += fmt::format(
        "  - domain: partner-{0}.example\n    type: federated\n    sasl: optional\n"
        "    dialback: true\n    description: Partner {0}, contact noc@partner-{0}.example\n"
        "    additional_domains: [chat.partner-{0}.example, conference.partner-{0}.example]\n",
        i);
  }
  return spec;
}

auto make_zone_spec() -> std::string {
  std::string spec =
      "fedgate: 1\n"
      "dns: {zones: [{name: contoso.example}]}\n"
      "gateway:\n"
      "  name: edge\n"
      "  access_edge: {fqdn: sip.contoso.example, addresses: [198.51.100.10]}\n"
      "  domains:\n";
  for (int i = 0; i < kDomains; ++i) {
    spec += fmt::format("    - chat-{}.contoso.example\n", i);
  }
  return spec;
}

struct Times {
  double best = 0;
  double median = 0;
};

// Milliseconds of processor time, which other programs on the machine do not change much.
template <typename Work>
auto time(Work work) -> Times {
  std::vector<double> times;
  for (int i = 0; i < kRuns; ++i) {
    const std::clock_t start = std::clock();
    work();
    times.push_back(1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
  }
  std::sort(times.begin(), times.end());
  return {times.front(), times[times.size() / 2]};
}

template <typename Emit>
void measure(const char* name, const compiler::Plan& plan, Emit emit) {
  std::size_t size = 0;
  const Times times = time([&] { size = emit(plan).size(); });
  fmt::print("{:<16} {:>9} bytes  {:6.2f} ms best, {:6.2f} ms median of {}\n", name, size,
             times.best, times.median, kRuns);
}

// A spec that was read.
struct Read {
  source::Sources sources;
  diag::Sink sink;
  yaml::Tree tree;
  spec::Model model;

  explicit Read(const std::string& text) {
    tree = yaml::read_yaml(sources, sources.add("spec.yaml", text), sink);
    const std::vector<spec::Document> documents = {{&tree, 0}};
    model = spec::resolve(spec::bind(sources, documents, sink), sink);
    if (sink.has_errors()) {
      fmt::print(stderr, "bench_emit: the spec has findings\n");
      std::exit(1);
    }
  }
};

void measure_partners(const rules::NegotiationMatrix& matrix) {
  const Read read(make_spec());
  const rules::Facts facts = rules::derive_facts(read.model, matrix);
  const compiler::Plan plan = compiler::make_plan(read.model, facts);
  fmt::print("{} partners\n", kPartners);
  measure("gateway.json", plan, emit::emit_gateway);
  measure("lync/apply.ps1", plan, emit::emit_lync);
}

// All that stands between the model and the text: the records, their plan, the fragment.
void measure_zone(const rules::NegotiationMatrix& matrix) {
  Read read(make_zone_spec());
  const Times parse = time([&] {
    diag::Sink sink;
    return yaml::read_yaml(read.sources, read.tree.file, sink);
  });
  std::size_t size = 0;
  const Times fragment = time([&] {
    const rules::Facts facts = rules::derive_facts(read.model, matrix);
    const compiler::Plan plan = compiler::make_plan(read.model, facts);
    size = emit::emit_zone(plan, plan.zones.front()).size();
  });
  fmt::print(
      "{} domains in one zone: parse {:.2f} ms, fragment of {} bytes {:.2f} ms, ratio {:.2f} "
      "(less than 2)\n",
      kDomains, parse.best, size, fragment.best, fragment.best / parse.best);
}

}  // namespace

auto main() -> int {
  const rules::NegotiationMatrix matrix = rules::load_negotiation_matrix();
  measure_partners(matrix);
  measure_zone(matrix);
  return 0;
}
