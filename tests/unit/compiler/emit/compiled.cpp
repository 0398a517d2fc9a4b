#include "tests/unit/compiler/emit/compiled.h"

#include <fmt/format.h>

#include "rules/tables.h"
#include "schema/bind.h"
#include "schema/resolve.h"
#include "schema/yaml/reader.h"
#include "tests/support/catch.h"

namespace fedgate::test {

auto compile(std::string_view yaml) -> std::unique_ptr<Compiled> {
  auto it =
      std::unique_ptr<Compiled>(new Compiled{{}, rules::load_negotiation_matrix(), {}, {}, {}});
  diag::Sink sink;
  const source::FileId file = it->sources.add("spec.yaml", std::string(yaml));
  const yaml::Tree tree = yaml::read_yaml(it->sources, file, sink);
  if (!tree.empty()) {
    const std::vector<spec::Document> documents = {{&tree, 0}};
    it->model = spec::resolve(spec::bind(it->sources, documents, sink), sink);
  }
  for (const diag::Finding& finding : sink.findings()) {
    if (finding.severity == diag::Severity::error) {
      FAIL(finding.code << ' ' << finding.message << " in\n" << yaml);
    }
  }
  it->facts = rules::derive_facts(it->model, it->matrix);
  it->plan = compiler::make_plan(it->model, it->facts);
  it->plan.spec_hash = std::string(64, '0');
  return it;
}

auto platform_findings(std::string_view yaml) -> std::vector<std::string> {
  const auto compiled = compile(yaml);
  diag::Sink sink;
  emit::check_platform(compiled->plan, sink);
  std::vector<std::string> lines;
  for (const diag::Finding& finding : sink.take_sorted()) {
    CHECK(finding.where.is_known());
    CHECK(finding.severity == diag::Severity::error);
    lines.push_back(finding.code + ' ' + finding.message);
  }
  return lines;
}

auto artifact(std::string_view yaml, std::string_view path) -> std::string {
  const auto compiled = compile(yaml);
  for (output::Artifact& one : emit::emit_all(compiled->plan)) {
    if (one.path == path) {
      return std::move(one.text);
    }
  }
  FAIL("no artifact " << path);
  return {};
}

auto small_spec(std::string_view more) -> std::string {
  return fmt::format(
      "fedgate: 1\n"
      "gateway:\n"
      "  name: edge\n"
      "  domains: [contoso.com]\n"
      "  access_edge: {{fqdn: sip.contoso.com}}\n"
      "{}",
      more);
}

auto yaml_text(std::string_view text) -> std::string {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
    }
    out += c;
  }
  return out + '"';
}

auto hostile_texts() -> const std::vector<std::string>& {
  static const std::vector<std::string> texts = {
      "plain", "it's", "'", "''", "\"", "\"\"", "`", "```", "a|b", "a\\|b", "\\", "\\\\", "ends\\",
      "‘a", "’a", "‚a", "‛a", "“a", "”a", "„a", "‘’‚‛'", "'; Remove-Item c:\\ -Recurse #",
      "’; Remove-Item c:\\ -Recurse #", "$(whoami)", "`$x", "$x", "${ENV::PATH}", "$ENV::HOME",
      "$HOME", "a;b", "; comment", "# comment", "#requires -Version 9", "#>", "<#", "]]", "]]>",
      "\"@", "'@", "@'", "%", "%%", "%path%", "100 %", "a&b", "&amp;", "<script>", "<!--", "-->",
      " leading", "trailing ", "  both  ", "two  blanks", "a,b", "O=x,CN=evil", "CN=evil+OU=x",
      "a+b", "a=b", "=", "#AB", "/CN=evil", ".include /etc/passwd", "@section", "\\r\\n", "\\x41",
      "{0}", "{", "}", "$'", "$&", "–dash", "é", "ÄÖÜ ß", "Καλημέρα", "日本語", "😀", "a😀b",
      // 64 code points of two to four bytes each.
      "ééééééééééééééééΩΩΩΩΩΩΩΩΩΩΩΩΩΩΩΩ日日日日日日日日日日日日日日日日😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀"};
  return texts;
}

}  // namespace fedgate::test
