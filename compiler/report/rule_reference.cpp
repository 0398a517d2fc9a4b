#include "compiler/report/rule_reference.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "rules/examples.h"
#include "schema/yaml/navigate.h"

namespace fedgate::report {

namespace {

// The source text of an example without the line breaks of a folded mapping.
auto one_line(std::string_view text) -> std::string {
  std::string line;
  for (const char c : text) {
    if (c == '\n' || c == ' ') {
      if (!line.empty() && line.back() != ' ') {
        line += ' ';
      }
    } else {
      line += c;
    }
  }
  return line;
}

// Without the condition, which can be longer than a line.
auto severity_words(const rules::Rule& rule) -> std::string {
  std::string text(diag::severity_word(rule.severity));
  if (rule.relaxed) {
    fmt::format_to(std::back_inserter(text), " or {}", diag::severity_word(rule.relaxed->severity));
  }
  return text + (rule.is_opt_in ? ", off" : "");
}

}  // namespace

auto flow_text(const yaml::Tree& tree, const yaml::Node& node, const source::Sources& sources)
    -> std::string {
  if (node.kind == yaml::Kind::alias) {
    return flow_text(tree, tree[node.target], sources);
  }
  const bool is_mapping = node.kind == yaml::Kind::mapping;
  if (!is_mapping && node.kind != yaml::Kind::sequence) {
    return one_line(sources.text(tree.span(node)));
  }
  std::string text(1, is_mapping ? '{' : '[');
  std::string_view separator;
  bool is_key = is_mapping;
  for (const yaml::NodeId id : yaml::children(tree, node)) {
    text += separator;
    text += flow_text(tree, tree[id], sources);
    // In a mapping, keys and values alternate.
    separator = is_key ? ": " : ", ";
    is_key = is_mapping && !is_key;
  }
  text += is_mapping ? '}' : ']';
  return text;
}

auto severity_text(const rules::Rule& rule) -> std::string {
  std::string text(diag::severity_word(rule.severity));
  if (rule.relaxed) {
    fmt::format_to(std::back_inserter(text), "; {} where `{}`",
                   diag::severity_word(rule.relaxed->severity), rule.relaxed->when_text);
  }
  return text + (rule.is_opt_in ? "; off unless given a severity" : "");
}

auto example_text(const rules::Pack& pack, const rules::Example& example,
                  const source::Sources& sources, std::string_view indent) -> std::string {
  const yaml::Tree& tree = *pack.tree;
  std::string text = flow_text(tree, tree[example.spec], sources);
  if (example.as_of) {
    text += fmt::format("  (as of {})", example.as_of->to_text());
  }
  for (const auto& [path, description] : example.described_files) {
    text += fmt::format("\n{}{}: {}", indent, path, flow_text(tree, tree[description], sources));
  }
  for (const auto& [path, content] : example.files) {
    text += fmt::format("\n{}{}:", indent, path);
    for (std::string_view rest = content; !rest.empty();) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      text += fmt::format("\n{}  {}", indent, rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return text;
}

auto rules_table(const rules::RuleSet& rules) -> Table {
  Table table{{"code", "name", "severity", "for"}, {}};
  for (const rules::Pack& pack : rules.packs()) {
    for (const rules::Rule& rule : pack.rules) {
      table.rows.push_back({rule.code, rule.name, severity_words(rule),
                            std::string(rules::kScopeWords[static_cast<std::size_t>(rule.scope)])});
    }
  }
  for (const diag::CodeInfo& info : diag::core_codes()) {
    table.rows.push_back({std::string(info.code), std::string(info.name),
                          std::string(diag::severity_word(info.severity)), "file"});
  }
  return table;
}

auto explain_rule(const rules::RuleSet& rules, const rules::Pack& pack, const rules::Rule& rule,
                  const rules::NegotiationMatrix& matrix, const source::Sources& sources)
    -> std::string {
  std::string out = fmt::format(
      "{} {} ({}, evaluated for each {})\n\n  {}\n\n  when:   {}\n  help:   {}\n  source: {}\n"
      "  pack:   {}\n",
      rule.code, rule.name, severity_text(rule),
      rules::kScopeWords[static_cast<std::size_t>(rule.scope)], rule.message_text,
      one_line(rule.when_text), rule.help, rule.source, pack.name);
  if (!rule.since.empty()) {
    out += fmt::format("  since:  {}\n", rule.since);
  }
  for (const rules::Example& example : rule.examples.get()) {
    out += fmt::format("\n  {}:\n    {}\n", example.is_bad ? "bad" : "good",
                       example_text(pack, example, sources, "    "));
    for (const diag::Finding& finding :
         rules::run_example(rules, pack, rule, example, matrix).findings) {
      if (example.is_bad || finding.severity == diag::Severity::error) {
        out += fmt::format("    → {}: {} [{}]\n", diag::severity_word(finding.severity),
                           finding.message, finding.code);
      }
    }
  }
  return out;
}

auto explain_code(const diag::CodeInfo& info) -> std::string {
  return fmt::format(
      "{} {} ({}, raised while the spec is read)\n\n  {}\n\n  help:   {}\n  source: {}\n",
      info.code, info.name, diag::severity_word(info.severity), diag::general_text(info), info.help,
      info.source);
}

}  // namespace fedgate::report
