#include "compiler/cli/command.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <set>
#include <system_error>
#include <utility>

#include <unistd.h>

#include "compiler/cli/progress.h"
#include "compiler/run.h"
#include "schema/base/failure.h"
#include "schema/base/suggest.h"
#include "schema/diag/message.h"
#include "schema/scalar.h"
#include "schema/source/file_system.h"
#include "schema/source/overlay.h"
#include "schema/source/spec_files.h"
#include "schema/x509/private_key.h"

namespace fedgate::cli {

namespace {

auto severity_words() -> const std::map<std::string, diag::Severity>& {
  static const std::map<std::string, diag::Severity> kWords = {{"info", diag::Severity::info},
                                                               {"warning", diag::Severity::warning},
                                                               {"error", diag::Severity::error}};
  return kWords;
}

void write_all(std::FILE* stream, std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stream) != text.size() || std::fflush(stream) != 0) {
    throw Failure(fmt::format("cannot write the output: {}", std::strerror(errno)));
  }
}

auto read_standard_input() -> std::string {
  std::string text;
  std::array<char, 65'536> buffer{};
  while (text.size() <= source::kLargestFile) {
    const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), stdin);
    text.append(buffer.data(), count);
    if (count < buffer.size()) {
      break;
    }
  }
  return text;
}

// Every code that exists: of rules and of findings that code raises.
auto all_codes(const rules::RuleSet& rules) -> std::vector<std::string_view> {
  std::vector<std::string_view> codes;
  for (const rules::Pack& pack : rules.packs()) {
    for (const rules::Rule& rule : pack.rules) {
      codes.push_back(rule.code);
    }
  }
  for (const diag::CodeInfo& info : diag::core_codes()) {
    codes.push_back(info.code);
  }
  return codes;
}

// A rule's code is fine; a finding that code raises has no switch.
void require_rule(const rules::RuleSet& rules, const std::string& code) {
  if (rules.find(code) != nullptr) {
    return;
  }
  const auto core = diag::core_codes();
  const auto info =
      std::find_if(core.begin(), core.end(), [&](const auto& one) { return one.code == code; });
  if (info != core.end()) {
    throw UsageError(fmt::format(
        "`{0}` is no rule, so it cannot be disabled or lowered{1}; see `fedgate explain {0}`", code,
        info->severity == diag::Severity::error ? ": nothing can be built on a spec that has it"
                                                : ""));
  }
  throw UsageError(
      fmt::format("there is no rule `{}`{}", code, nearest_hint(code, all_codes(rules))));
}

// The path as findings show it: from the working folder, where it is below that.
auto from_working_folder(const std::string& path) -> std::string {
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::current_path(error);
  if (error || path.empty() || path.front() != '/') {
    return path;
  }
  const std::filesystem::path relative = std::filesystem::path(path).lexically_relative(folder);
  return relative.empty() || *relative.begin() == ".." ? path : relative.generic_string();
}

// The spec files of `paths`, which come from the option `option`; empty: the command's own.
auto find_files(const source::FileSystem& files, const std::vector<std::string>& paths,
                std::string_view option) -> std::vector<std::string> {
  std::vector<std::string> given;
  std::transform(paths.begin(), paths.end(), std::back_inserter(given), from_working_folder);
  auto found = source::find_spec_files(files, given);
  if (!found) {
    throw UsageError(std::string(option) + found.error().message());
  }
  return *std::move(found);
}

// The public halves of the keys that the user named, by certificate.
auto key_digests(const SpecOptions& options) -> std::map<std::string, std::string, std::less<>> {
  std::map<std::string, std::string, std::less<>> digests;
  for (const std::string& setting : options.keys) {
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == setting.size()) {
      throw UsageError(fmt::format("--key `{}` is not of the form NAME=FILE", setting));
    }
    const std::string file = setting.substr(equals + 1);
    const auto key = x509::read_private_key(file);
    if (!key) {
      throw UsageError(fmt::format("--key: `{}` {}", file, key.error()));
    }
    digests[setting.substr(0, equals)] = key->description().digest;
  }
  return digests;
}

// A key for a certificate that does not exist checks nothing.
void require_certificates(const compiler::Analysis& analysis,
                          const std::map<std::string, std::string, std::less<>>& keys) {
  for (const auto& [name, digest] : keys) {
    const auto certificates = analysis.model.certificates();
    if (analysis.has_world &&
        std::none_of(certificates.begin(), certificates.end(),
                     [&, &wanted = name](const auto& one) { return one.name->text() == wanted; })) {
      throw UsageError(fmt::format("--key: the spec has no certificate `{}`", name));
    }
  }
}

