#include "rules/examples.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "rules/embedded.h"
#include "rules/engine.h"
#include "rules/example_files.h"
#include "schema/bind.h"
#include "schema/file_contents.h"
#include "schema/named_files.h"
#include "schema/resolve.h"
#include "schema/source/file_system.h"

namespace fedgate::rules {

namespace {

using yaml::Kind;
using yaml::kNoNode;
using yaml::Node;
using yaml::NodeId;
using yaml::Tree;

// The day for examples that name none: before every date of the tables, so that only an example
// that wants it depends on a day.
constexpr std::string_view kExampleDay = "2026-01-01";

// Copies mappings of two trees into one: where both have a key, the upper one's value wins, unless
// both values are mappings.
class Overlay {
 public:
  Overlay(const Tree& base, const Tree& top) : base_(&base), top_(&top) {}

  auto merge(NodeId base_id, NodeId top_id) -> NodeId {
    const Node& base = base_->resolve(base_id);
    const Node& top = top_->resolve(top_id);
    if (base.kind != Kind::mapping || top.kind != Kind::mapping) {
      return copy(*top_, top_id);
    }
    const NodeId id = add(top);
    std::vector<NodeId> children;
    for_each_pair(base, *base_, [&](NodeId key, NodeId value) {
      const NodeId other = find(top, *top_, base_->resolve(key).text);
      children.push_back(copy(*base_, key));
      children.push_back(other == kNoNode ? copy(*base_, value) : merge(value, other));
    });
    for_each_pair(top, *top_, [&](NodeId key, NodeId value) {
      if (find(base, *base_, top_->resolve(key).text) == kNoNode) {
        children.push_back(copy(*top_, key));
        children.push_back(copy(*top_, value));
      }
    });
    link(id, children);
    return id;
  }

  auto take() -> Tree { return std::move(result_); }

 private:
  template <typename Visitor>
  static void for_each_pair(const Node& mapping, const Tree& tree, Visitor visit) {
    for (NodeId id = mapping.first_child; id != kNoNode;) {
      const NodeId value = tree[id].next_sibling;
      visit(id, value);
      id = tree[value].next_sibling;
    }
  }

  static auto find(const Node& mapping, const Tree& tree, std::string_view key) -> NodeId {
    NodeId found = kNoNode;
    for_each_pair(mapping, tree, [&](NodeId id, NodeId value) {
      found = tree.resolve(id).text == key ? value : found;
    });
    return found;
  }

  auto add(const Node& node) -> NodeId {
    result_.nodes.push_back(node);
    Node& copy = result_.nodes.back();
    copy.first_child = kNoNode;
    copy.next_sibling = kNoNode;
    return static_cast<NodeId>(result_.nodes.size() - 1);
  }

  void link(NodeId parent, const std::vector<NodeId>& children) {
    const bool is_mapping = result_.nodes[parent].kind == Kind::mapping;
    result_.nodes[parent].size =
        static_cast<std::uint32_t>(is_mapping ? children.size() / 2 : children.size());
    NodeId next = kNoNode;
    for (std::size_t i = children.size(); i-- > 0;) {
      result_.nodes[children[i]].next_sibling = next;
      next = children[i];
    }
    result_.nodes[parent].first_child = next;
  }

  auto copy(const Tree& from, NodeId source) -> NodeId {
    const Node& node = from.resolve(source);
    const NodeId id = add(node);
    std::vector<NodeId> children;
    for (NodeId child = node.first_child; child != kNoNode; child = from[child].next_sibling) {
      children.push_back(copy(from, child));
    }
    link(id, children);
    return id;
  }

