#include "rules/pack.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <type_traits>
#include <utility>

#include "rules/pack_keys.h"
#include "schema/base/check.h"
#include "schema/base/suggest.h"
#include "schema/diag/message.h"
#include "schema/scalar.h"
#include "schema/yaml/navigate.h"
#include "schema/yaml/reader.h"

namespace fedgate::rules {

namespace {

namespace messages = diag::messages;
using source::Span;
using yaml::Kind;
using yaml::Node;
using yaml::NodeId;

// `NEG002`: two to eight capital letters, then three or four digits.
auto is_code(std::string_view text) -> bool {
  const auto is_letter = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  std::size_t letters = 0;
  while (letters < text.size() && is_letter(text[letters])) {
    ++letters;
  }
  const std::string_view digits = text.substr(letters);
  return std::all_of(digits.begin(), digits.end(), is_digit) && letters >= 2 && letters <= 8 &&
         digits.size() >= 3 && digits.size() <= 4;
}

// `no-authentication-method`: words of lower-case letters and digits between hyphens.
auto is_rule_name(std::string_view text) -> bool {
  bool after_hyphen = true;
  for (const char c : text) {
    const bool is_word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!is_word && (c != '-' || after_hyphen)) {
      return false;
    }
    after_hyphen = c == '-';
  }
  return !after_hyphen;
}

// Whether a fix can write the value as it is: without quotes, and of the key's type.
auto is_settable(const cel::SelectionPath& place, std::string_view value) -> bool {
  const cel::SelectionPath::Step& last = place.steps.back();
  const cel::Type& type = last.record->fields[last.field].type;
  if (type == cel::Type::boolean()) {
    return value::parse_boolean(value).has_value();
  }
  if (type == cel::Type::integer()) {
    return value::parse_integer(value).has_value();
  }
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./@+-";
  return !value.empty() && value.find_first_not_of(kPlain) == std::string_view::npos;
}

// The texts of a rule's cases, for its documentation.
struct CaseTexts {
  std::string when;
  std::string message;

  void add(std::string_view condition, std::string_view first_message) {
    if (when.empty()) {
      when = condition;
      message = first_message;
    } else {
      when += fmt::format(" || {}", condition);
    }
  }
};

class PackLoader {
 public:
  PackLoader(const source::Sources& sources, const yaml::Tree& tree,
             const cel::Environment& environment, diag::Sink& sink, PackOrigin origin)
      : sources_(&sources),
        tree_(&tree),
        environment_(&environment),
        sink_(&sink),
        origin_(origin) {}

  void load(Pack& pack);

 private:
  [[nodiscard]] auto at(const Node& node) const -> Span { return tree_->span(node); }
  void check_keys(const Node& node, std::span<const PackKey> known, std::string_view phrase);
  auto has_keys(const Node& node, std::span<const PackKey> known, std::string_view phrase) -> bool;
  auto load_rule(const Node& node) -> std::optional<Rule>;
  auto has_case_keys(const Node& node, const Node& rule) -> bool;
  auto load_cases(const Node& rule, CaseTexts& texts) -> std::vector<Case>;
  auto load_case(const Node& node, const Node& rule, CaseTexts& texts) -> std::optional<Case>;
  void check_words(const Node& rule, std::string_view code, std::string_view name);
  auto load_examples(const Node& rule) -> std::vector<Example>;
  auto load_example(const Node& node) -> std::optional<Example>;
  void load_example_files(const Node& node, Example& example);
  auto load_relaxation(const Node& rule) -> std::optional<Relaxation>;
  auto load_fix(const Node& owner) -> std::optional<FixRule>;
  auto selection(const Node& scalar, std::string_view key) -> std::optional<cel::SelectionPath>;
  auto text(const Node& rule, std::string_view key) -> std::string;
  template <std::size_t N>
  auto word_of(const Node& node, std::string_view key, const std::array<std::string_view, N>& words)
      -> std::size_t;
  auto is_expression(const Node& node, std::string_view key) -> bool;
  auto expression(const Node& scalar, std::string_view key, const cel::Type& type)
      -> std::optional<cel::Program>;
  auto expression_part(const Node& scalar, std::string_view key, std::uint32_t begin,
                       std::uint32_t end, const cel::Type& type) -> std::optional<cel::Program>;
  // Reports every variable in an expression that belongs to another kind of entity.
  void check_variables(const Node& scalar, std::string_view key, std::string_view text,
                       std::uint32_t begin, const cel::Program& program);
  // What `make(loader)` gives: for a user's pack now, so that its mistakes are found, for a
  // built-in one when it is asked for.
  template <typename Make>
  auto later(Make make) -> Deferred<std::invoke_result_t<Make, PackLoader&>>;
  auto message(const Node& scalar) -> Template;
  // The bytes of the pack's file that hold a part of a scalar's text.
  [[nodiscard]] auto place_in(const Node& scalar, std::uint32_t begin, std::uint32_t end) const
      -> Span {
    const std::uint32_t from = yaml::source_offset(*sources_, *tree_, scalar, begin);
    return {tree_->file, from, std::max(from, yaml::source_offset(*sources_, *tree_, scalar, end))};
  }
  void wrong(const Node& node, std::string_view key, const std::string& what) {
    sink_->report(at(node), messages::pack_wrong_value, std::string(key), what);
  }