auto platform_of(const SpecOptions& options) -> std::optional<spec::Platform> {
  if (options.platform.empty()) {
    return std::nullopt;
  }
  const auto parsed = spec::Scalar<spec::Platform>::parse(options.platform, {});
  if (!parsed) {
    throw UsageError("--platform: " + parsed.error().message);
  }
  return *parsed;
}

// A file that is given as a part of the spec too counts as a pack only where it says that it is
// one.
void require_pack(const compiler::Analysis& analysis, const std::string& path,
                  const std::vector<std::string>& files) {
  std::set<std::string_view> specs;
  for (const spec::Document& document : analysis.documents) {
    specs.insert(analysis.sources[document.tree->file].name);
  }
  if (std::all_of(files.begin(), files.end(),
                  [&](const std::string& file) { return specs.contains(file); })) {
    throw UsageError(fmt::format("--rules: `{}` holds no rule pack", path));
  }
}

auto engine_options(const SpecOptions& options, const rules::RuleSet& rules)
    -> rules::EngineOptions {
  rules::EngineOptions engine;
  for (const std::string& code : options.disabled) {
    require_rule(rules, code);
    engine.disabled.insert(code);
  }
  for (const std::string& setting : options.severities) {
    const std::size_t equals = setting.find('=');
    const auto level = equals == std::string::npos
                           ? severity_words().end()
                           : severity_words().find(setting.substr(equals + 1));
    if (level == severity_words().end()) {
      throw UsageError(fmt::format(
          "--severity `{}` is not of the form CODE=LEVEL with the levels info, warning, error",
          setting));
    }
    const std::string code = setting.substr(0, equals);
    require_rule(rules, code);
    engine.severities[code] = level->second;
  }
  return engine;
}

}  // namespace

auto nearest_hint(std::string_view given, const std::vector<std::string_view>& known)
    -> std::string {
  const auto near = nearest(given, known);
  return near ? fmt::format("; did you mean `{}`?", *near) : std::string();
}

auto find_unknown(const std::string& word, const std::vector<std::string>& known) -> std::string {
  if (std::find(known.begin(), known.end(), word) != known.end()) {
    return {};
  }
  std::string list;
  for (std::size_t i = 0; i < known.size(); ++i) {
    list += fmt::format("{}`{}`", i == 0 ? "" : i + 1 == known.size() ? " or " : ", ", known[i]);
  }
  return fmt::format("`{}` is not {}{}", word, list,
                     nearest_hint(word, {known.begin(), known.end()}));
}

auto some_text() -> CLI::Validator {
  return {
      [](const std::string& text) { return text.empty() ? "the value is empty" : std::string(); },
      ""};
}

void add_packs_option(CLI::App& command, std::vector<std::string>& paths) {
  command.add_option("--rules", paths, "a further rule pack, file or folder")
      ->type_name("PATH")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->allow_extra_args(false);
}

void add_spec_options(CLI::App& command, SpecOptions& options) {
  add_packs_option(command, options.rules);
  command.add_option("--disable", options.disabled, "leave a rule out")
      ->type_name("CODE")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->allow_extra_args(false);
  command.add_option("--severity", options.severities, "change a rule's severity")
      ->type_name("CODE=LEVEL")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->allow_extra_args(false);
  command.add_option("--as-of", options.as_of, "the day that dated rules use [today, UTC]")
      ->check(some_text())
      ->type_name("DATE");
  command.add_option("--platform", options.platform, "in place of the spec's `gateway.platform`")
      ->check(some_text())
      ->type_name("PLATFORM");
}

void add_key_option(CLI::App& command, SpecOptions& options) {
  command
      .add_option("--key", options.keys,
                  "private key that a certificate's files have to be for; only its public half is "
                  "used")
      ->type_name("NAME=FILE")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->allow_extra_args(false);
}

void add_paths(CLI::App& command, SpecOptions& options) {
  command.add_option("path", options.paths, "spec files or folders [.]")->type_name("PATH");
}

void add_report_options(CLI::App& command, ReportOptions& options) {
  static const std::map<std::string, ReportFormat> kFormats = {
      {"human", ReportFormat::human},   {"json", ReportFormat::json},
      {"sarif", ReportFormat::sarif},   {"github", ReportFormat::github},
      {"gitlab", ReportFormat::gitlab}, {"junit", ReportFormat::junit}};
  command
      .add_option("--format", options.format,
                  "form of the report: human, json, sarif, github, gitlab or junit [human]")
      ->transform(one_word_of(kFormats))
      ->type_name("FORMAT");
  command
      .add_option("--fail-on", options.fail_on,
                  "lowest severity that fails: error, warning or info [error]")
      ->transform(one_word_of(severity_words()))
      ->type_name("LEVEL");
  command.add_option("--color", options.color, "colors: auto, always or never [auto]")
      ->check(one_word_of(std::vector<std::string>{"auto", "always", "never"}))
      ->type_name("WHEN");
  command.add_flag("--quiet,-q", options.quiet, "print nothing where nothing fails");
}