  const Tree* base_;
  const Tree* top_;
  Tree result_;
};

auto codes_of(const std::vector<diag::Finding>& findings) -> std::string {
  std::string codes;
  for (const diag::Finding& finding : findings) {
    codes += fmt::format("{}{} ({})", codes.empty() ? "" : ", ", finding.code, finding.message);
  }
  return codes.empty() ? "no finding" : codes;
}

// What is wrong with the findings of an example; empty where nothing is.
auto judge(const Rule& rule, const Example& example, const std::vector<diag::Finding>& findings)
    -> std::string {
  bool fired = false;
  for (const diag::Finding& finding : findings) {
    fired = fired || finding.code == rule.code;
    const bool is_expected =
        std::find(example.also.begin(), example.also.end(), finding.code) != example.also.end();
    const bool is_own = finding.code == rule.code && example.is_bad;
    // A warning or information of another rule does not spoil an example of this one.
    if (!is_own && !is_expected &&
        (finding.severity == diag::Severity::error || finding.code == rule.code)) {
      return fmt::format("expected {}{}, got {}", example.is_bad ? rule.code : "no ",
                         example.is_bad ? " alone" : rule.code, codes_of(findings));
    }
  }
  for (const std::string& code : example.also) {
    if (std::none_of(findings.begin(), findings.end(),
                     [&](const diag::Finding& finding) { return finding.code == code; })) {
      return fmt::format("`also` expects {}, got {}", code, codes_of(findings));
    }
  }
  return fired == example.is_bad
             ? std::string{}
             : fmt::format("expected {}, got {}", rule.code, codes_of(findings));
}

struct ExampleFiles {
  std::map<std::string, std::string> files;
  std::optional<std::string> given_key;
};

// All files that the example names, the described ones made. The error names the file.
auto make_files(const Tree& tree, const Example& example, value::Date day)
    -> Expected<ExampleFiles, std::string> {
  ExampleFiles made{example.files, {}};
  for (const auto& [path, node] : example.described_files) {
    auto file = make_example_file(tree, tree.resolve(node), day);
    if (!file) {
      return Unexpected{fmt::format("file `{}`: {}", path, file.error())};
    }
    made.files[path] = file->bytes;
    made.given_key = file->given_key ? file->given_key : made.given_key;
  }
  return made;
}

// The key that the user named is one for every certificate of an example.
auto given_keys(const spec::Model& model, const ExampleFiles& files)
    -> std::map<std::string, std::string, std::less<>> {
  std::map<std::string, std::string, std::less<>> keys;
  for (const spec::Certificate& certificate : model.certificates()) {
    if (files.given_key) {
      keys[certificate.name->text()] = *files.given_key;
    }
  }
  return keys;
}

}  // namespace

auto run_example(const RuleSet& rules, const Pack& pack, const Rule& rule, const Example& example,
                 const NegotiationMatrix& matrix) -> ExampleResult {
  source::Sources sources;
  const Tree base = load_embedded(find_embedded("tables/example_base.yaml"), sources);
  Overlay overlay(base, *pack.tree);
  const NodeId root = overlay.merge(0, example.spec);
  Tree tree = overlay.take();
  // Files are looked for beside it.
  tree.file = sources.add("example.yaml", sources[base.file].text);
  diag::Sink sink;
  const std::array documents = {spec::Document{&tree, root}};
  const spec::Model model = spec::resolve(spec::bind(sources, documents, sink), sink);
  ExampleResult result{&rule, &example, false, {}, {}};
  const value::Date day = example.as_of.value_or(*value::Date::parse(kExampleDay));
  const auto files = make_files(*pack.tree, example, day);
  if (!files) {
    result.problem = files.error();
    return result;
  }
  const spec::NamedFiles named =
      spec::read_named_files(model, source::MemoryFileSystem(files->files), sources, sink);
  const spec::FileContents contents = spec::read_file_contents(model, named, sources, sink);
  const auto zone_files = spec::read_zone_files(model, named, sources, sink);
  const auto keys = given_keys(model, *files);
  if (!sink.has_errors()) {
    const Facts facts = derive_facts(model, matrix, {&contents, zone_files, &keys});
    World world;
    make_world(model, facts, matrix, day, world);
    EngineOptions options;
    if (rule.is_opt_in) {
      options.severities.emplace(rule.code, rule.severity);
    }
    static_cast<void>(evaluate(rules, world, options, sink));
  }
  result.findings = sink.take_sorted();
  result.problem = judge(rule, example, result.findings);
  result.passed = result.problem.empty();
  return result;
}

auto run_examples(const RuleSet& rules, const Pack& pack, const NegotiationMatrix& matrix)
    -> std::vector<ExampleResult> {
  std::vector<ExampleResult> results;
  for (const Rule& rule : pack.rules) {
    const std::vector<Example>& examples = rule.examples.get();
    const auto has = [&](bool is_bad) {
      return std::any_of(examples.begin(), examples.end(),
                         [&](const Example& example) { return example.is_bad == is_bad; });
    };
    if (!has(true) || !has(false)) {
      results.push_back({&rule, nullptr, false, "needs a bad and a good example", {}});
    }
    for (const Example& example : examples) {
      results.push_back(run_example(rules, pack, rule, example, matrix));
    }
  }
  return results;
}

}  // namespace fedgate::rules
