#include "compiler/pipeline.h"

#include <algorithm>
#include <utility>

#include "compiler/emit/emit.h"
#include "compiler/output/digest.h"
#include "rules/tables.h"
#include "schema/base/check.h"
#include "schema/bind.h"
#include "schema/diag/message.h"
#include "schema/resolve.h"
#include "schema/source/parallel.h"
#include "schema/yaml/reader.h"

namespace fedgate::compiler {

Analysis::Analysis()
    : matrix(rules::load_negotiation_matrix()), environment(rules::make_environment()) {}

namespace {

// Reads every file and makes the built-in rules, by several threads. Files come first: one of them
// can be larger than all packs together.
void parse(Analysis& analysis, const std::vector<source::FileId>& files) {
  std::vector<yaml::Tree> pack_trees = rules::builtin_packs(analysis.sources);
  std::vector<rules::Pack> packs(pack_trees.size());
  analysis.trees.resize(files.size());
  std::vector<diag::Sink> sinks(files.size());
  const std::size_t count = files.size() + packs.size();
  source::run_parallel(count, source::default_threads(), [&](std::size_t i) {
    if (i < files.size()) {
      analysis.trees[i] = yaml::read(analysis.sources, files[i], sinks[i]);
    } else {
      const std::size_t pack = i - files.size();
      packs[pack] = rules::load_builtin_pack(analysis.sources, std::move(pack_trees[pack]),
                                             analysis.environment);
    }
  });
  for (diag::Sink& sink : sinks) {
    analysis.sink.merge(std::move(sink));
  }
  diag::Sink collisions;
  for (rules::Pack& pack : packs) {
    analysis.rules.add(std::move(pack), collisions);
  }
  FEDGATE_CHECK(!collisions.has_errors(), "two built-in rules have the same code");
}

// Those that the spec names.
void read_files(Analysis& analysis, const source::FileSystem& files) {
  analysis.named_files =
      spec::read_named_files(analysis.model, files, analysis.sources, analysis.sink);
  analysis.file_contents = spec::read_file_contents(analysis.model, analysis.named_files,
                                                    analysis.sources, analysis.sink);
  analysis.zone_files =
      spec::read_zone_files(analysis.model, analysis.named_files, analysis.sources, analysis.sink);
}

}  // namespace

void load(Analysis& analysis, const std::vector<source::FileId>& files,
          const std::set<source::FileId>& packs) {
  parse(analysis, files);
  for (std::size_t i = 0; i < files.size(); ++i) {
    yaml::Tree& tree = analysis.trees[i];
    if (rules::is_pack(tree) || packs.contains(files[i])) {
      analysis.rules.add(
          rules::load_pack(analysis.sources, std::move(tree), analysis.environment, analysis.sink),
          analysis.sink);
      continue;
    }
    analysis.spec_files.push_back(files[i]);
    if (!tree.empty()) {
      analysis.documents.push_back({&tree, 0});
    }
  }
}

void analyze(Analysis& analysis, const source::FileSystem& files, const AnalysisOptions& options) {
  if (analysis.documents.empty()) {
    if (!analysis.sink.has_errors()) {
      analysis.sink.report({}, diag::messages::no_spec);
    }
    return;
  }
  // A file that cannot be read at all may hold what seems to be missing.
  const spec::BindOptions bind_options{.complete =
                                           analysis.documents.size() == analysis.spec_files.size()};
  analysis.model =
      spec::resolve(spec::bind(analysis.sources, analysis.documents, analysis.sink, bind_options),
                    analysis.sink, {.platform = options.platform, .sources = &analysis.sources});
  analysis.has_world = analysis.model.has_sound_gateway();
  if (analysis.has_world) {
    read_files(analysis, files);
  }
  analysis.facts =
      rules::derive_facts(analysis.model, analysis.matrix,
                          {&analysis.file_contents, analysis.zone_files, &options.keys});
  rules::make_world(analysis.model, analysis.facts, analysis.matrix, options.as_of, analysis.world);
  rules::EngineOptions engine = options.engine;
  engine.sources = &analysis.sources;
  analysis.evaluation = rules::evaluate(analysis.rules, analysis.world, engine, analysis.sink);
  if (analysis.has_world) {
    analysis.plan = make_plan(analysis.model, analysis.facts);
    emit::check_platform(*analysis.plan, analysis.sink);
  }
}

auto take_report(Analysis& analysis, value::Date as_of) -> report::Report {
  report::Report report;
  report.sources = &analysis.sources;
  report.findings = analysis.sink.take_sorted();
  report.waived = std::move(analysis.evaluation.waived);
  report.as_of = as_of;
  report.files = analysis.trees.size();
  report.partners = analysis.model.partners().size();
  const auto& counts = analysis.evaluation.counts;
  report.rules = static_cast<std::size_t>(std::count_if(
      counts.begin(), counts.end(), [](const auto& count) { return count.is_decided; }));
  report.rule_set = &analysis.rules;
  report.counts = counts;
  report.spec_files = analysis.spec_files;
  std::sort(report.waived.begin(), report.waived.end(), [](const auto& a, const auto& b) {
    return std::tie(a.finding.where, a.finding.code) < std::tie(b.finding.where, b.finding.code);
  });
  report::hide_secrets(report);
  report::identify(report);
  return report;
}

auto spec_hash(const Analysis& analysis) -> std::string {
  std::string digests;
  for (const source::FileId file : analysis.spec_files) {
    digests += output::sha256_hex(analysis.sources[file].text);
  }
  return output::sha256_hex(digests);
}

void release_trees(Analysis& analysis) {
  analysis.documents = {};
  analysis.trees = {};
}

auto plan_of(const Analysis& analysis) -> Plan {
  FEDGATE_CHECK(analysis.plan.has_value(), "an analysis with errors has no plan");
  Plan plan = *analysis.plan;
  plan.spec_hash = spec_hash(analysis);
  return plan;
}

}  // namespace fedgate::compiler