  const source::Sources* sources_;
  const yaml::Tree* tree_;
  const cel::Environment* environment_;
  diag::Sink* sink_;
  PackOrigin origin_;
  // Of the rule that is being read.
  Scope scope_ = Scope::spec;
};

template <typename Make>
auto PackLoader::later(Make make) -> Deferred<std::invoke_result_t<Make, PackLoader&>> {
  using Result = std::invoke_result_t<Make, PackLoader&>;
  if (origin_ == PackOrigin::user) {
    return make(*this);
  }
  return Deferred<Result>([make, loader = *this]() mutable {
    diag::Sink sink;
    loader.sink_ = &sink;
    Result result = make(loader);
    FEDGATE_CHECK(!sink.has_errors(), "a built-in pack has a mistake");
    return result;
  });
}

void PackLoader::check_keys(const Node& node, std::span<const PackKey> known,
                            std::string_view phrase) {
  if (origin_ == PackOrigin::built_in) {
    return;
  }
  std::vector<std::string_view> names(known.size());
  std::transform(known.begin(), known.end(), names.begin(),
                 [](const PackKey& key) { return key.name; });
  const std::vector<NodeId> pairs = yaml::children(*tree_, node);
  for (std::size_t i = 0; i < pairs.size(); i += 2) {
    const Node& key = tree_->resolve(pairs[i]);
    if (std::find(names.begin(), names.end(), key.text) != names.end()) {
      continue;
    }
    auto draft = sink_->report(at(key), messages::pack_unknown_key, std::string(key.text),
                               std::string(phrase));
    if (const auto near = nearest(key.text, names)) {
      draft.help(fmt::format("did you mean `{}`?", *near));
    }
  }
}

auto PackLoader::text(const Node& rule, std::string_view key) -> std::string {
  const NodeId id = yaml::find(*tree_, rule, key);
  if (id == yaml::kNoNode) {
    return {};
  }
  const Node& node = tree_->resolve(id);
  if (node.kind != Kind::scalar) {
    wrong(node, key, "text");
    return {};
  }
  return std::string(node.text);
}

template <std::size_t N>
auto PackLoader::word_of(const Node& node, std::string_view key,
                         const std::array<std::string_view, N>& words) -> std::size_t {
  const NodeId id = yaml::find(*tree_, node, key);
  if (id == yaml::kNoNode) {
    return 0;
  }
  const Node& scalar = tree_->resolve(id);
  const auto found = std::find(words.begin(), words.end(), scalar.text);
  if (scalar.kind != Kind::scalar || found == words.end()) {
    wrong(scalar, key, fmt::format("one of {}", fmt::join(words, ", ")));
    return 0;
  }
  return static_cast<std::size_t>(found - words.begin());
}

auto PackLoader::expression_part(const Node& scalar, std::string_view key, std::uint32_t begin,
                                 std::uint32_t end, const cel::Type& type)
    -> std::optional<cel::Program> {
  const std::string_view text = scalar.text.substr(begin, end - begin);
  auto program = cel::compile(text, *environment_, type);
  if (program) {
    check_variables(scalar, key, text, begin, *program);
    return *std::move(program);
  }
  for (const cel::Issue& issue : program.error()) {
    sink_->report(place_in(scalar, begin + issue.begin, begin + issue.end),
                  messages::pack_expression, std::string(key), issue.message);
  }
  return std::nullopt;
}

void PackLoader::check_variables(const Node& scalar, std::string_view key, std::string_view text,
                                 std::uint32_t begin, const cel::Program& program) {
  if (origin_ == PackOrigin::built_in) {
    return;
  }
  const std::vector<std::size_t> slots = program.variables_read();
  if (std::all_of(slots.begin(), slots.end(),
                  [&](std::size_t slot) { return is_visible(slot, scope_); })) {
    return;
  }
  // Where the variables stand is what an environment without them complains about.
  const auto issues = cel::compile(text, make_environment(scope_));
  if (issues) {
    return;
  }
  for (const cel::Issue& issue : issues.error()) {
    const std::string_view name = text.substr(issue.begin, issue.end - issue.begin);
    sink_->report(
        place_in(scalar, begin + issue.begin, begin + issue.end), messages::pack_expression,
        std::string(key),
        fmt::format("`{}` cannot be read in a rule for each {}, whose variables are {}", name,
                    kScopeWords[static_cast<std::size_t>(scope_)], variable_names(scope_)));
  }
}

// A YAML boolean such as `true` is an expression as well.
auto PackLoader::is_expression(const Node& node, std::string_view key) -> bool {
  if (node.kind == Kind::scalar) {
    return true;
  }
  wrong(node, key, "a CEL expression, in quotes where YAML would take it for something else");
  return false;
}

auto PackLoader::expression(const Node& scalar, std::string_view key, const cel::Type& type)
    -> std::optional<cel::Program> {
  if (!is_expression(scalar, key)) {
    return std::nullopt;
  }
  return expression_part(scalar, key, 0, static_cast<std::uint32_t>(scalar.text.size()), type);
}

// Splits at braces: `{expression}`; `{{` and `}}` stand for the braces themselves. Quotes inside an
// expression may hold braces.
auto PackLoader::message(const Node& scalar) -> Template {
  std::vector<Template::Piece> pieces;
  std::string literal;
  const std::string_view text = scalar.text;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t brace = std::min(text.find_first_of("{}", i), text.size());
    literal += text.substr(i, brace - i);
    i = brace;
    if (i == text.size()) {
      break;
    }
    const char c = text[i];
    if (i + 1 < text.size() && text[i + 1] == c) {
      literal += c;
      ++i;
      continue;
    }
    if (c != '{') {
      literal += c;
      continue;
    }
    std::size_t end = i + 1;
    char quote = '\0';
    int depth = 0;
    for (; end < text.size() && (quote != '\0' || depth > 0 || text[end] != '}'); ++end) {
      if (quote != '\0') {
        quote = text[end] == quote ? '\0' : quote;
      } else if (text[end] == '"' || text[end] == '\'') {
        quote = text[end];
      } else {
        depth += text[end] == '{' ? 1 : text[end] == '}' ? -1 : 0;
      }
    }
    if (end == text.size()) {
      wrong(scalar, "message", "text in which every `{` has its `}`");
      return {};
    }
    pieces.emplace_back(std::exchange(literal, {}));
    auto program = expression_part(scalar, "message", static_cast<std::uint32_t>(i + 1),
                                   static_cast<std::uint32_t>(end), cel::Type::dyn());
    if (program) {
      pieces.emplace_back(*std::move(program));
    }
    i = end;
  }
  pieces.emplace_back(std::move(literal));
  return Template(std::move(pieces));
}

