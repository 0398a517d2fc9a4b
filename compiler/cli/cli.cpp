#include "compiler/cli/cli.h"

#include <new>

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

auto parse_and_run(int argc, char** argv) -> int {
  CLI::App app(
      "Checks one declarative spec of an XMPP federation gateway (partners, certificates, DNS)\n"
      "against policy rules, and compiles it into gateway configuration, zone fragments and\n"
      "certificate requests.",
      "fedgate");
  app.formatter(std::make_shared<HelpFormatter>());
  app.set_version_flag("--version", "fedgate " FEDGATE_VERSION);
  app.set_help_flag("--help,-h", "print help and exit");
  app.require_subcommand(0, 1);
  Selection selection;
  add_commands(app, selection);
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
  } catch (const CLI::ParseError& error) {
    throw UsageError(error.what());
  }
  if (!selection.run) {
    print_error(app.help());
    return kUsage;
  }
  return selection.run();
}

}  // namespace

auto run(int argc, char** argv) -> int {
  try {
    return parse_and_run(argc, argv);
  } catch (const UsageError& error) {
    print_error(fmt::format("fedgate: {}\n`fedgate --help` shows how it is used\n", error.what()));
    return kUsage;
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
