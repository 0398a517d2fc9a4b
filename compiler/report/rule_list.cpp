#include "compiler/report/rule_list.h"

#include <iterator>
#include <string_view>

#include <fmt/format.h>

#include "compiler/report/rule_reference.h"
#include "compiler/report/table.h"
#include "schema/base/json_writer.h"
#include "schema/diag/message.h"

namespace fedgate::report {

namespace {

auto scope_word(const rules::Rule& rule) -> std::string_view {
  return rules::kScopeWords[static_cast<std::size_t>(rule.scope)];
}

void write_example(JsonWriter& json, const rules::Pack& pack, const rules::Example& example,
                   const source::Sources& sources) {
  json.begin_object();
  json.member("kind", example.is_bad ? "bad" : "good");
  const yaml::Tree& tree = *pack.tree;
  json.member("spec", flow_text(tree, tree[example.spec], sources));
  if (example.as_of) {
    json.member("as_of", example.as_of->to_text());
  }
  if (!example.files.empty() || !example.described_files.empty()) {
    json.key("files");
    json.begin_object();
    for (const auto& [path, description] : example.described_files) {
      json.member(path, flow_text(tree, tree[description], sources));
    }
    for (const auto& [path, text] : example.files) {
      json.member(path, text);
    }
    json.end_object();
  }
  json.end_object();
}

void write_rule(JsonWriter& json, const rules::Pack& pack, const rules::Rule& rule,
                const source::Sources& sources) {
  json.begin_object();
  json.member("code", rule.code);
  json.member("name", rule.name);
  json.member("pack", pack.name);
  json.member("severity", diag::severity_word(rule.severity));
  if (rule.relaxed) {
    json.key("relaxed");
    json.begin_object();
    json.member("severity", diag::severity_word(rule.relaxed->severity));
    json.member("when", rule.relaxed->when_text);
    json.end_object();
  }
  json.member("opt_in", rule.is_opt_in);
  json.member("for", scope_word(rule));
  json.member("when", rule.when_text);
  json.member("message", rule.message_text);
  json.member("help", rule.help);
  json.member("source", rule.source);
  json.member("since", rule.since);
  json.key("examples");
  json.begin_array();
  for (const rules::Example& example : rule.examples.get()) {
    write_example(json, pack, example, sources);
  }
  json.end_array();
  json.end_object();
}

// A finding that code raises has no pack, condition and examples.
void write_code(JsonWriter& json, const diag::CodeInfo& info) {
  json.begin_object();
  json.member("code", info.code);
  json.member("name", info.name);
  json.key("pack");
  json.null();
  json.member("severity", diag::severity_word(info.severity));
  json.member("for", "file");
  json.member("message", diag::general_text(info));
  json.member("help", info.help);
  json.member("source", info.source);
  json.end_object();
}

}  // namespace

auto rules_markdown(const rules::RuleSet& rules) -> std::string {
  std::string out;
  for (const rules::Pack& pack : rules.packs()) {
    Table table{{"code", "name", "severity", "for each", "source"}, {}};
    for (const rules::Rule& rule : pack.rules) {
      table.rows.push_back(
          {rule.code, rule.name, severity_text(rule), std::string(scope_word(rule)), rule.source});
    }
    fmt::format_to(std::back_inserter(out), "### {}, {} rule{}\n\n{}\n", pack.name,
                   pack.rules.size(), pack.rules.size() == 1 ? "" : "s",
                   render(table, TableFormat::markdown));
  }
  Table table{{"code", "name", "severity", "source"}, {}};
  for (const diag::CodeInfo& info : diag::core_codes()) {
    table.rows.push_back({std::string(info.code), std::string(info.name),
                          std::string(diag::severity_word(info.severity)),
                          std::string(info.source)});
  }
  fmt::format_to(std::back_inserter(out), "### Findings that code raises\n\n{}",
                 render(table, TableFormat::markdown));
  return out;
}

auto rules_json(const rules::RuleSet& rules, const source::Sources& sources) -> std::string {
  std::string out;
  JsonWriter json(out);
  json.begin_array();
  for (const rules::Pack& pack : rules.packs()) {
    for (const rules::Rule& rule : pack.rules) {
      write_rule(json, pack, rule, sources);
    }
  }
  for (const diag::CodeInfo& info : diag::core_codes()) {
    write_code(json, info);
  }
  json.end_array();
  return out + "\n";
}

}  // namespace fedgate::report
