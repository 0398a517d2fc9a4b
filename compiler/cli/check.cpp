#include "compiler/cli/command.h"

namespace fedgate::cli {

namespace {

struct CheckOptions {
  SpecOptions spec;
  ReportOptions report;
};

auto check(const CheckOptions& options) -> int {
  compiler::Analysis analysis;
  analyze_spec(analysis, options.spec);
  const report::Report report = compiler::take_report(analysis, day_of(options.spec));
  print_report(report, options.report, false);
  return fails(report, options.report.fail_on) ? kFindings : kClean;
}

}  // namespace

void add_check(CLI::App& app, Selection& selection) {
  CLI::App* command = app.add_subcommand("check", "look for mistakes in a spec");
  auto options = std::make_shared<CheckOptions>();
  add_spec_options(*command, options->spec);
  add_report_options(*command, options->report);
  add_paths(*command, options->spec);
  command->callback(
      [options, &selection] { selection.run = [options] { return check(*options); }; });
}

}  // namespace fedgate::cli
