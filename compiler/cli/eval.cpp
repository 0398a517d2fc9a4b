#include <algorithm>
#include <optional>
#include <span>

#include <fmt/format.h>

#include "compiler/cli/command.h"
#include "rules/cel/program.h"

namespace fedgate::cli {

namespace {

struct EvalOptions {
  SpecOptions spec;
  std::string expression;
  // Empty: what the expression reads decides.
  std::string scope;
  report::TableFormat format = report::TableFormat::table;
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

// The kind of entity to evaluate for: the one asked for, else the one that the expression reads.
auto scope_of(const EvalOptions& options, const cel::Program& program) -> rules::Scope {
  const auto words = std::span(rules::kScopeWords);
  std::optional<rules::Scope> scope;
  if (!options.scope.empty()) {
    scope = static_cast<rules::Scope>(std::find(words.begin(), words.end(), options.scope) -
                                      words.begin());
  }
  for (const std::size_t slot : program.variables_read()) {
    // `gateway` and `spec` can be read for every kind.
    const bool is_everywhere = rules::is_visible(slot, rules::Scope::partner) &&
                               rules::is_visible(slot, rules::Scope::spec);
    if (is_everywhere) {
      continue;
    }
    scope = scope.value_or(static_cast<rules::Scope>(slot));
    if (!rules::is_visible(slot, *scope)) {
      throw UsageError(fmt::format("`{}` cannot be read for each {}, whose variables are {}",
                                   words[slot], words[static_cast<std::size_t>(*scope)],
                                   rules::variable_names(*scope)));
    }
  }
  return scope.value_or(rules::Scope::spec);
}

// Truths, integers and lists of texts as such, anything else as its text.
auto value_cell(const cel::Value& value, cel::Arena& arena) -> report::Cell {
  std::string text = (value.is_error() ? "error: " : "") + cel::to_display(value);
  if (value.is(cel::Kind::boolean)) {
    return {std::move(text), value.is_true()};
  }
  if (value.is(cel::Kind::integer)) {
    return {std::move(text), value.as_integer()};
  }
  if (value.is(cel::Kind::null)) {
    return {std::move(text), report::Cell::Value()};
  }
  if (value.is(cel::Kind::list)) {
    const cel::ListView& list = value.as_list();
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < list.size; ++i) {
      const cel::Value item = list.at(list.data, i, arena);
      if (!item.is(cel::Kind::string)) {
        return {std::move(text)};
      }
      texts.emplace_back(item.text());
    }
    return {std::move(text), std::move(texts)};
  }
  return {std::move(text)};
}

auto evaluate(const EvalOptions& options) -> int {
  compiler::Analysis analysis;
  const auto program = cel::compile(options.expression, analysis.environment);
  if (!program) {
    throw UsageError(explain_issues(options.expression, program.error()));
  }
  const rules::Scope scope = scope_of(options, *program);
  analyze_spec(analysis, options.spec);
  if (!analysis.has_world) {
    print_report(compiler::take_report(analysis, day_of(options.spec)), {}, true);
    return kFindings;
  }
  rules::Binding binding(analysis.world);
  cel::Arena arena;
  report::Table table{{std::string(rules::kScopeWords[static_cast<std::size_t>(scope)]), "value"},
                      {}};
  bool has_error = false;
  for (std::size_t i = 0; i < analysis.world.count(scope); ++i) {
    arena.reset();
    binding.select(scope, i);
    const cel::Value value = program->evaluate(binding.values(), arena);
    has_error = has_error || value.is_error();
    table.rows.push_back({binding.subject(scope, i).id, value_cell(value, arena)});
  }
  print(report::render(table, options.format));
  return has_error || tell_unread(analysis, options.spec) ? kFindings : kClean;
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
          "spec [what the expression reads]")
      ->check(one_word_of(
          std::vector<std::string>(rules::kScopeWords.begin(), rules::kScopeWords.end())))
      ->type_name("KIND");
  add_table_format(*command, options->format);
  add_spec_options(*command, options->spec);
  add_paths(*command, options->spec);
  command->callback(
      [options, &selection] { selection.run = [options] { return evaluate(*options); }; });
}

}  // namespace fedgate::cli
