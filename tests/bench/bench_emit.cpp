// Bench: the artifacts whose size grows with the partners, for 10,000 of them.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "compiler/emit/gateway.h"
#include "compiler/emit/lync.h"
#include "compiler/plan.h"
#include "rules/facts/facts.h"
#include "rules/tables.h"
#include "schema/bind.h"
#include "schema/resolve.h"
#include "schema/yaml/reader.h"

namespace {

using namespace fedgate;

constexpr int kPartners = 10'000;
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

// Processor time, which other programs on the machine do not change much.
template <typename Emit>
void measure(const char* name, const compiler::Plan& plan, Emit emit) {
  std::vector<double> times;
  std::size_t size = 0;
  for (int i = 0; i < kRuns; ++i) {
    const std::clock_t start = std::clock();
    size = emit(plan).size();
    times.push_back(1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
  }
  std::sort(times.begin(), times.end());
  fmt::print("{:<16} {:>9} bytes  {:6.2f} ms best, {:6.2f} ms median of {}\n", name, size,
             times.front(), times[times.size() / 2], kRuns);
}

}  // namespace

auto main() -> int {
  source::Sources sources;
  diag::Sink sink;
  const yaml::Tree tree = yaml::read_yaml(sources, sources.add("spec.yaml", make_spec()), sink);
  const std::vector<spec::Document> documents = {{&tree, 0}};
  const spec::Model model = spec::resolve(spec::bind(sources, documents, sink), sink);
  if (sink.has_errors()) {
    fmt::print(stderr, "bench_emit: the spec has findings\n");
    return 1;
  }
  const rules::NegotiationMatrix matrix = rules::load_negotiation_matrix();
  const rules::Facts facts = rules::derive_facts(model, matrix);
  const compiler::Plan plan = compiler::make_plan(model, facts);
  fmt::print("{} partners\n", kPartners);
  measure("gateway.json", plan, emit::emit_gateway);
  measure("lync/apply.ps1", plan, emit::emit_lync);
  return 0;
}
