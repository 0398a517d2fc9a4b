#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "compiler/cli/artifacts.h"
#include "compiler/cli/command.h"
#include "compiler/cli/progress.h"
#include "compiler/output/digest.h"
#include "compiler/output/folder.h"
#include "compiler/output/unified_diff.h"
#include "compiler/report/table.h"

namespace fedgate::cli {

namespace {

struct CompileOptions {
  SpecOptions spec;
  ReportOptions report;
  std::string folder;
  bool dry_run = false;
  bool check = false;
};

auto list(const std::vector<output::Artifact>& artifacts) -> int {
  report::Table table{{"artifact", "bytes", "sha256"}, {}};
  for (const output::Artifact& artifact : artifacts) {
    table.rows.push_back({artifact.path, fmt::format("{}", artifact.text.size()),
                          output::sha256_hex(artifact.text)});
  }
  print(report::render(table, report::TableFormat::table));
  return kClean;
}

// What is in the folder against what would be written, as one unified diff.
auto compare(const std::string& folder, const std::vector<output::Artifact>& artifacts) -> int {
  std::string diff;
  for (const output::Difference& difference : output::compare_folder(folder, artifacts)) {
    const std::string& path = difference.path;
    if (difference.kind == output::Difference::Kind::foreign) {
      fmt::format_to(std::back_inserter(diff), "Only in {}: {} (not written by fedgate)\n", folder,
                     path);
      continue;
    }
    const bool is_there = difference.kind != output::Difference::Kind::missing;
    const auto wanted = std::find_if(artifacts.begin(), artifacts.end(),
                                     [&](const auto& artifact) { return artifact.path == path; });
    const bool is_wanted = wanted != artifacts.end();
    diff += output::unified_diff(is_there ? output::read_file(folder, path) : std::string{},
                                 is_wanted ? wanted->text : std::string{},
                                 is_there ? "a/" + path : "/dev/null",
                                 is_wanted ? "b/" + path : "/dev/null");
  }
  print(diff);
  return diff.empty() ? kClean : kFindings;
}

auto write(const std::string& folder, const std::vector<output::Artifact>& artifacts) -> int {
  const auto written = [&] {
    const Progress progress(
        fmt::format("writing {}", report::counted(artifacts.size(), "artifact")));
    return output::write_folder(folder, artifacts);
  }();
  if (!written) {
    throw UsageError(output::to_text(written.error(), folder));
  }
  print_error(fmt::format("fedgate: wrote {} to {}\n",
                          report::counted(artifacts.size(), "artifact"), folder));
  return kClean;
}

auto compile(const CompileOptions& options) -> int {
  compiler::Analysis analysis;
  analyze_spec(analysis, options.spec);
  const bool has_errors = analysis.sink.has_errors();
  const report::Report report = compiler::take_report(analysis, day_of(options.spec));
  // Standard output belongs to the result: the list, the diff, or else the report.
  print_report(report, options.report, options.dry_run || options.check);
  if (has_errors || fails(report, options.report.fail_on)) {
    print_error("fedgate: nothing was written\n");
    return kFindings;
  }
  compiler::release_trees(analysis);
  const std::vector<output::Artifact> artifacts = [&] {
    const Progress progress("compiling");
    return artifacts_of(analysis);
  }();
  if (options.dry_run) {
    return list(artifacts);
  }
  return options.check ? compare(options.folder, artifacts) : write(options.folder, artifacts);
}

}  // namespace

void add_compile(CLI::App& app, Selection& selection) {
  CLI::App* command =
      app.add_subcommand("compile", "check a spec and write every artifact to a folder");
  auto options = std::make_shared<CompileOptions>();
  command->add_option("--output,-o", options->folder, "folder to write, all or nothing")
      ->type_name("DIR");
  command->add_flag("--dry-run", options->dry_run, "only list the artifacts");
  command->add_flag("--check", options->check,
                    "write nothing; exit 1 with a diff where DIR differs");
  add_spec_options(*command, options->spec);
  add_report_options(*command, options->report);
  add_paths(*command, options->spec);
  command->callback([options, &selection] {
    if (options->folder.empty() && !options->dry_run) {
      throw UsageError("compile needs the folder to write: `-o DIR`");
    }
    if (options->dry_run && options->check) {
      throw UsageError("--dry-run and --check exclude each other");
    }
    selection.run = [options] { return compile(*options); };
  });
}

}  // namespace fedgate::cli
