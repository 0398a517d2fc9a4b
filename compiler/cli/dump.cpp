#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "compiler/cli/command.h"
#include "rules/facts/print.h"
#include "schema/bind.h"
#include "schema/print.h"
#include "schema/yaml/print.h"

namespace fedgate::cli {

namespace {

struct DumpOptions {
  SpecOptions spec;
  std::string phase = "model";
};

auto print_trees(const compiler::Analysis& analysis) -> std::string {
  std::string text;
  for (const spec::Document& document : analysis.documents) {
    fmt::format_to(std::back_inserter(text), "{}\n", analysis.sources[document.tree->file].name);
    text += yaml::print_tree(analysis.sources, *document.tree);
  }
  return text;
}

auto print_plan(const compiler::Analysis& analysis) -> std::string {
  const compiler::Plan plan = compiler::plan_of(analysis);
  std::string text = fmt::format("gateway {} ({})\n", plan.gateway->name->text(),
                                 spec::word(plan.gateway->platform.value));
  for (const compiler::PartnerPlan& partner : plan.partners) {
    fmt::format_to(std::back_inserter(text), "partner {} {} {}\n", partner.spec->domain->ascii(),
                   partner.facts->posture, rules::to_text(partner.facts->row->methods));
    for (const value::DnsName* domain : partner.additional_domains) {
      fmt::format_to(std::back_inserter(text), "  {}\n", domain->ascii());
    }
  }
  for (const compiler::CertificatePlan& certificate : plan.certificates) {
    fmt::format_to(std::back_inserter(text), "certificate {}\n", certificate.spec->name->text());
    for (const value::DnsPattern& name : certificate.facts->requested) {
      fmt::format_to(std::back_inserter(text), "  {}\n", name.ascii());
    }
  }
  for (const compiler::ZonePlan& zone : plan.zones) {
    fmt::format_to(std::back_inserter(text), "zone {}\n", zone.spec->name->ascii());
    for (const rules::Record& record : zone.facts->records) {
      fmt::format_to(std::back_inserter(text), "  {}\n", rules::to_text(record));
    }
  }
  return text;
}

auto dump(const DumpOptions& options) -> int {
  compiler::Analysis analysis;
  analyze_spec(analysis, options.spec);
  const auto& findings = analysis.sink.findings();
  const bool has_secret = std::any_of(findings.begin(), findings.end(),
                                      [](const auto& finding) { return finding.hides_source; });
  if (options.phase == "yaml" && !has_secret) {
    print(print_trees(analysis));
  } else if (options.phase == "spec") {
    // What was bound has moved on into the model; binding once more says the same.
    diag::Sink repeated;
    print(spec::print_spec(analysis.sources,
                           spec::bind(analysis.sources, analysis.documents, repeated)));
  } else if (options.phase == "model") {
    print(spec::print_spec(analysis.sources, analysis.model.spec));
  } else if (options.phase == "facts" && analysis.has_world) {
    print(rules::print_facts(analysis.model, analysis.facts));
  } else if (options.phase == "plan" && !analysis.sink.has_errors()) {
    print(print_plan(analysis));
  }
  const report::Report report = compiler::take_report(analysis, day_of(options.spec));
  if (fails(report, diag::Severity::error)) {
    print_report(report, {}, true);
    return kFindings;
  }
  return kClean;
}

}  // namespace

void add_dump(CLI::App& app, Selection& selection) {
  CLI::App* command = app.add_subcommand(
      "dump", "print what one phase hands to the next, for people who build fedgate");
  auto options = std::make_shared<DumpOptions>();
  command->add_option("--phase", options->phase, "yaml, spec, model, facts or plan [model]")
      ->check(one_word_of(std::vector<std::string>{"yaml", "spec", "model", "facts", "plan"}))
      ->type_name("PHASE");
  add_spec_options(*command, options->spec);
  add_paths(*command, options->spec);
  command->callback(
      [options, &selection] { selection.run = [options] { return dump(*options); }; });
}

}  // namespace fedgate::cli
