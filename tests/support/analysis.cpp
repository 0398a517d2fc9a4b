#include "tests/support/analysis.h"

#include <fmt/format.h>

namespace fedgate::test {

auto analyze(const Files& files, const AnalyzeOptions& options)
    -> std::unique_ptr<compiler::Analysis> {
  auto analysis = std::make_unique<compiler::Analysis>();
  std::vector<source::FileId> ids;
  for (const auto& [name, text] : files) {
    ids.push_back(analysis->sources.add(name, text));
  }
  compiler::load(*analysis, ids, {});
  compiler::AnalysisOptions analysis_options;
  analysis_options.as_of = *value::Date::parse(options.as_of);
  analysis_options.engine = options.engine;
  analysis_options.platform = options.platform;
  analysis_options.keys = options.keys;
  compiler::analyze(*analysis, source::MemoryFileSystem(options.files, options.links),
                    analysis_options);
  return analysis;
}

auto report_of(compiler::Analysis& analysis) -> report::Report {
  return compiler::take_report(analysis, *value::Date::parse(kTestDay));
}

auto codes(compiler::Analysis& analysis) -> std::vector<std::string> {
  std::vector<std::string> all;
  for (const diag::Finding& finding : analysis.sink.take_sorted()) {
    all.push_back(finding.code);
  }
  return all;
}

auto spec_with_posture(std::string_view tls, std::string_view sasl, bool dialback) -> std::string {
  return fmt::format(
      "fedgate: 1\n"
      "gateway:\n"
      "  name: edge\n"
      "  domains: [contoso.example]\n"
      "  access_edge: {{fqdn: sip.contoso.example, addresses: [198.51.100.10]}}\n"
      "partners:\n"
      "  - {{domain: northwind.example, type: public_unverified, tls: {}, sasl: {}, dialback: "
      "{}}}\n"
      "certificates:\n"
      "  - name: edge\n"
      "dns:\n"
      "  zones: [{{name: contoso.example}}]\n",
      tls, sasl, dialback);
}

}  // namespace fedgate::test
