#include <array>

#include <fmt/format.h>

#include "compiler/cli/cells.h"
#include "compiler/cli/command.h"
#include "rules/facts/print.h"
#include "rules/tables.h"
#include "schema/scalar.h"

namespace fedgate::cli {

namespace {

struct NegotiateOptions {
  std::string ours;
  std::string theirs;
  report::TableFormat format = report::TableFormat::table;
};

template <typename T>
auto parse_part(std::string_view text, std::string_view name) -> T {
  const auto parsed = spec::Scalar<T>::parse(text, {});
  if (!parsed) {
    throw UsageError(fmt::format("{}: {}", name, parsed.error().message));
  }
  return *parsed;
}

// `TLS,SASL,DIALBACK`
auto parse_posture(std::string_view text, std::string_view option) -> rules::Posture {
  const std::size_t first = text.find(',');
  const std::size_t second = first == std::string_view::npos ? first : text.find(',', first + 1);
  if (second == std::string_view::npos) {
    throw UsageError(
        fmt::format("{} takes TLS,SASL,DIALBACK, for example `required,optional,true`", option));
  }
  return {parse_part<spec::Negotiation>(text.substr(0, first), "TLS"),
          parse_part<spec::Negotiation>(text.substr(first + 1, second - first - 1), "SASL"),
          parse_part<bool>(text.substr(second + 1), "dialback")};
}

auto row_cells(const rules::MatrixRow& row) -> std::vector<report::Cell> {
  return {std::string(spec::word(row.posture.tls)),
          std::string(spec::word(row.posture.sasl)),
          report::Cell::truth(row.posture.dialback),
          std::string(rules::word(row.verdict)),
          methods_cell(row.methods),
          row.note};
}

auto show_matrix(const NegotiateOptions& options) -> int {
  const rules::NegotiationMatrix matrix = rules::load_negotiation_matrix();
  report::Table table{{"tls", "sasl", "dialback", "verdict", "methods", "note"}, {}};
  bool is_valid = true;
  if (options.ours.empty()) {
    for (const rules::MatrixRow& row : matrix.rows()) {
      table.rows.push_back(row_cells(row));
    }
  } else {
    const rules::MatrixRow& row = matrix.row(parse_posture(options.ours, "--ours"));
    table.rows.push_back(row_cells(row));
    is_valid = row.verdict != rules::Verdict::invalid;
  }
  print(report::render(table, options.format));
  return is_valid ? kClean : kFindings;
}

// What both ends come to, side by side.
auto show_pair(const NegotiateOptions& options) -> int {
  const rules::NegotiationMatrix matrix = rules::load_negotiation_matrix();
  const rules::MatrixRow& ours = matrix.row(parse_posture(options.ours, "--ours"));
  const rules::MatrixRow& theirs = matrix.row(parse_posture(options.theirs, "--theirs"));
  const std::vector<rules::Method> agreed = rules::agreed_methods(ours.methods, theirs.methods);
  std::string outcome;
  if (!agreed.empty()) {
    outcome = rules::word(agreed.front());
  } else if (ours.methods.empty() || theirs.methods.empty()) {
    outcome = fmt::format("cannot federate: {} has no method ({})",
                          ours.methods.empty() ? "our side" : "the partner",
                          ours.methods.empty() ? ours.note : theirs.note);
  } else {
    outcome = "cannot federate: no method stands on both sides";
  }
  const report::Table table{
      {"ours", "our_methods", "theirs", "their_methods", "agreed_methods", "outcome"},
      {{rules::to_text(ours.posture), methods_cell(ours.methods), rules::to_text(theirs.posture),
        methods_cell(theirs.methods), methods_cell(agreed), outcome}}};
  print(report::render(table, options.format));
  return agreed.empty() ? kFindings : kClean;
}

}  // namespace

void add_negotiate(CLI::App& app, Selection& selection) {
  CLI::App* command =
      app.add_subcommand("negotiate", "show the negotiation matrix, or what two ends agree on");
  auto options = std::make_shared<NegotiateOptions>();
  command->add_option("--ours", options->ours, "our posture")
      ->check(some_text())
      ->type_name("TLS,SASL,DIALBACK");
  command->add_option("--theirs", options->theirs, "the partner's posture")
      ->check(some_text())
      ->type_name("TLS,SASL,DIALBACK");
  add_table_format(*command, options->format);
  command->footer(
      "\nTLS and SASL are required, optional or not_supported; DIALBACK is true or false.\n"
      "The exit status is 1 for a posture without a method, and where two ends have none in "
      "common.");
  command->callback([options, &selection] {
    if (options->ours.empty() && !options->theirs.empty()) {
      throw UsageError("--theirs needs --ours");
    }
    selection.run = [options] {
      return options->theirs.empty() ? show_matrix(*options) : show_pair(*options);
    };
  });
}

}  // namespace fedgate::cli
