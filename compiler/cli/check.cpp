#include <algorithm>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "compiler/cli/command.h"
#include "compiler/fixes.h"
#include "compiler/output/replace_file.h"
#include "compiler/output/unified_diff.h"
#include "compiler/report/baseline.h"
#include "compiler/report/secret_text.h"
#include "schema/base/failure.h"
#include "schema/source/file_system.h"
#include "schema/source/spec_files.h"

namespace fedgate::cli {

namespace {

struct CheckOptions {
  SpecOptions spec;
  ReportOptions report;
  std::string baseline;
  std::string new_baseline;
  bool fix = false;
  bool diff = false;
};

// A fix may make room for another one: of the same list, or of what came to light behind the first.
// More rounds than this would mean two rules that undo each other.
constexpr int kMostRounds = 8;

auto path_of(const source::SourceFile& file) -> std::string {
  return file.name == source::kStandardInputName ? std::string(source::kStandardInput) : file.name;
}

// The spec under mending: what the files held, what they are to hold, and the analysis of that.
class Mending {
 public:
  explicit Mending(const SpecOptions& options) : options_(&options) {}

  // Analyzes and applies fixes until none is left.
  void run();
  [[nodiscard]] auto report() -> report::Report& { return *report_; }
  [[nodiscard]] auto fixed() const -> std::size_t { return fixed_; }
  [[nodiscard]] auto changed_files() const -> std::vector<std::string>;
  [[nodiscard]] auto diff() const -> std::string;
  void write() const;

 private:
  void analyze();
  void remember_originals();
  [[nodiscard]] auto reading_errors() const -> std::ptrdiff_t;
  void remember_secrets();