auto PackLoader::load_relaxation(const Node& rule) -> std::optional<Relaxation> {
  const NodeId id = yaml::find(*tree_, rule, "relaxed");
  if (id == yaml::kNoNode) {
    return std::nullopt;
  }
  const Node& node = tree_->resolve(id);
  check_keys(node, kRelaxedKeys, "`relaxed`");
  if (node.kind != Kind::mapping) {
    wrong(node, "relaxed", "a mapping with `severity` and `when`");
    return std::nullopt;
  }
  if (!has_keys(node, kRelaxedKeys, "`relaxed`")) {
    return std::nullopt;
  }
  const NodeId when = yaml::find(*tree_, node, "when");
  const auto severity = static_cast<diag::Severity>(word_of(node, "severity", kSeverityWords));
  const Node& condition = tree_->resolve(when);
  return Relaxation{severity, later([&condition](PackLoader& loader) {
                      return loader.expression(condition, "when", cel::Type::boolean());
                    }),
                    std::string(condition.text)};
}

auto PackLoader::selection(const Node& scalar, std::string_view key)
    -> std::optional<cel::SelectionPath> {
  const auto program = expression(scalar, key, cel::Type::dyn());
  auto path = program ? program->selection_path() : std::nullopt;
  if (program && !path) {
    wrong(scalar, key, "a plain selection such as `partner.tls`");
  }
  return path;
}

