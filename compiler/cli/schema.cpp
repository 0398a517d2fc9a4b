#include "compiler/cli/command.h"
#include "compiler/emit/gateway_schema.h"
#include "compiler/report/report.h"
#include "rules/pack_schema.h"
#include "schema/describe.h"

namespace fedgate::cli {

void add_schema(CLI::App& app, Selection& selection) {
  CLI::App* command =
      app.add_subcommand("schema", "print a JSON Schema (draft 2020-12), for editors and tools");
  command->require_subcommand(1);
  auto is_reference = std::make_shared<bool>(false);
  CLI::App* spec = command->add_subcommand("spec", "of the spec's files");
  spec->add_flag("--reference", *is_reference, "the reference page of keys instead, as Markdown");
  spec->callback([is_reference, &selection] {
    selection.run = [is_reference] {
      print(*is_reference ? spec::spec_reference() : spec::spec_json_schema());
      return kClean;
    };
  });
  CLI::App* gateway = command->add_subcommand("gateway", "of gateway.json");
  CLI::App* report = command->add_subcommand("report", "of the JSON report of check");
  report->callback([&selection] {
    selection.run = [] {
      print(report::report_json_schema());
      return kClean;
    };
  });
  gateway->callback([&selection] {
    selection.run = [] {
      print(emit::gateway_json_schema());
      return kClean;
    };
  });
  CLI::App* pack = command->add_subcommand("pack", "of rule packs");
  pack->callback([&selection] {
    selection.run = [] {
      print(rules::pack_json_schema());
      return kClean;
    };
  });
}

}  // namespace fedgate::cli