  const SpecOptions* options_;
  std::unique_ptr<compiler::Analysis> analysis_;
  std::optional<report::Report> report_;
  Texts originals_;
  Texts texts_;
  // What a finding says should not stand in the spec, and no diff may show.
  std::set<std::string, std::less<>> secrets_;
  std::size_t fixed_ = 0;
};

void Mending::analyze() {
  report_.reset();
  analysis_ = std::make_unique<compiler::Analysis>();
  analyze_spec(*analysis_, *options_, texts_);
  report_ = compiler::take_report(*analysis_, day_of(*options_));
}

// Later rounds read nothing again: what was looked at is what is mended.
void Mending::remember_originals() {
  for (const source::FileId file : analysis_->spec_files) {
    const source::SourceFile& source = analysis_->sources[file];
    originals_.emplace(path_of(source), source.text);
  }
  texts_ = originals_;
}

void Mending::remember_secrets() {
  for (const diag::Finding& finding : report_->findings) {
    if (finding.hides_source && !analysis_->sources.text(finding.where).empty()) {
      secrets_.emplace(analysis_->sources.text(finding.where));
    }
  }
}

auto Mending::reading_errors() const -> std::ptrdiff_t {
  return std::count_if(report_->findings.begin(), report_->findings.end(),
                       report::is_reading_error);
}

void Mending::run() {
  analyze();
  remember_originals();
  remember_secrets();
  const std::ptrdiff_t errors_before = reading_errors();
  for (int round = 0; round < kMostRounds; ++round) {
    compiler::FixedTexts fixed = compiler::apply_fixes(analysis_->sources, report_->findings);
    std::size_t changes = 0;
    for (auto& [file, text] : fixed.texts) {
      // A rule pack or a built-in file is not mended, and neither is what a spec names.
      const auto entry = texts_.find(path_of(analysis_->sources[file]));
      if (entry != texts_.end() && entry->second != text) {
        entry->second = std::move(text);
        ++changes;
      }
    }
    if (changes == 0) {
      return;
    }
    fixed_ += fixed.applied;
    analyze();
    if (reading_errors() > errors_before) {
      throw Failure(
          fmt::format("a fix would make a file unreadable, which is a defect of its rule; "
                      "nothing was written: {}",
                      report_->findings.front().message));
    }
  }
  throw Failure("the fixes of two rules undo each other; nothing was written");
}

auto Mending::changed_files() const -> std::vector<std::string> {
  std::vector<std::string> files;
  for (const auto& [path, text] : texts_) {
    if (originals_.at(path) != text) {
      files.push_back(path);
    }
  }
  return files;
}

auto Mending::diff() const -> std::string {
  std::string diff;
  for (const std::string& path : changed_files()) {
    diff += output::unified_diff(originals_.at(path), texts_.at(path), "a/" + path, "b/" + path);
  }
  for (const std::string& secret : secrets_) {
    for (std::size_t at = diff.find(secret); at != std::string::npos;
         at = diff.find(secret, at + secret.size())) {
      std::fill_n(diff.begin() + static_cast<std::ptrdiff_t>(at), secret.size(), '*');
    }
  }
  std::string shown;
  for (std::size_t begin = 0; begin < diff.size();) {
    const std::size_t end = std::min(diff.find('\n', begin), diff.size());
    std::string line = diff.substr(begin, end - begin);
    report::hide_secret(line);
    shown += line + "\n";
    begin = end + 1;
  }
  return shown;
}

void Mending::write() const {
  const source::RealFileSystem files;
  std::map<std::string, std::string> changed;
  for (const std::string& path : changed_files()) {
    const auto now = files.read(path, source::kLargestFile);
    if (!now || *now != originals_.at(path)) {
      throw Failure(
          fmt::format("`{}` has changed while it was checked; nothing was written", path));
    }
    changed.emplace(path, texts_.at(path));
  }
  output::replace_files(changed);
}

auto load_baseline(const std::string& path) -> report::Baseline {
  const source::RealFileSystem files;
  if (files.kind(path) != source::EntryKind::file) {
    throw UsageError(
        fmt::format("--baseline: there is no file `{}`; --write-baseline makes it", path));
  }
  const auto text = files.read(path, source::kLargestFile);
  if (!text) {
    throw Failure(fmt::format("cannot read `{}`: {}", path, text.error().detail));
  }
  auto baseline = report::read_baseline(*text);
  if (!baseline) {
    throw UsageError(
        fmt::format("--baseline: `{}` is no baseline of fedgate: {}", path, baseline.error()));
  }
  return *std::move(baseline);
}

// A baseline may take the place of an older one, and of nothing else: with its file name left out,
// --write-baseline takes a spec for it.
void require_replaceable(const std::string& path) {
  const source::RealFileSystem files;
  if (files.kind(path) == source::EntryKind::missing) {
    return;
  }
  const auto text = files.read(path, source::kLargestFile);
  if (!text || !report::read_baseline(*text)) {
    throw UsageError(fmt::format(
        "--write-baseline: `{}` exists and is no baseline of fedgate; it was left as it is", path));
  }
}

// None where the user gave none.
auto baseline_of(const CheckOptions& options) -> std::optional<report::Baseline> {
  return options.baseline.empty() ? std::nullopt : std::optional(load_baseline(options.baseline));
}

// What was found before is known, and what is written to a baseline is from then on.
void compare(report::Report& report, std::optional<report::Baseline> baseline,
             const CheckOptions& options) {
  if (baseline) {
    report::apply_baseline(report, *std::move(baseline));
  }
  if (options.new_baseline.empty()) {
    return;
  }
  output::replace_file(options.new_baseline, report::write_baseline(report));
  report::accept(report);
  print_error(fmt::format("fedgate: wrote {} to {}\n",
                          report::counted(report.known.size(), "finding"), options.new_baseline));
}

auto check_once(const CheckOptions& options) -> int {
  std::optional<report::Baseline> baseline = baseline_of(options);
  compiler::Analysis analysis;
  analyze_spec(analysis, options.spec);
  report::Report report = compiler::take_report(analysis, day_of(options.spec));
  compare(report, std::move(baseline), options);
  print_report(report, options.report, false);
  return fails(report, options.report.fail_on) ? kFindings : kClean;
}

auto check_and_fix(const CheckOptions& options) -> int {
  std::optional<report::Baseline> baseline = baseline_of(options);
  Mending mending(options.spec);
  mending.run();
  const std::size_t files = mending.changed_files().size();
  const std::string done = fmt::format("{} in {}", report::counted(mending.fixed(), "finding"),
                                       report::counted(files, "file"));
  if (!options.diff) {
    mending.write();
  }
  compare(mending.report(), std::move(baseline), options);
  const bool has_failed = fails(mending.report(), options.report.fail_on);
  if (options.diff) {
    print(mending.diff());
    print_report(mending.report(), options.report, true);
    print_error(fmt::format("fedgate: {} can be fixed\n", done));
    return has_failed || files != 0 ? kFindings : kClean;
  }
  print_report(mending.report(), options.report, false);
  print_error(fmt::format("fedgate: fixed {}\n", done));
  return has_failed ? kFindings : kClean;
}

void validate(const CheckOptions& options) {
  if (options.diff && !options.fix) {
    throw UsageError("--diff shows what --fix would do; give both");
  }
  if (options.diff && !options.new_baseline.empty()) {
    throw UsageError("--diff writes nothing; leave --write-baseline out");
  }
  const auto& paths = options.spec.paths;
  if (options.fix && !options.diff &&
      std::find(paths.begin(), paths.end(), source::kStandardInput) != paths.end()) {
    throw UsageError("--fix cannot change standard input; add --diff to see what it would do");
  }
  if (!options.new_baseline.empty()) {
    require_replaceable(options.new_baseline);
  }
}

}  // namespace

void add_check(CLI::App& app, Selection& selection) {
  CLI::App* command = app.add_subcommand("check", "look for mistakes in a spec");
  auto options = std::make_shared<CheckOptions>();
  add_spec_options(*command, options->spec);
  add_key_option(*command, options->spec);
  add_report_options(*command, options->report);
  command
      ->add_option("--baseline", options->baseline,
                   "findings that are known; only others fail the run")
      ->check(some_text())
      ->type_name("FILE");
  command
      ->add_option("--write-baseline", options->new_baseline,
                   "write what is found now, to be known from then on")
      ->check(some_text())
      ->type_name("FILE");
  command->add_flag("--fix", options->fix, "mend what has one certain answer");
  command->add_flag("--diff", options->diff, "with --fix: only show it, as a unified diff");
  add_paths(*command, options->spec);
  command->callback([options, &selection] {
    validate(*options);
    selection.run = [options] {
      return options->fix ? check_and_fix(*options) : check_once(*options);
    };
  });
}

}  // namespace fedgate::cli