auto PackLoader::load_fix(const Node& owner) -> std::optional<FixRule> {
  const NodeId id = yaml::find(*tree_, owner, "fix");
  if (id == yaml::kNoNode) {
    return std::nullopt;
  }
  const Node& node = tree_->resolve(id);
  check_keys(node, kFixKeys, "`fix`");
  const auto value_of = [&](std::string_view key) -> const Node* {
    const NodeId found = yaml::find(*tree_, node, key);
    return found == yaml::kNoNode ? nullptr : &tree_->resolve(found);
  };
  const Node* set = value_of("set");
  const Node* value = value_of("to");
  const Node* list = value_of("extend");
  const Node* items = value_of("with");
  const bool sets = set != nullptr && value != nullptr && value->kind == Kind::scalar;
  const bool extends = list != nullptr && items != nullptr;
  if (sets == extends || node.size != 2) {
    wrong(node, "fix", "a mapping with `set` and `to`, or with `extend` and `with`");
    return std::nullopt;
  }
  auto place = sets ? selection(*set, "set") : selection(*list, "extend");
  if (!place) {
    return std::nullopt;
  }
  // An edit stays inside the entity that has the finding, and only a mapping takes one.
  const bool is_mapping = scope_ == Scope::partner || scope_ == Scope::certificate ||
                          scope_ == Scope::zone || scope_ == Scope::gateway;
  if (!is_mapping || place->steps.empty() || place->slot != static_cast<std::size_t>(scope_)) {
    wrong(sets ? *set : *list, sets ? "set" : "extend",
          "a key of the partner, certificate, zone or gateway that the rule is for");
    return std::nullopt;
  }
  if (sets && !is_settable(*place, value->text)) {
    wrong(*value, "to", "a value of the key that stands without quotes: a word, number or boolean");
    return std::nullopt;
  }
  if (sets) {
    return FixRule{*std::move(place), std::string(value->text), std::nullopt};
  }
  auto program = expression(*items, "with", cel::Type::list(cel::Type::string()));
  return program ? std::optional(FixRule{*std::move(place), {}, std::move(program)}) : std::nullopt;
}

void PackLoader::load_example_files(const Node& node, Example& example) {
  const NodeId id = yaml::find(*tree_, node, "files");
  if (id == yaml::kNoNode) {
    return;
  }
  const Node& files = tree_->resolve(id);
  if (files.kind != Kind::mapping) {
    wrong(files, "files", "a mapping from paths to texts");
    return;
  }
  const std::vector<NodeId> pairs = yaml::children(*tree_, files);
  for (std::size_t i = 0; i < pairs.size(); i += 2) {
    const Node& path = tree_->resolve(pairs[i]);
    const Node& text = tree_->resolve(pairs[i + 1]);
    if (text.kind == Kind::mapping) {
      example.described_files.emplace(path.text, pairs[i + 1]);
    } else if (text.kind == Kind::scalar) {
      example.files.emplace(path.text, text.text);
    } else {
      wrong(text, "files", "a mapping from paths to texts or descriptions");
    }
  }
}

auto PackLoader::load_example(const Node& node) -> std::optional<Example> {
  check_keys(node, kExampleKeys, "an example");
  const NodeId bad = yaml::find(*tree_, node, "bad");
  const NodeId good = yaml::find(*tree_, node, "good");
  if ((bad == yaml::kNoNode) == (good == yaml::kNoNode)) {
    wrong(node, "examples", "a list of mappings, each with either `bad` or `good`");
    return std::nullopt;
  }
  Example example;
  example.is_bad = bad != yaml::kNoNode;
  example.spec = example.is_bad ? bad : good;
  example.where = at(node);
  if (const NodeId also = yaml::find(*tree_, node, "also"); also != yaml::kNoNode) {
    const Node& codes = tree_->resolve(also);
    if (codes.kind != Kind::sequence) {
      wrong(codes, "also", "a list of codes");
      return std::nullopt;
    }
    for (const NodeId code : yaml::children(*tree_, codes)) {
      example.also.emplace_back(tree_->resolve(code).text);
    }
  }
  if (yaml::find(*tree_, node, "as_of") != yaml::kNoNode) {
    const auto parsed = value::Date::parse(text(node, "as_of"));
    if (parsed) {
      example.as_of = *parsed;
    } else {
      wrong(node, "as_of", "a date such as `2027-06-30`");
    }
  }
  load_example_files(node, example);
  return example;
}

