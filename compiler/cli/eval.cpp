#include <algorithm>

#include <fmt/format.h>

#include "compiler/cli/command.h"
#include "rules/cel/program.h"

namespace fedgate::cli {

namespace {

struct EvalOptions {
  SpecOptions spec;
  std::string expression;
  std::string scope = "spec";
};

// The expression with each place underlined.
auto explain_issues(const std::string& expression, const std::vector<cel::Issue>& issues)
    -> std::string {
  std::string text;
  for (const cel::Issue& issue : issues) {
    const std::string_view before = std::string_view(expression).substr(0, issue.begin);
    const std::string_view wrong =
        std::string_view(expression).substr(issue.begin, issue.end - issue.begin);
    text += fmt::format("{}\n  {}\n  {}^{}\n", issue.message, expression,
                        std::string(source::count_code_points(before), ' '),
                        std::string(std::max(1U, source::count_code_points(wrong)) - 1, '~'));
  }
  return text;
}

auto evaluate(const EvalOptions& options) -> int {
  compiler::Analysis analysis;
  const auto program = cel::compile(options.expression, analysis.environment);
  if (!program) {
    throw UsageError(explain_issues(options.expression, program.error()));
  }
  analyze_spec(analysis, options.spec);
  if (!analysis.has_world) {
    print_report(compiler::take_report(analysis, day_of(options.spec)), {}, true);
    return kFindings;
  }
  const auto scope = static_cast<rules::Scope>(
      std::find(rules::kScopeWords.begin(), rules::kScopeWords.end(), options.scope) -
      rules::kScopeWords.begin());
  rules::Binding binding(analysis.world);
  cel::Arena arena;
  report::Table table{{options.scope, "value"}, {}};
  bool has_error = false;
  for (std::size_t i = 0; i < analysis.world.count(scope); ++i) {
    arena.reset();
    binding.select(scope, i);
    const cel::Value value = program->evaluate(binding.values(), arena);
    has_error = has_error || value.is_error();
    table.rows.push_back({binding.subject(scope, i).id,
                          (value.is_error() ? "error: " : "") + cel::to_display(value)});
  }
  print(report::render(table, report::TableFormat::table));
  return has_error ? kFindings : kClean;
}

}  // namespace

void add_eval(CLI::App& app, Selection& selection) {
  CLI::App* command =
      app.add_subcommand("eval", "evaluate a CEL expression over a spec, for writing rules");
  auto options = std::make_shared<EvalOptions>();
  command->add_option("expression", options->expression, "the expression")
      ->required()
      ->type_name("EXPR");
  command
      ->add_option(
          "--for", options->scope,
          "once for each partner, certificate, zone, record, domain, or for the gateway or "
          "spec [spec]")
      ->check(one_word_of(
          std::vector<std::string>(rules::kScopeWords.begin(), rules::kScopeWords.end())))
      ->type_name("KIND");
  add_spec_options(*command, options->spec);
  add_paths(*command, options->spec);
  command->callback(
      [options, &selection] { selection.run = [options] { return evaluate(*options); }; });
}

}  // namespace fedgate::cli
