#include <algorithm>

#include <fmt/format.h>

#include "compiler/cli/cells.h"
#include "compiler/cli/command.h"
#include "compiler/cli/show_certificates.h"
#include "rules/facts/print.h"
#include "rules/platforms.h"
#include "rules/tables.h"
#include "schema/value/describe.h"

namespace fedgate::cli {

namespace {

struct ShowOptions {
  SpecOptions spec;
  report::TableFormat format = report::TableFormat::table;
};

auto partners(const compiler::Analysis& analysis) -> report::Table {
  report::Table table{{"domain", "type", "tls", "sasl", "dialback", "methods", "agreed_methods",
                       "additional_domains"},
                      {}};
  std::vector<const rules::PartnerEntity*> sorted;
  for (const rules::PartnerEntity& partner : analysis.world.partners) {
    sorted.push_back(&partner);
  }
  std::sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) {
    return a->spec->domain.value < b->spec->domain.value;
  });
  const report::Cell unknown("unknown", report::Cell::Value());
  for (const rules::PartnerEntity* partner : sorted) {
    const spec::Partner& it = *partner->spec;
    std::vector<std::string> additional;
    for (const auto& domain : it.additional_domains.value) {
      additional.push_back(domain->display());
    }
    table.rows.push_back(
        {it.domain->display(),
         it.type.is_known() ? report::Cell(std::string(spec::word(*it.type))) : unknown,
         std::string(spec::word(*it.tls)), std::string(spec::word(*it.sasl)),
         report::Cell::truth(*it.dialback), methods_cell(partner->facts->row->methods),
         partner->facts->agreed ? methods_cell(*partner->facts->agreed) : unknown,
         report::Cell::list(std::move(additional))});
  }
  return table;
}

auto names(const compiler::Analysis& analysis) -> report::Table {
  report::Table table{{"certificate", "name", "reason", "requested"}, {}};
  for (const rules::CertificateEntity& certificate : analysis.world.certificates) {
    const rules::CertificateFacts& facts = *certificate.facts;
    const auto add = [&](const std::string& name, std::string_view reason, bool is_requested) {
      table.rows.push_back({certificate.spec->name->text(), name, std::string(reason),
                            report::Cell(is_requested ? "yes" : "no", is_requested)});
    };
    for (const rules::RequiredName& need : facts.required) {
      const bool is_missing =
          std::any_of(facts.missing.begin(), facts.missing.end(),
                      [&](const auto& missing) { return missing.name == need.name; });
      add(need.name.display(), rules::describe(need.reason), !is_missing);
    }
    for (const value::DnsPattern& name : facts.requested) {
      if (std::none_of(facts.required.begin(), facts.required.end(),
                       [&](const auto& need) { return name == value::DnsPattern(need.name); })) {
        add(name.display(), "asked for by the spec", true);
      }
    }
    for (const std::string& name : facts.srv_names) {
      add(name, "SRVName of an XMPP domain", true);
    }
    for (const std::string& name : facts.xmpp_addresses) {
      add(name, "XmppAddr of an XMPP domain", true);
    }
  }
  return table;
}

// The matrix, and what each platform makes of each row.
auto platforms() -> report::Table {
  const rules::NegotiationMatrix matrix = rules::load_negotiation_matrix();
  const rules::PlatformTable& table = rules::builtin_platforms();
  report::Table out{{"tls", "sasl", "dialback", "methods"}, {}};
  for (const rules::PlatformSupport& platform : table.platforms()) {
    out.columns.emplace_back(spec::word(platform.platform));
  }
  for (const rules::MatrixRow& row : matrix.rows()) {
    std::vector<report::Cell> cells = {
        std::string(spec::word(row.posture.tls)), std::string(spec::word(row.posture.sasl)),
        report::Cell::truth(row.posture.dialback), methods_cell(row.methods)};
    for (const rules::PlatformSupport& platform : table.platforms()) {
      cells.emplace_back(std::string(rules::describe(platform, row)));
    }
    out.rows.push_back(std::move(cells));
  }
  return out;
}

auto records(const compiler::Analysis& analysis) -> report::Table {
  report::Table table{{"zone", "owner", "ttl", "type", "data", "state", "found"}, {}};
  for (const rules::ZoneEntity& zone : analysis.world.zones) {
    for (const rules::RecordEntity* record : zone.records) {
      const rules::RecordFacts& facts = *record->facts;
      const rules::Record& needed = *facts.needed;
      table.rows.push_back({zone.spec->name->display(), needed.service + needed.name.display(),
                            report::Cell::number(needed.ttl), std::string(word(needed.type())),
                            rules::data_text(needed), std::string(word(facts.state)),
                            facts.state == rules::RecordState::differs
                                ? report::Cell(fmt::format("{} {}", facts.found->ttl,
                                                           value::shown(facts.found->written)))
                                : report::Cell()});
    }
  }
  return table;
}

auto show(const ShowOptions& options,
          const std::function<report::Table(const compiler::Analysis&)>& make_table) -> int {
  compiler::Analysis analysis;
  analyze_spec(analysis, options.spec);
  const bool has_world = analysis.has_world;
  if (has_world) {
    print(report::render(make_table(analysis), options.format));
  }
  // A table of a spec with mistakes shows what could be read; that the rest is missing must be
  // said.
  const report::Report report = compiler::take_report(analysis, day_of(options.spec));
  if (fails(report, diag::Severity::error)) {
    print_report(report, {}, true);
    return kFindings;
  }
  return kClean;
}

}  // namespace

void add_show(CLI::App& app, Selection& selection) {
  CLI::App* command = app.add_subcommand("show", "tables of what a spec comes to");
  command->require_subcommand(1);
  auto options = std::make_shared<ShowOptions>();
  const auto add = [&](const std::string& name, const std::string& about, auto make_table) {
    CLI::App* part = command->add_subcommand(name, about);
    add_table_format(*part, options->format);
    add_spec_options(*part, options->spec);
    add_paths(*part, options->spec);
    part->callback([options, make_table, &selection] {
      selection.run = [options, make_table] { return show(*options, make_table); };
    });
    return part;
  };
  add("partners", "each partner's posture and methods", partners);
  add("names", "the names that each certificate needs, and why", names);
  add("records", "each DNS record that the gateway needs, with its state in the zone's file",
      records);
  CLI::App* part = command->add_subcommand(
      "platforms", "what each platform can express of the negotiation matrix; reads no spec");
  add_table_format(*part, options->format);
  part->footer(
      "\n`per partner`: each partner its own methods. `one for all`: all partners of a domain "
      "share "
      "them.\n`no`: the platform cannot enforce exactly these methods.");
  part->callback([options, &selection] {
    selection.run = [options] {
      print(report::render(platforms(), options->format));
      return kClean;
    };
  });
  add_key_option(*add("certificates", "each certificate's names, remaining days and next renewal",
                      certificates_table),
                 options->spec);
}

}  // namespace fedgate::cli
