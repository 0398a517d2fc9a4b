#include "compiler/lsp/features.h"

#include <algorithm>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "compiler/fixes.h"
#include "compiler/lsp/key_description.h"
#include "compiler/lsp/uri.h"
#include "compiler/report/rule_reference.h"
#include "rules/pack.h"
#include "schema/diag/message.h"

namespace fedgate::lsp {

namespace {

using nlohmann::json;
using source::FileId;
using source::Span;

// Line tables by file, made when they are asked for.
class Indexes {
 public:
  Indexes(const source::Sources& sources, Encoding encoding)
      : sources_(&sources), encoding_(encoding) {}

  auto of(FileId file) -> TextIndex& {
    return indexes_.try_emplace(file, (*sources_)[file].text, encoding_).first->second;
  }
  auto range(const Span& where) -> json {
    return {{"start", place(where.file, where.begin)}, {"end", place(where.file, where.end)}};
  }

 private:
  auto place(FileId file, std::uint32_t offset) -> json {
    const Position position = of(file).position(offset);
    return {{"line", position.line}, {"character", position.character}};
  }

  const source::Sources* sources_;
  Encoding encoding_;
  std::unordered_map<FileId, TextIndex> indexes_;
};

auto severity_of(diag::Severity severity) -> int {
  switch (severity) {
    case diag::Severity::info:
      return 3;
    case diag::Severity::warning:
      return 2;
    case diag::Severity::error:
      break;
  }
  return 1;
}

constexpr int kHint = 4;

auto to_diagnostic(const Unit& unit, const Client& client, Indexes& indexes,
                   const diag::Finding& finding) -> json {
  const source::Sources& sources = unit.analysis->sources;
  json diagnostic = {{"range", indexes.range(finding.where)},
                     {"severity", severity_of(finding.severity)},
                     {"code", finding.code},
                     {"source", "fedgate"}};
  diagnostic["message"] = finding.message + (finding.help.empty() ? "" : "\nhelp: " + finding.help);
  json related = json::array();
  for (const diag::Note& note : finding.related) {
    if (note.where.is_known() && is_file(sources[note.where.file].name)) {
      related.push_back({{"location",
                          {{"uri", client.uri_of(sources[note.where.file].name)},
                           {"range", indexes.range(note.where)}}},
                         {"message", note.message}});
    }
  }
  if (!related.empty()) {
    diagnostic["relatedInformation"] = std::move(related);
  }
  return diagnostic;
}

auto touches(const Span& where, FileId file, std::uint32_t begin, std::uint32_t end) -> bool {
  return where.file == file && where.begin <= end && begin <= where.end;
}

auto text_edits(const std::vector<diag::Edit>& edits, Indexes& indexes) -> json {
  json list = json::array();
  for (const diag::Edit& edit : edits) {
    list.push_back({{"range", indexes.range(edit.where)}, {"newText", edit.text}});
  }
  return list;
}

// Whether an action of `kind` is asked for: a kind asks for all below it too.
auto is_wanted(const std::vector<std::string>& only, std::string_view kind) -> bool {
  return only.empty() || std::any_of(only.begin(), only.end(), [&](const std::string& wanted) {
           return kind == wanted || wanted.empty() || kind.starts_with(wanted + ".");
         });
}

auto explained(const Unit& unit, std::string_view code) -> std::string {
  const compiler::Analysis& analysis = *unit.analysis;
  for (const rules::Pack& pack : analysis.rules.packs()) {
    for (const rules::Rule& rule : pack.rules) {
      if (rule.code == code) {
        return report::explain_rule(analysis.rules, pack, rule, analysis.matrix, analysis.sources);
      }
    }
  }
  for (const diag::CodeInfo& info : diag::core_codes()) {
    if (info.code == code) {
      return report::explain_code(info);
    }
  }
  return {};
}

// The longest fence is longer than any run of tildes that a text is likely to hold.
auto fenced(const std::string& text) -> std::string {
  return "~~~~~~text\n" + text + (text.ends_with('\n') ? "" : "\n") + "~~~~~~";
}

// A byte of a file.
struct Place {
  FileId file;
  std::uint32_t offset = 0;
};

// None where the run did not read the file.
auto locate(const Unit& unit, Indexes& indexes, const std::string& path, const Position& position)
    -> std::optional<Place> {
  const auto file = unit.file(path);
  return file ? std::optional(Place{*file, indexes.of(*file).offset(position)}) : std::nullopt;
}

auto to_hover(const std::string& markdown, json range) -> json {
  return {{"contents", {{"kind", "markdown"}, {"value", markdown}}}, {"range", std::move(range)}};
}

// The waiver whose rule stands at the place.
auto waived_rule_at(const Unit& unit, FileId file, std::uint32_t offset)
    -> const spec::Located<value::Text>* {
  const auto find = [&](const auto& entities) -> const spec::Located<value::Text>* {
    for (const auto& entity : entities) {
      for (const spec::Waiver& waiver : entity.waive.value) {
        if (touches(waiver.rule.where, file, offset, offset)) {
          return &waiver.rule;
        }
      }
    }
    return nullptr;
  };
  const spec::Model& model = unit.analysis->model;
  const auto* found = find(model.partners());
  found = found == nullptr ? find(model.certificates()) : found;
  return found == nullptr ? find(model.zones()) : found;
}

}  // namespace

auto Client::uri_of(const std::string& path) const -> std::string {
  const auto open = uris.find(path);
  return open == uris.end() ? to_uri(path) : open->second;
}

auto diagnostics(const Unit& unit, const Client& client) -> std::map<std::string, json> {
  std::map<std::string, json> all;
  if (unit.analysis == nullptr) {
    return all;
  }
  const source::Sources& sources = unit.analysis->sources;
  Indexes indexes(sources, client.encoding);
  for (const FileId file : unit.analysis->spec_files) {
    all.emplace(sources[file].name, json::array());
  }
  const auto list_of = [&](const diag::Finding& finding) -> json& {
    return all.try_emplace(sources[finding.where.file].name, json::array()).first->second;
  };
  for (diag::Finding finding : unit.report.findings) {
    if (!finding.where.is_known()) {
      // The protocol has no place for what is about a whole spec; its first file stands for it.
      if (unit.analysis->spec_files.empty()) {
        continue;
      }
      finding.where = {unit.analysis->spec_files.front(), 0, 0};
    }
    list_of(finding).push_back(to_diagnostic(unit, client, indexes, finding));
  }
  for (const rules::WaivedFinding& waived : unit.report.waived) {
    if (!waived.finding.where.is_known()) {
      continue;
    }
    json diagnostic = to_diagnostic(unit, client, indexes, waived.finding);
    diagnostic["severity"] = kHint;
    diagnostic["message"] = "waived (" + waived.reason + "): " + waived.finding.message;
    list_of(waived.finding).push_back(std::move(diagnostic));
  }
  return all;
}

auto hover(const Unit& unit, const Client& client, const std::string& path,
           const Position& position) -> json {
  Indexes indexes(unit.analysis->sources, client.encoding);
  const auto at = locate(unit, indexes, path, position);
  if (!at) {
    return nullptr;
  }
  std::string markdown;
  std::optional<Span> where;
  std::set<std::string_view> codes;
  const auto add = [&](const diag::Finding& finding) {
    if (touches(finding.where, at->file, at->offset, at->offset) &&
        codes.insert(finding.code).second) {
      markdown += (markdown.empty() ? "" : "\n\n") + fenced(explained(unit, finding.code));
      where = where ? where : finding.where;
    }
  };
  for (const diag::Finding& finding : unit.report.findings) {
    add(finding);
  }
  for (const rules::WaivedFinding& waived : unit.report.waived) {
    add(waived.finding);
  }
  if (where) {
    return to_hover(markdown, indexes.range(*where));
  }
  if (const auto* rule = waived_rule_at(unit, at->file, at->offset)) {
    const std::string text = explained(unit, rule->value.text());
    return text.empty() ? json(nullptr) : to_hover(fenced(text), indexes.range(rule->where));
  }
  for (const yaml::Tree& tree : unit.analysis->trees) {
    if (tree.file == at->file && !tree.empty()) {
      const auto key = describe_key_at(tree, at->offset);
      return key ? to_hover(key->markdown, indexes.range(key->where)) : json(nullptr);
    }
  }
  return nullptr;
}

auto code_actions(const Unit& unit, const Client& client, const std::string& path,
                  const Position& begin, const Position& end, const std::vector<std::string>& only)
    -> json {
  json actions = json::array();
  const auto file = unit.file(path);
  if (!file) {
    return actions;
  }
  Indexes indexes(unit.analysis->sources, client.encoding);
  const std::uint32_t first = indexes.of(*file).offset(begin);
  const std::uint32_t last = indexes.of(*file).offset(end);
  for (const diag::Finding& finding : unit.report.findings) {
    if (finding.fix && !finding.fix->edits.empty() && is_wanted(only, "quickfix") &&
        touches(finding.where, *file, first, last)) {
      const std::string& edited =
          unit.analysis->sources[finding.fix->edits.front().where.file].name;
      actions.push_back(
          {{"title", finding.fix->title + " (" + finding.code + ")"},
           {"kind", "quickfix"},
           {"isPreferred", true},
           {"diagnostics", json::array({to_diagnostic(unit, client, indexes, finding)})},
           {"edit",
            {{"changes", {{client.uri_of(edited), text_edits(finding.fix->edits, indexes)}}}}}});
    }
  }
  const auto fixed = compiler::apply_fixes(unit.analysis->sources, unit.report.findings);
  if (const auto edits = fixed.edits.find(*file); edits != fixed.edits.end() &&
                                                  !edits->second.empty() &&
                                                  is_wanted(only, "source.fixAll.fedgate")) {
    actions.push_back(
        {{"title", "apply every certain fix of this file"},
         {"kind", "source.fixAll.fedgate"},
         {"edit", {{"changes", {{client.uri_of(path), text_edits(edits->second, indexes)}}}}}});
  }
  return actions;
}

auto definition(const Unit& unit, const Client& client, const std::string& path,
                const Position& position) -> json {
  Indexes indexes(unit.analysis->sources, client.encoding);
  const auto at = locate(unit, indexes, path, position);
  if (!at) {
    return nullptr;
  }
  const spec::Model& model = unit.analysis->model;
  const auto& reference = model.gateway().certificate;
  if (!reference.given() || !touches(reference.where, at->file, at->offset, at->offset)) {
    return nullptr;
  }
  for (const spec::Certificate& certificate : model.certificates()) {
    if (certificate.name.given() && certificate.name.value == reference.value) {
      const Span& where = certificate.name.where;
      return {{"uri", client.uri_of(unit.analysis->sources[where.file].name)},
              {"range", indexes.range(where)}};
    }
  }
  return nullptr;
}

}  // namespace fedgate::lsp
