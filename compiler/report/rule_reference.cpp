#include "compiler/report/rule_reference.h"

#include <iterator>

#include <fmt/format.h>

#include "rules/examples.h"

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

}  // namespace

auto severity_text(const rules::Rule& rule) -> std::string {
  std::string text(diag::severity_word(rule.severity));
  if (rule.relaxed) {
    fmt::format_to(std::back_inserter(text), "; {} where `{}`",
                   diag::severity_word(rule.relaxed->severity), rule.relaxed->when_text);
  }
  return text + (rule.is_opt_in ? "; off unless given a severity" : "");
}

auto example_text(const rules::Pack& pack, const rules::Example& example,
                  const source::Sources& sources) -> std::string {
  std::string text = one_line(sources.text(pack.tree->span((*pack.tree)[example.spec])));
  if (example.as_of) {
    text += fmt::format("  (as of {})", example.as_of->to_text());
  }
  for (const auto& [path, content] : example.files) {
    text += fmt::format("  (with the file {}, {} bytes)", path, content.size());
  }
  return text;
}

auto rules_table(const rules::RuleSet& rules) -> Table {
  Table table{{"code", "name", "severity", "for"}, {}};
  for (const rules::Pack& pack : rules.packs()) {
    for (const rules::Rule& rule : pack.rules) {
      table.rows.push_back({rule.code, rule.name, severity_text(rule),
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
                       example_text(pack, example, sources));
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
      info.code, info.name, diag::severity_word(info.severity), info.text, info.help, info.source);
}

}  // namespace fedgate::report
