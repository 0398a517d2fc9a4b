// Rule packs: YAML files of rules whose conditions are CEL expressions. Built-in packs and those of
// a user are read by the same code.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "rules/cel/environment.h"
#include "rules/cel/program.h"
#include "rules/deferred.h"
#include "rules/entities.h"
#include "schema/diag/finding.h"
#include "schema/diag/sink.h"
#include "schema/source/source_file.h"
#include "schema/yaml/tree.h"

namespace fedgate::rules {

// A message with expressions in braces, ready to be filled in.
class Template {
 public:
  // Literal text or an expression.
  using Piece = std::variant<std::string, cel::Program>;

  Template() = default;
  explicit Template(std::vector<Piece> pieces) : pieces_(std::move(pieces)) {}

  // `…` stands for what is not known.
  [[nodiscard]] auto fill(std::span<const cel::Value> variables, cel::Arena& arena) const
      -> std::string;

 private:
  std::vector<Piece> pieces_;
};

// A spec fragment that shows a rule at work.
struct Example {
  bool is_bad = false;
  yaml::NodeId spec = yaml::kNoNode;
  // The files that the fragment names (zone files, certificates), by their path there.
  std::map<std::string, std::string> files;
  // Files that are made when the example runs (example_files.h), by path.
  std::map<std::string, yaml::NodeId> described_files;
  // Other rules that may fire on it.
  std::vector<std::string> also;
  // The day of evaluation; without one, any day will do.
  std::optional<value::Date> as_of;
  source::Span where;
};

// A milder severity where a condition holds.
struct Relaxation {
  diag::Severity severity = diag::Severity::warning;
  // Never empty in a rule that has been loaded.
  Deferred<std::optional<cel::Program>> when;
  std::string when_text;
};

// The one mechanical answer to a finding of a case, as edits of the spec: either a key gets a
// value, or a list that is written in the spec gets further items.
struct FixRule {
  // The key, a field of the entity itself; or the list.
  cel::SelectionPath place;
  // `fix: {set: partner.dialback, to: false}`; the value as YAML writes it.
  std::string value;
  // `fix: {extend: LIST, with: EXPRESSION}`, a list of texts.
  std::optional<cel::Program> items;
};

// One of the ways in which a rule's defect shows, with a place and words of its own. A rule without
// `cases` in its pack has a single one.
struct Case {
  // In place of the rule's.
  std::optional<diag::Severity> severity;
  cel::Program when;
  // Into the entity, for the finding's place; what is there is never empty in a rule that has been
  // loaded.
  std::optional<Deferred<std::optional<cel::SelectionPath>>> at;
  Deferred<Template> message;
  std::string help;
  std::optional<FixRule> fix;
};

struct Rule {
  std::string code;
  std::string name;
  diag::Severity severity = diag::Severity::error;
  std::optional<Relaxation> relaxed;
  // Evaluated only where the user gives it a severity: what it says is true of every spec of a
  // kind, and so worth hearing once.
  bool is_opt_in = false;
  Scope scope = Scope::partner;
  // Never empty; each is looked at, and several may give a finding.
  std::vector<Case> cases;
  // For documentation: the conditions of all cases joined by `||`, message and help of the first.
  std::string when_text;
  std::string message_text;
  std::string help;
  std::string source;
  std::string since;
  Deferred<std::vector<Example>> examples;
  source::Span where;
};

struct Pack {
  std::string name;
  // Keeps the nodes of the examples, and of what is made when it is first asked for. Null only in a
  // pack that was not loaded.
  std::unique_ptr<const yaml::Tree> tree;
  std::vector<Rule> rules;

  Pack() = default;
  Pack(const Pack&) = delete;
  auto operator=(const Pack&) -> Pack& = delete;
  Pack(Pack&&) = default;
  auto operator=(Pack&&) -> Pack& = default;
  ~Pack() = default;
};

// Whether a file is a rule pack rather than a part of a spec.
[[nodiscard]] auto is_pack(const yaml::Tree& tree) -> bool;

// What is known of a pack before it is read.
enum class PackOrigin : std::uint8_t {
  user,
  // Part of the binary, and tested to have no mistake: what only a finding or a document needs (a
  // message, a place, the examples) is made when it is asked for.
  built_in,
};

// Reads and compiles one pack. Every mistake in it goes to `sink`, with its place in the file also
// inside expressions; a rule with a mistake is left out. `sources` and `environment` must outlive
// the pack.
[[nodiscard]] auto load_pack(const source::Sources& sources, yaml::Tree tree,
                             const cel::Environment& environment, diag::Sink& sink,
                             PackOrigin origin = PackOrigin::user) -> Pack;

// All rules of a run: the built-in packs first, then those of the user.
class RuleSet {
 public:
  // Adds a pack; codes that exist already, as a rule's or as one that fedgate itself raises, are
  // reported and their rules left out.
  void add(Pack pack, diag::Sink& sink);

  [[nodiscard]] auto packs() const -> const std::vector<Pack>& { return packs_; }
  [[nodiscard]] auto find(std::string_view code) const -> const Rule*;
  [[nodiscard]] auto rule_count() const -> std::size_t;

 private:
  std::vector<Pack> packs_;
  std::unordered_map<std::string_view, const Rule*> by_code_;
};

// The packs that are part of the binary, in their order, with their texts added to `sources`.
[[nodiscard]] auto builtin_packs(source::Sources& sources) -> std::vector<yaml::Tree>;
// The rules of one of them. A mistake in it is a defect of fedgate. `sources` and `environment`
// must outlive the rules. Several may be loaded at the same time.
[[nodiscard]] auto load_builtin_pack(const source::Sources& sources, yaml::Tree tree,
                                     const cel::Environment& environment) -> Pack;

}  // namespace fedgate::rules