auto PackLoader::load_examples(const Node& rule) -> std::vector<Example> {
  std::vector<Example> examples;
  const NodeId list = yaml::find(*tree_, rule, "examples");
  if (list == yaml::kNoNode) {
    return examples;
  }
  for (const NodeId id : yaml::children(*tree_, tree_->resolve(list))) {
    if (auto example = load_example(tree_->resolve(id))) {
      examples.push_back(*std::move(example));
    }
  }
  return examples;
}

void PackLoader::check_words(const Node& rule, std::string_view code, std::string_view name) {
  const auto value_of = [&](std::string_view key) -> const Node& {
    return tree_->resolve(yaml::find(*tree_, rule, key));
  };
  if (!is_code(code)) {
    wrong(value_of("code"), "code", "capital letters and three or four digits, such as `ORG001`");
  }
  if (!is_rule_name(name)) {
    wrong(value_of("name"), "name", "lower-case words with hyphens, such as `expired-agreement`");
  }
}

auto PackLoader::has_keys(const Node& node, std::span<const PackKey> known, std::string_view phrase)
    -> bool {
  if (origin_ == PackOrigin::built_in) {
    return true;
  }
  bool is_whole = true;
  for (const PackKey& key : known) {
    if (key.required && yaml::find(*tree_, node, key.name) == yaml::kNoNode) {
      sink_->report(at(node), messages::pack_missing_key, std::string(phrase),
                    std::string(key.name));
      is_whole = false;
    }
  }
  return is_whole;
}

// A case has its own `when` and `message`; `help` may stand in the rule.
auto PackLoader::has_case_keys(const Node& node, const Node& rule) -> bool {
  const std::string phrase = &node == &rule ? "a rule" : "a case";
  const bool is_whole = has_keys(node, kCaseKeys, phrase);
  if (yaml::find(*tree_, node, "help") != yaml::kNoNode ||
      yaml::find(*tree_, rule, "help") != yaml::kNoNode) {
    return is_whole;
  }
  sink_->report(at(node), messages::pack_missing_key, phrase, std::string("help"));
  return false;
}

// `rule` is where `help` is looked for that the case itself does not have.
auto PackLoader::load_case(const Node& node, const Node& rule, CaseTexts& texts)
    -> std::optional<Case> {
  if (!has_case_keys(node, rule)) {
    return std::nullopt;
  }
  const Node& when_node = tree_->resolve(yaml::find(*tree_, node, "when"));
  const Node& message_node = tree_->resolve(yaml::find(*tree_, node, "message"));
  texts.add(when_node.text, message_node.text);
  auto when = expression(when_node, "when", cel::Type::boolean());
  auto filled = later([&message_node](PackLoader& loader) { return loader.message(message_node); });
  std::optional<Deferred<std::optional<cel::SelectionPath>>> place;
  if (const NodeId id = yaml::find(*tree_, node, "at"); id != yaml::kNoNode) {
    place = later([&scalar = tree_->resolve(id)](PackLoader& loader) {
      return loader.selection(scalar, "at");
    });
  }
  std::string help = text(yaml::find(*tree_, node, "help") == yaml::kNoNode ? rule : node, "help");
  std::optional<FixRule> fix = load_fix(node);
  if (!when) {
    return std::nullopt;
  }
  return Case{
      {}, *std::move(when), std::move(place), std::move(filled), std::move(help), std::move(fix)};
}

auto PackLoader::load_cases(const Node& rule, CaseTexts& texts) -> std::vector<Case> {
  std::vector<Case> cases;
  const auto add = [&](std::optional<Case> loaded) {
    if (loaded) {
      cases.push_back(*std::move(loaded));
    }
  };
  const NodeId id = yaml::find(*tree_, rule, "cases");
  if (id == yaml::kNoNode) {
    add(load_case(rule, rule, texts));
    return cases;
  }
  const Node& list = tree_->resolve(id);
  if (list.kind != Kind::sequence || list.size == 0) {
    wrong(list, "cases", "a list of mappings");
    return cases;
  }
  for (const std::string_view key : {"when", "at", "message", "fix"}) {
    if (const NodeId own = yaml::find(*tree_, rule, key); own != yaml::kNoNode) {
      wrong(tree_->resolve(own), key, "in each of the `cases`, where there are any");
    }
  }
  for (const NodeId item : yaml::children(*tree_, list)) {
    const Node& node = tree_->resolve(item);
    if (node.kind != Kind::mapping) {
      wrong(node, "cases", "a list of mappings");
      continue;
    }
    check_keys(node, kCaseKeys, "a case");
    std::optional<Case> loaded = load_case(node, rule, texts);
    if (loaded && yaml::find(*tree_, node, "severity") != yaml::kNoNode) {
      loaded->severity = static_cast<diag::Severity>(word_of(node, "severity", kSeverityWords));
    }
    add(std::move(loaded));
  }
  return cases;
}

