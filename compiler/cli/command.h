// What the commands share: the options of a run over a spec, and output to standard streams.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "compiler/cli/cli.h"
#include "compiler/pipeline.h"
#include "compiler/report/table.h"
#include "schema/diag/finding.h"

namespace fedgate::cli {

// Wrong usage that the argument parser cannot see; exit status 2.
class UsageError : public std::runtime_error {
 public:
  explicit UsageError(const std::string& message) : std::runtime_error(message) {}
};

// The command that the arguments select; set by the parser's callbacks.
struct Selection {
  std::function<int()> run;
};

enum class ReportFormat : std::uint8_t { human, json, sarif, github, gitlab, junit };

// Options of every command that reads a spec.
struct SpecOptions {
  std::vector<std::string> paths;
  std::vector<std::string> rules;
  std::vector<std::string> disabled;
  std::vector<std::string> severities;
  std::string as_of;
  std::string platform;
  // `NAME=FILE`: private keys of certificates.
  std::vector<std::string> keys;
};

// Options of the commands that report findings.
struct ReportOptions {
  ReportFormat format = ReportFormat::human;
  diag::Severity fail_on = diag::Severity::error;
  std::string color = "auto";
  bool quiet = false;
};

// `; did you mean `X`?` where one of `known` is close, else nothing.
[[nodiscard]] auto nearest_hint(std::string_view given, const std::vector<std::string_view>& known)
    -> std::string;

// What is wrong with a word that is none of `known`; empty: nothing.
[[nodiscard]] auto find_unknown(const std::string& word, const std::vector<std::string>& known)
    -> std::string;

// A validator that takes one of the words, from a map or a list. The help names the words already,
// so that the validator adds nothing to it.
template <typename Words>
[[nodiscard]] auto one_word_of(const Words& words) -> CLI::Validator {
  if constexpr (requires { typename Words::mapped_type; }) {
    std::vector<std::string> known;
    known.reserve(words.size());
    for (const auto& [word, value] : words) {
      known.push_back(word);
    }
    return CLI::Validator(
        [known, transform = CLI::CheckedTransformer(words)](std::string& word) {
          const std::string problem = find_unknown(word, known);
          return problem.empty() ? transform(word) : problem;
        },
        "");
  } else {
    return CLI::Validator([known = words](std::string& word) { return find_unknown(word, known); },
                          "");
  }
}

// A validator that refuses an empty value: an unset variable of a CI job is not "not given".
[[nodiscard]] auto some_text() -> CLI::Validator;

// `--rules PATH`, which may be repeated.
void add_packs_option(CLI::App& command, std::vector<std::string>& paths);
void add_spec_options(CLI::App& command, SpecOptions& options);
// `--key NAME=FILE`, for commands that report on certificates.
void add_key_option(CLI::App& command, SpecOptions& options);
// The paths as the last positional argument.
void add_paths(CLI::App& command, SpecOptions& options);
void add_report_options(CLI::App& command, ReportOptions& options);
void add_table_format(CLI::App& command, report::TableFormat& format);

// Texts in place of what files hold, by path; `-` is standard input.
using Texts = std::map<std::string, std::string>;

// Reads the files and runs all phases. Throws UsageError where a path, code, level or date is not
// usable.
void analyze_spec(compiler::Analysis& analysis, const SpecOptions& options,
                  const Texts& texts = {});

// The day that dated rules use.
[[nodiscard]] auto day_of(const SpecOptions& options) -> value::Date;

// Prints the report in its format to standard output, or, with `to_error`, to standard error.
// `--quiet` keeps the human report back where nothing fails; programs always get theirs.
void print_report(const report::Report& report, const ReportOptions& options, bool to_error);

// Whether a part of the spec could not be read, so that a result is not about all of it; the report
// on standard error then says which.
[[nodiscard]] auto tell_unread(compiler::Analysis& analysis, const SpecOptions& options) -> bool;

// Whether a finding is grave enough to fail.
[[nodiscard]] auto fails(const report::Report& report, diag::Severity fail_on) -> bool;

// Writes all of `text`; throws Failure where that is not possible.
void print(std::string_view text);
void print_error(std::string_view text);

// Reads a spec for a command that shows or emits: findings go to standard error, and false is
// returned where an error stands among them.
[[nodiscard]] auto analyze_quietly(compiler::Analysis& analysis, const SpecOptions& options)
    -> bool;

void add_check(CLI::App& app, Selection& selection);
void add_compile(CLI::App& app, Selection& selection);
void add_emit(CLI::App& app, Selection& selection);
void add_negotiate(CLI::App& app, Selection& selection);
void add_show(CLI::App& app, Selection& selection);
void add_rules(CLI::App& app, Selection& selection);
void add_explain(CLI::App& app, Selection& selection);
void add_eval(CLI::App& app, Selection& selection);
void add_schema(CLI::App& app, Selection& selection);
void add_init(CLI::App& app, Selection& selection);
void add_lsp(CLI::App& app, Selection& selection);
void add_dump(CLI::App& app, Selection& selection);

}  // namespace fedgate::cli
