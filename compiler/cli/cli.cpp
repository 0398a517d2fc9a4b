#include "compiler/cli/cli.h"

#include <new>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "compiler/cli/command.h"
#include "schema/base/failure.h"
#include "schema/base/version.h"

namespace fedgate::cli {

namespace {

constexpr std::string_view kExamples =
    "Examples:\n"
    "  fedgate init federation            start a spec\n"
    "  fedgate check federation           look for mistakes\n"
    "  fedgate compile -o out federation  write every artifact to the folder out\n"
    "  fedgate emit zone contoso.com federation\n"
    "  fedgate negotiate --ours required,optional,true --theirs optional,not_supported,true\n"
    "  fedgate explain NEG002             what a finding means, with examples\n"
    "\n"
    "A path is a file, a folder (every *.yaml and *.yml below it) or - for standard input; "
    "without\n"
    "one, the current folder is read.\n"
    "\n"
    "Exit status: 0 clean, 1 findings, 2 wrong usage, 3 could not finish.\n";

// Commands by name with one line each, then the examples.
class HelpFormatter : public CLI::Formatter {
 public:
  HelpFormatter() { column_width(34); }

  auto make_footer(const CLI::App* app) const -> std::string override {
    return app->get_parent() == nullptr ? "\n" + std::string(kExamples)
                                        : CLI::Formatter::make_footer(app);
  }
};

void add_commands(CLI::App& app, Selection& selection) {
  add_check(app, selection);
  add_compile(app, selection);
  add_emit(app, selection);
  add_show(app, selection);
  add_negotiate(app, selection);
  add_rules(app, selection);
  add_explain(app, selection);
  add_eval(app, selection);
  add_schema(app, selection);
  add_lsp(app, selection);
  add_init(app, selection);
  add_dump(app, selection);
}

// `--version` everywhere.
void add_version(CLI::App& app) {
  app.set_version_flag("--version", "fedgate " FEDGATE_VERSION, "print the version and exit");
  for (CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    add_version(*command);
  }
}

// `fedgate`, `fedgate show`, ...
auto full_name(const CLI::App& command) -> std::string {
  return command.get_parent() == nullptr
             ? command.get_name()
             : full_name(*command.get_parent()) + " " + command.get_name();
}

// The commands, or the long options, that the command has.
auto words_of(const CLI::App& command, bool options) -> std::vector<std::string> {
  std::vector<std::string> words;
  if (options) {
    for (const CLI::Option* option : command.get_options()) {
      for (const std::string& name : option->get_lnames()) {
        words.push_back("--" + name);
      }
    }
  } else {
    for (const CLI::App* one : command.get_subcommands([](const CLI::App*) { return true; })) {
      words.push_back(one->get_name());
    }
  }
  return words;
}

// The command that the arguments reached, which may be `fedgate` itself.
auto reached(const CLI::App& app) -> const CLI::App& {
  const std::vector<CLI::App*> next = app.get_subcommands();
  return next.empty() ? app : reached(*next.front());
}

// What is wrong with arguments that no command takes, or that end before one, told by the command
// that they reached.
auto usage_error(const CLI::App& app, const CLI::ParseError& error) -> UsageError {
  const CLI::App& command = reached(app);
  const std::vector<std::string> rest = app.remaining(true);
  const bool is_option = !rest.empty() && rest.front().starts_with('-');
  const std::vector<std::string> known = words_of(command, is_option);
  if (!rest.empty() && !known.empty()) {
    return UsageError(fmt::format("`{}` is no {} of `{}`{}", rest.front(),
                                  is_option ? "option" : "command", full_name(command),
                                  nearest_hint(rest.front(), {known.begin(), known.end()})));
  }
  if (rest.empty() && !known.empty()) {
    return UsageError(
        fmt::format("`{}` is followed by one of {}", full_name(command), fmt::join(known, ", ")));
  }
  return UsageError(error.what());
}

auto parse_and_run(CLI::App& app, int argc, char** argv) -> int {
  Selection selection;
  add_commands(app, selection);
  add_version(app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    print(app.help());
    return kClean;
  } catch (const CLI::CallForAllHelp&) {
    print(app.help("", CLI::AppFormatMode::All));
    return kClean;
  } catch (const CLI::CallForVersion& version) {
    print(std::string(version.what()) + "\n");
    return kClean;
  } catch (const CLI::ExtrasError& error) {
    throw usage_error(app, error);
  } catch (const CLI::RequiredError& error) {
    throw usage_error(app, error);
  } catch (const CLI::ParseError& error) {
    throw UsageError(error.what());
  }
  if (!selection.run) {
    print_error(app.help());
    return kUsage;
  }
  return selection.run();
}

// The whole run; what is wrong with the arguments is told with the command that explains them.
auto run_command(int argc, char** argv) -> int {
  CLI::App app(
      "Checks one declarative spec of an XMPP federation gateway (partners, certificates, DNS)\n"
      "against policy rules, and compiles it into gateway configuration, zone fragments and\n"
      "certificate requests.",
      "fedgate");
  app.formatter(std::make_shared<HelpFormatter>());
  app.set_help_flag("--help,-h", "print help and exit");
  app.require_subcommand(0, 1);
  try {
    return parse_and_run(app, argc, argv);
  } catch (const UsageError& error) {
    print_error(fmt::format("fedgate: {}\n`{} --help` shows how it is used\n", error.what(),
                            full_name(reached(app))));
    return kUsage;
  }
}

}  // namespace

auto run(int argc, char** argv) -> int {
  try {
    return run_command(argc, argv);
  } catch (const Failure& failure) {
    print_error(fmt::format("fedgate: {}\n", failure.what()));
    return kFailure;
  } catch (const std::bad_alloc&) {
    print_error("fedgate: out of memory\n");
    return kFailure;
  } catch (const std::exception& error) {
    print_error(fmt::format("fedgate: {}\n", error.what()));
    return kFailure;
  }
}

}  // namespace fedgate::cli
