#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "compiler/cli/command.h"
#include "compiler/report/rule_coverage.h"
#include "compiler/report/rule_list.h"
#include "compiler/report/rule_reference.h"
#include "compiler/report/variable_reference.h"
#include "rules/examples.h"
#include "schema/source/file_system.h"
#include "schema/source/spec_files.h"

namespace fedgate::cli {

namespace {

// The built-in rules and the packs at `paths`, whose files are added to `files`; of a folder, only
// those that are packs. False where a pack has a mistake, which is reported.
auto load_rules(compiler::Analysis& analysis, const std::vector<std::string>& paths,
                std::set<source::FileId>* files = nullptr) -> bool {
  std::vector<source::FileId> readable;
  std::set<source::FileId> named;
  if (!paths.empty()) {
    const source::RealFileSystem disk;
    const auto found = source::find_spec_files(disk, paths);
    if (!found) {
      throw UsageError(found.error().message());
    }
    source::LoadedSources loaded = source::load_sources(disk, *found, {}, analysis.sink);
    analysis.sources = std::move(loaded.sources);
    readable = loaded.readable;
    for (const source::FileId file : readable) {
      if (std::find(paths.begin(), paths.end(), analysis.sources[file].name) != paths.end()) {
        named.insert(file);
      }
    }
  }
  compiler::load(analysis, readable, named);
  if (analysis.sink.has_errors()) {
    print_report(compiler::take_report(analysis, {}), {}, true);
    return false;
  }
  const bool has_pack = analysis.spec_files.size() < readable.size();
  if (!paths.empty() && !has_pack) {
    throw UsageError(
        fmt::format("there is no rule pack in `{}`; a pack is a YAML file with a "
                    "top-level `pack`",
                    fmt::join(paths, "`, `")));
  }
  if (files != nullptr) {
    files->insert(readable.begin(), readable.end());
  }
  return true;
}

// What differs in an example that failed: where it stands, what was expected, what it says.
auto failure_text(const source::Sources& sources, const rules::Pack& pack,
                  const rules::ExampleResult& result) -> std::string {
  const rules::Example* example = result.example;
  const source::Span where = example == nullptr ? result.rule->where : example->where;
  const source::SourceFile& file = sources[where.file];
  const std::uint32_t line = source::LineTable(file.text).position(where.begin).line;
  std::string text = fmt::format("{}:{}: {} {}: {}\n", file.name, line, result.rule->code,
                                 result.rule->name, result.problem);
  if (example != nullptr) {
    text += fmt::format("    {}: {}\n", example->is_bad ? "bad" : "good",
                        report::example_text(pack, *example, sources, "      "));
  }
  return text;
}

auto test(const std::vector<std::string>& paths) -> int {
  compiler::Analysis analysis;
  std::set<source::FileId> files;
  if (!load_rules(analysis, paths, &files)) {
    return kFindings;
  }
  std::size_t passed = 0;
  std::size_t failed = 0;
  for (const rules::Pack& pack : analysis.rules.packs()) {
    if (!paths.empty() && !files.contains(pack.tree->file)) {
      continue;
    }
    for (const rules::ExampleResult& result :
         rules::run_examples(analysis.rules, pack, analysis.matrix)) {
      ++(result.passed ? passed : failed);
      if (!result.passed) {
        print(failure_text(analysis.sources, pack, result));
      }
    }
  }
  print(fmt::format("{} passed, {} failed\n", passed, failed));
  return failed == 0 ? kClean : kFindings;
}

auto list(const std::vector<std::string>& paths, report::TableFormat format) -> int {
  compiler::Analysis analysis;
  if (!load_rules(analysis, paths)) {
    return kFindings;
  }
  switch (format) {
    case report::TableFormat::table:
      print(report::render(report::rules_table(analysis.rules), format));
      break;
    case report::TableFormat::json:
      print(report::rules_json(analysis.rules, analysis.sources));
      break;
    case report::TableFormat::markdown:
      print(report::rules_markdown(analysis.rules));
      break;
  }
  return kClean;
}

struct CoverageOptions {
  SpecOptions spec;
  report::TableFormat format = report::TableFormat::table;
};

// Without a world no rule was asked, which the findings on standard error explain.
auto coverage(const CoverageOptions& options) -> int {
  compiler::Analysis analysis;
  analyze_spec(analysis, options.spec);
  if (!analysis.has_world) {
    print_report(compiler::take_report(analysis, day_of(options.spec)), {}, true);
    return kFindings;
  }
  const report::Table table = report::coverage_table(analysis.rules, analysis.evaluation);
  print(report::render(table, options.format));
  print_error(report::coverage_summary(table) + "\n");
  return tell_unread(analysis, options.spec) ? kFindings : kClean;
}

auto explain(const std::string& code, const std::vector<std::string>& paths) -> int {
  compiler::Analysis analysis;
  if (!load_rules(analysis, paths)) {
    return kFindings;
  }
  std::vector<std::string_view> known;
  for (const rules::Pack& pack : analysis.rules.packs()) {
    for (const rules::Rule& rule : pack.rules) {
      if (rule.code == code || rule.name == code) {
        print(report::explain_rule(analysis.rules, pack, rule, analysis.matrix, analysis.sources));
        return kClean;
      }
      known.push_back(rule.code);
    }
  }
  for (const diag::CodeInfo& info : diag::core_codes()) {
    if (info.code == code || info.name == code) {
      print(report::explain_code(info));
      return kClean;
    }
    known.push_back(info.code);
  }
  throw UsageError(fmt::format("there is no finding `{}`{}", code, nearest_hint(code, known)));
}

}  // namespace

namespace {

void add_rules_test(CLI::App& command, Selection& selection) {
  CLI::App* part = command.add_subcommand(
      "test", "run every example: a bad one must give its finding, a good one must not");
  auto packs = std::make_shared<std::vector<std::string>>();
  part->add_option("pack", *packs, "packs to test, files or folders [the built-in ones]")
      ->type_name("PACK");
  part->callback([packs, &selection] { selection.run = [packs] { return test(*packs); }; });
}

void add_rules_coverage(CLI::App& command, Selection& selection) {
  CLI::App* part = command.add_subcommand(
      "coverage", "what became of each rule over a spec: applied, passed, fired, waived");
  auto options = std::make_shared<CoverageOptions>();
  add_spec_options(*part, options->spec);
  add_table_format(*part, options->format);
  add_paths(*part, options->spec);
  part->callback(
      [options, &selection] { selection.run = [options] { return coverage(*options); }; });
}

void add_rules_reference(CLI::App& command, Selection& selection) {
  CLI::App* part = command.add_subcommand(
      "reference", "the page of variables, fields and tables that rules can name, as Markdown");
  part->callback([&selection] {
    selection.run = [] {
      print(report::variable_reference());
      return kClean;
    };
  });
}

}  // namespace

void add_rules(CLI::App& app, Selection& selection) {
  CLI::App* command =
      app.add_subcommand("rules", "list the rules, test their examples, see their coverage");
  auto format = std::make_shared<report::TableFormat>(report::TableFormat::table);
  auto paths = std::make_shared<std::vector<std::string>>();
  add_table_format(*command, *format);
  add_packs_option(*command, *paths);
  command->require_subcommand(0, 1);
  command->callback([format, paths, &selection, command] {
    if (command->get_subcommands().empty()) {
      selection.run = [format, paths] { return list(*paths, *format); };
    } else if (command->count("--format") > 0 || !paths->empty()) {
      throw UsageError("the options of `fedgate rules` are for its list; give those of `" +
                       command->get_subcommands().front()->get_name() + "` behind its name");
    }
  });
  add_rules_test(*command, selection);
  add_rules_coverage(*command, selection);
  add_rules_reference(*command, selection);
}

void add_explain(CLI::App& app, Selection& selection) {
  CLI::App* command =
      app.add_subcommand("explain", "what a finding means, with its source and examples");
  auto code = std::make_shared<std::string>();
  auto paths = std::make_shared<std::vector<std::string>>();
  command->add_option("code", *code, "code or name of the finding")->required()->type_name("CODE");
  add_packs_option(*command, *paths);
  command->callback([code, paths, &selection] {
    selection.run = [code, paths] { return explain(*code, *paths); };
  });
}

}  // namespace fedgate::cli