void add_table_format(CLI::App& command, report::TableFormat& format) {
  static const std::map<std::string, report::TableFormat> kFormats = {
      {"table", report::TableFormat::table},
      {"json", report::TableFormat::json},
      {"markdown", report::TableFormat::markdown}};
  command.add_option("--format", format, "table, json or markdown [table]")
      ->transform(one_word_of(kFormats))
      ->type_name("FORMAT");
}

auto day_of(const SpecOptions& options) -> value::Date {
  if (options.as_of.empty()) {
    const auto now = std::chrono::system_clock::now();
    return value::Date::from_days_since_epoch(
        std::chrono::floor<std::chrono::days>(now).time_since_epoch().count());
  }
  const auto parsed = value::Date::parse(options.as_of);
  if (!parsed) {
    throw UsageError("--as-of: " + parsed.error().message);
  }
  return *parsed;
}

void analyze_spec(compiler::Analysis& analysis, const SpecOptions& options, const Texts& texts) {
  const source::RealFileSystem disk;
  const source::OverlayFileSystem files(disk, texts);
  compiler::AnalysisOptions analysis_options;
  analysis_options.as_of = day_of(options);
  analysis_options.platform = platform_of(options);
  analysis_options.keys = key_digests(options);
  compiler::RunFiles run{find_files(files, options.paths, ""), {}, {}};
  if (!options.rules.empty()) {
    run.rules = find_files(files, options.rules, "--rules: ");
  }
  const std::string standard_input(source::kStandardInput);
  if (const auto input = texts.find(standard_input); input != texts.end()) {
    run.standard_input = input->second;
  } else if (std::find(run.specs.begin(), run.specs.end(), standard_input) != run.specs.end() ||
             std::find(run.rules.begin(), run.rules.end(), standard_input) != run.rules.end()) {
    run.standard_input = read_standard_input();
  }
  Progress progress(
      fmt::format("reading {}", report::counted(run.specs.size() + run.rules.size(), "file")));
  compiler::load_files(analysis, files, std::move(run));
  if (analysis.spec_files.empty() && !analysis.sink.has_errors()) {
    throw UsageError(
        "there is no spec in what was given, only rule packs; `fedgate rules test` tests them");
  }
  for (const std::string& path : options.rules) {
    require_pack(analysis, path, find_files(files, {path}, ""));
  }
  analysis_options.engine = engine_options(options, analysis.rules);
  progress.enter("checking");
  compiler::analyze(analysis, files, analysis_options);
  require_certificates(analysis, analysis_options.keys);
}

auto analyze_quietly(compiler::Analysis& analysis, const SpecOptions& options) -> bool {
  analyze_spec(analysis, options);
  if (!analysis.sink.has_errors()) {
    return true;
  }
  print_report(compiler::take_report(analysis, day_of(options)), {}, true);
  return false;
}

void print_report(const report::Report& report, const ReportOptions& options, bool to_error) {
  std::FILE* stream = to_error ? stderr : stdout;
  switch (options.format) {
    case ReportFormat::json:
      return write_all(stream, report::to_json(report));
    case ReportFormat::sarif:
      return write_all(stream, report::to_sarif(report));
    case ReportFormat::github:
      return write_all(stream, report::to_github(report));
    case ReportFormat::gitlab:
      return write_all(stream, report::to_gitlab(report));
    case ReportFormat::junit:
      return write_all(stream, report::to_junit(report, options.fail_on));
    case ReportFormat::human:
      break;
  }
  if (options.quiet && !fails(report, options.fail_on)) {
    return;
  }
  const char* no_color = std::getenv("NO_COLOR");
  const bool is_terminal = isatty(fileno(stream)) == 1;
  const bool color = options.color == "always" || (options.color == "auto" && is_terminal &&
                                                   (no_color == nullptr || *no_color == '\0'));
  write_all(stream, report::to_human(report, color));
}

auto tell_unread(compiler::Analysis& analysis, const SpecOptions& options) -> bool {
  const report::Report report = compiler::take_report(analysis, day_of(options));
  const bool is_unread =
      std::any_of(report.findings.begin(), report.findings.end(), report::is_reading_error);
  if (is_unread) {
    print_report(report, {}, true);
  }
  return is_unread;
}

auto fails(const report::Report& report, diag::Severity fail_on) -> bool {
  return std::any_of(report.findings.begin(), report.findings.end(),
                     [&](const diag::Finding& finding) { return finding.severity >= fail_on; });
}

void print(std::string_view text) { write_all(stdout, text); }

void print_error(std::string_view text) {
  // Nothing can be told where standard error itself is closed.
  static_cast<void>(std::fwrite(text.data(), 1, text.size(), stderr));
}

}  // namespace fedgate::cli