auto PackLoader::load_rule(const Node& node) -> std::optional<Rule> {
  const std::size_t before = sink_->error_count();
  if (node.kind != Kind::mapping) {
    wrong(node, "rules", "a list of mappings");
    return std::nullopt;
  }
  check_keys(node, kRuleKeys, "a rule");
  if (!has_keys(node, kRuleKeys, "a rule")) {
    if (yaml::find(*tree_, node, "cases") == yaml::kNoNode) {
      static_cast<void>(has_case_keys(node, node));
    }
    return std::nullopt;
  }
  scope_ = static_cast<Scope>(word_of(node, "for", kScopeWords));
  CaseTexts texts;
  std::vector<Case> cases = load_cases(node, texts);
  auto relaxed = load_relaxation(node);
  auto examples = later([&node](PackLoader& loader) { return loader.load_examples(node); });
  const auto severity = static_cast<diag::Severity>(word_of(node, "severity", kSeverityWords));
  const bool is_opt_in = word_of(node, "opt_in", kBooleans) == 1;
  std::string code = text(node, "code");
  std::string name = text(node, "name");
  check_words(node, code, name);
  if (sink_->error_count() != before) {
    return std::nullopt;
  }
  if (relaxed && relaxed->severity >= severity) {
    wrong(tree_->resolve(yaml::find(*tree_, node, "relaxed")), "relaxed",
          fmt::format("milder than `severity`, which is {}", diag::severity_word(severity)));
    return std::nullopt;
  }
  std::string help = cases.front().help;
  return Rule{std::move(code),
              std::move(name),
              severity,
              std::move(relaxed),
              is_opt_in,
              scope_,
              std::move(cases),
              std::move(texts.when),
              std::move(texts.message),
              std::move(help),
              text(node, "source"),
              text(node, "since"),
              std::move(examples),
              at(node)};
}

void PackLoader::load(Pack& pack) {
  const Node& root = tree_->root();
  check_keys(root, kPackKeys, "a pack");
  pack.name = text(root, "pack");
  const NodeId rules = yaml::find(*tree_, root, "rules");
  if (rules == yaml::kNoNode) {
    sink_->report(at(root), messages::pack_missing_key, std::string("a pack"),
                  std::string("rules"));
    return;
  }
  const Node& list = tree_->resolve(rules);
  if (list.kind != Kind::sequence) {
    wrong(list, "rules", "a list of rules");
    return;
  }
  for (const NodeId id : yaml::children(*tree_, list)) {
    if (auto rule = load_rule(tree_->resolve(id))) {
      pack.rules.push_back(*std::move(rule));
    }
  }
}

}  // namespace

auto Template::fill(std::span<const cel::Value> variables, cel::Arena& arena) const -> std::string {
  std::string filled;
  for (const Piece& piece : pieces_) {
    if (const auto* literal = std::get_if<std::string>(&piece)) {
      filled += *literal;
    } else {
      const cel::Value value = std::get<cel::Program>(piece).evaluate(variables, arena);
      filled += cel::is_unknown(value) ? "\u2026" : cel::to_display(value);
    }
  }
  return filled;
}

auto is_pack(const yaml::Tree& tree) -> bool {
  return !tree.empty() && yaml::find(tree, tree.root(), "pack") != yaml::kNoNode;
}

auto load_pack(const source::Sources& sources, yaml::Tree tree, const cel::Environment& environment,
               diag::Sink& sink, PackOrigin origin) -> Pack {
  Pack pack;
  pack.tree = std::make_unique<const yaml::Tree>(std::move(tree));
  if (!pack.tree->empty()) {
    PackLoader(sources, *pack.tree, environment, sink, origin).load(pack);
  }
  return pack;
}

}  // namespace fedgate::rules
