#include <algorithm>

#include <fmt/format.h>

#include "compiler/cli/command.h"
#include "compiler/report/rule_reference.h"
#include "rules/examples.h"
#include "schema/base/suggest.h"
#include "schema/source/file_system.h"
#include "schema/source/spec_files.h"

namespace fedgate::cli {

namespace {

// The built-in rules and the packs at `paths`. False where a pack has a mistake, which is reported.
auto load_rules(compiler::Analysis& analysis, const std::vector<std::string>& paths) -> bool {
  std::vector<source::FileId> files;
  if (!paths.empty()) {
    const source::RealFileSystem disk;
    const auto found = source::find_spec_files(disk, paths);
    if (!found) {
      throw UsageError(found.error().message());
    }
    source::LoadedSources loaded = source::load_sources(disk, *found, {}, analysis.sink);
    analysis.sources = std::move(loaded.sources);
    files = loaded.readable;
  }
  compiler::load(analysis, files, {files.begin(), files.end()});
  if (!analysis.sink.has_errors()) {
    return true;
  }
  print_report(compiler::take_report(analysis, {}), {}, true);
  return false;
}

auto test(const std::vector<std::string>& paths) -> int {
  compiler::Analysis analysis;
  if (!load_rules(analysis, paths)) {
    return kFindings;
  }
  std::size_t passed = 0;
  std::size_t failed = 0;
  for (const rules::Pack& pack : analysis.rules.packs()) {
    for (const rules::ExampleResult& result :
         rules::run_examples(analysis.rules, pack, analysis.matrix)) {
      ++(result.passed ? passed : failed);
      if (!result.passed) {
        const source::Span where =
            result.example == nullptr ? result.rule->where : result.example->where;
        const source::LineTable lines(analysis.sources[where.file].text);
        print(fmt::format("{}:{}: {}: {}\n", analysis.sources[where.file].name,
                          lines.position(where.begin).line, result.rule->code, result.problem));
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
  report::Table table = report::rules_table(analysis.rules);
  if (format == report::TableFormat::table) {
    // What fits a terminal; the other forms have all columns.
    table.columns.resize(4);
    for (auto& row : table.rows) {
      row.resize(4);
    }
  }
  print(report::render(table, format));
  return kClean;
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
  const auto near = nearest(code, known);
  throw UsageError(fmt::format("there is no finding `{}`{}", code,
                               near ? fmt::format("; did you mean `{}`?", *near) : std::string{}));
}

}  // namespace

void add_rules(CLI::App& app, Selection& selection) {
  CLI::App* command = app.add_subcommand("rules", "list the rules, or test their examples");
  auto format = std::make_shared<report::TableFormat>(report::TableFormat::table);
  auto paths = std::make_shared<std::vector<std::string>>();
  add_table_format(*command, *format);
  command->add_option("--rules", *paths, "a further rule pack, file or folder")
      ->type_name("PATH")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  CLI::App* part = command->add_subcommand(
      "test", "run every example: a bad one must give its finding, a good one must not");
  auto packs = std::make_shared<std::vector<std::string>>();
  part->add_option("pack", *packs, "packs beside the built-in ones")->type_name("PATH");
  command->require_subcommand(0, 1);
  command->callback([command, part, format, paths, packs, &selection] {
    if (command->got_subcommand(part)) {
      selection.run = [packs] { return test(*packs); };
    } else {
      selection.run = [format, paths] { return list(*paths, *format); };
    }
  });
}

void add_explain(CLI::App& app, Selection& selection) {
  CLI::App* command =
      app.add_subcommand("explain", "what a finding means, with its source and examples");
  auto code = std::make_shared<std::string>();
  auto paths = std::make_shared<std::vector<std::string>>();
  command->add_option("code", *code, "code or name of the finding")->required()->type_name("CODE");
  command->add_option("--rules", *paths, "a further rule pack, file or folder")
      ->type_name("PATH")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command->callback([code, paths, &selection] {
    selection.run = [code, paths] { return explain(*code, *paths); };
  });
}

}  // namespace fedgate::cli
