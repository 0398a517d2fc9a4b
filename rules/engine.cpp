#include "rules/engine.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <unordered_map>
#include <utility>

#include "schema/base/suggest.h"
#include "schema/diag/message.h"
#include "schema/edit/edit.h"
#include "schema/source/parallel.h"

namespace fedgate::rules {

namespace {

namespace messages = diag::messages;

// Those whose entities hold waivers.
constexpr std::array kWaivingScopes = {Scope::partner, Scope::certificate, Scope::zone,
                                       Scope::gateway};

// `a`, `b`, `c`
auto listed(const std::vector<std::string>& texts) -> std::string {
  std::string list;
  for (const std::string& text : texts) {
    list += (list.empty() ? "`" : ", `") + text + "`";
  }
  return list;
}

class Engine {
 public:
  Engine(const RuleSet& rules, const World& world, const EngineOptions& options, diag::Sink& sink);

  // Evaluates the rules for one of `shares` equal parts of each scope's entities.
  void run(std::size_t share, std::size_t shares);
  // Adds what another engine has seen of its share.
  void merge(Engine&& other);
  // After all shares: which rules are decided, and what is wrong with the waivers.
  void decide();
  void check_waivers();
  [[nodiscard]] auto take() -> Evaluation { return std::move(evaluation_); }

 private:
  void run_scope(Scope scope, std::size_t share, std::size_t shares);
  void run_rule(RuleCount& count, std::size_t index);
  void run_case(const Rule& rule, const Case& one, std::size_t index, RuleCount& count);
  void fire(const Rule& rule, const Case& one, std::size_t index, RuleCount& count);
  // What the rule asks for could not be read, which has a finding of its own.
  void leave_open(const Rule& rule, std::size_t index, RuleCount& count);
  // None where it depends on what is not known.
  [[nodiscard]] auto severity_of(const Rule& rule, const Case& one)
      -> std::optional<diag::Severity>;
  [[nodiscard]] auto waiver_for(const Rule& rule, std::size_t index) -> const spec::Waiver*;
  [[nodiscard]] auto fix_for(const Rule& rule, const Case& one, std::size_t index)
      -> std::optional<diag::Fix>;
  [[nodiscard]] auto is_in_force(const spec::Waiver& waiver) const -> bool;
  // Whether the run could say all that the rule has to say; not where the rule is off.
  [[nodiscard]] auto is_decided(const Rule& rule) const -> bool;
  void check_waiver(const spec::Waiver& waiver, const diag::Subject& subject);

  const RuleSet* rules_;
  const World* world_;
  const EngineOptions* options_;
  diag::Sink* sink_;
  Binding binding_;
  cel::Arena arena_;
  Evaluation evaluation_;
  // By place: `defaults` gives one waiver to many partners.
  std::set<source::Span> used_;
};

Engine::Engine(const RuleSet& rules, const World& world, const EngineOptions& options,
               diag::Sink& sink)
    : rules_(&rules), world_(&world), options_(&options), sink_(&sink), binding_(world) {
  for (const Pack& pack : rules.packs()) {
    for (const Rule& rule : pack.rules) {
      if (is_on(rule, options)) {
        evaluation_.counts.push_back({&rule});
      }
    }
  }
}

auto Engine::severity_of(const Rule& rule, const Case& one) -> std::optional<diag::Severity> {
  if (const auto override = options_->severities.find(rule.code);
      override != options_->severities.end()) {
    return override->second;
  }
  const diag::Severity severity = one.severity.value_or(rule.severity);
  if (!rule.relaxed) {
    return severity;
  }
  const cel::Value relaxed = rule.relaxed->when.get()->evaluate(binding_.values(), arena_);
  if (cel::is_unknown(relaxed)) {
    return std::nullopt;
  }
  return relaxed.is_true() ? std::min(severity, rule.relaxed->severity) : severity;
}

auto Engine::is_in_force(const spec::Waiver& waiver) const -> bool {
  return !waiver.until.present() || world_->as_of <= waiver.until.value;
}

auto Engine::waiver_for(const Rule& rule, std::size_t index) -> const spec::Waiver* {
  for (const spec::Waiver& waiver : binding_.waivers(rule.scope, index)) {
    if (waiver.rule->text() == rule.code) {
      used_.insert(waiver.where);
      if (is_in_force(waiver)) {
        return &waiver;
      }
    }
  }
  return nullptr;
}

// A value that stands in the entity itself is replaced; one that comes from elsewhere (a default,
// the spec's `defaults`) is written into the entity.
auto Engine::fix_for(const Rule& rule, const Case& one, std::size_t index)
    -> std::optional<diag::Fix> {
  if (!one.fix || options_->sources == nullptr) {
    return std::nullopt;
  }
  const source::Sources& sources = *options_->sources;
  const FixRule& fix = *one.fix;
  const source::Span entity = binding_.where(rule.scope, index);
  const source::Span place = binding_.locate(fix.place, arena_).value_or(entity);
  const bool is_own = place.file == entity.file && place.begin >= entity.begin &&
                      place.end <= entity.end && place != entity;
  const cel::SelectionPath::Step& last = fix.place.steps.back();
  const std::string_view key = last.record->fields[last.field].name;
  if (!fix.items) {
    std::string title = fmt::format("write `{}: {}`", key, fix.value);
    if (is_own) {
      return edit::as_fix(std::move(title),
                          edit::replace_scalar(sources, place, fix.value, edit::Form::bare));
    }
    return fix.place.steps.size() == 1
               ? edit::as_fix(std::move(title), edit::insert_key(sources, entity, key, fix.value))
               : std::nullopt;
  }
  const cel::Value items = fix.items->evaluate(binding_.values(), arena_);
  if (!is_own || !items.is(cel::Kind::list)) {
    return std::nullopt;
  }
  std::vector<std::string> texts;
  const cel::ListView& list = items.as_list();
  for (std::size_t i = 0; i < list.size; ++i) {
    texts.push_back(cel::to_display(list.at(list.data, i, arena_)));
  }
  return edit::as_fix(fmt::format("add {} to `{}`", listed(texts), key),
                      edit::append_items(sources, place, texts));
}

void Engine::fire(const Rule& rule, const Case& one, std::size_t index, RuleCount& count) {
  const auto severity = severity_of(rule, one);
  if (!severity) {
    leave_open(rule, index, count);
    return;
  }
  ++count.fired;
  diag::Finding finding{rule.code,
                        rule.name,
                        *severity,
                        one.message.get().fill(binding_.values(), arena_),
                        binding_.where(rule.scope, index),
                        binding_.subject(rule.scope, index),
                        one.help,
                        rule.source,
                        binding_.notes(rule.scope, index),
                        false};
  if (one.at) {
    finding.where = binding_.locate(*one.at->get(), arena_).value_or(finding.where);
  }
  finding.fix = fix_for(rule, one, index);
  if (const spec::Waiver* waiver = waiver_for(rule, index)) {
    ++count.waived;
    evaluation_.waived.push_back({std::move(finding), waiver->reason->text()});
    return;
  }
  sink_->add(std::move(finding));
}

void Engine::leave_open(const Rule& rule, std::size_t index, RuleCount& count) {
  ++count.open;
  // Whether a waiver excuses anything is open as well.
  static_cast<void>(waiver_for(rule, index));
}

void Engine::run_rule(RuleCount& count, std::size_t index) {
  ++count.evaluated;
  for (const Case& one : count.rule->cases) {
    run_case(*count.rule, one, index, count);
  }
}

void Engine::run_case(const Rule& rule, const Case& one, std::size_t index, RuleCount& count) {
  arena_.reset();
  const cel::Value result = one.when.evaluate(binding_.values(), arena_);
  if (result.is_false()) {
    return;
  }
  if (result.is_true()) {
    fire(rule, one, index, count);
    return;
  }
  if (cel::is_unknown(result)) {
    leave_open(rule, index, count);
    return;
  }
  ++count.failed;
  const diag::Subject subject = binding_.subject(rule.scope, index);
  sink_
      ->report(binding_.where(rule.scope, index), messages::rule_failed, rule.code, subject.id,
               result.is_error() ? std::string(result.text())
                                 : std::string("the condition is neither true nor false"))
      .subject(subject.kind, subject.id)
      .note(rule.where, "the rule");
}

// All rules for one entity, then the next: with many partners, each is fetched from memory once.
void Engine::run_scope(Scope scope, std::size_t share, std::size_t shares) {
  std::vector<RuleCount*> counts;
  for (RuleCount& count : evaluation_.counts) {
    if (count.rule->scope == scope) {
      counts.push_back(&count);
    }
  }
  const std::size_t entities = counts.empty() ? 0 : world_->count(scope);
  const std::size_t end = entities * (share + 1) / shares;
  for (std::size_t i = entities * share / shares; i < end; ++i) {
    binding_.select(scope, i);
    for (RuleCount* count : counts) {
      run_rule(*count, i);
    }
  }
}

void Engine::decide() {
  for (RuleCount& count : evaluation_.counts) {
    count.is_decided = count.open == 0 && world_->has_all(count.rule->scope);
  }
}

auto Engine::is_decided(const Rule& rule) const -> bool {
  const auto count = std::find_if(evaluation_.counts.begin(), evaluation_.counts.end(),
                                  [&](const RuleCount& one) { return one.rule == &rule; });
  return count != evaluation_.counts.end() && count->is_decided;
}

void Engine::check_waiver(const spec::Waiver& waiver, const diag::Subject& subject) {
  const std::string& code = waiver.rule->text();
  const Rule* waived = rules_->find(code);
  if (waived == nullptr) {
    std::vector<std::string_view> codes;
    for (const Pack& pack : rules_->packs()) {
      for (const Rule& rule : pack.rules) {
        codes.push_back(rule.code);
      }
    }
    auto draft = sink_->report(waiver.rule.where, messages::waiver_unknown, code)
                     .subject(subject.kind, subject.id);
    const auto core = diag::core_codes();
    if (std::any_of(core.begin(), core.end(), [&](const auto& one) { return one.code == code; })) {
      draft.help("such a finding is no rule's and cannot be waived: mend what it reports");
    } else if (const auto near = nearest(code, codes)) {
      draft.help(fmt::format("did you mean `{}`?", *near));
      if (options_->sources != nullptr && has_one_near(code, codes)) {
        draft.fix(edit::as_fix(fmt::format("write `{}`", *near),
                               edit::replace_scalar(*options_->sources, waiver.rule.where, *near)));
      }
    }
  } else if (!is_in_force(waiver)) {
    sink_
        ->report(waiver.until.where, messages::waiver_expired, code, subject.id,
                 waiver.until->to_text())
        .subject(subject.kind, subject.id);
  } else if (!used_.contains(waiver.where) && is_decided(*waived)) {
    sink_->report(waiver.where, messages::waiver_unused, code, subject.id)
        .subject(subject.kind, subject.id);
  }
}

void Engine::check_waivers() {
  std::set<source::Span> checked;
  for (const Scope scope : kWaivingScopes) {
    for (std::size_t i = 0; i < world_->count(scope); ++i) {
      const auto waivers = binding_.waivers(scope, i);
      if (waivers.empty()) {
        continue;
      }
      const diag::Subject subject = binding_.subject(scope, i);
      for (const spec::Waiver& waiver : waivers) {
        if (checked.insert(waiver.where).second) {
          check_waiver(waiver, subject);
        }
      }
    }
  }
}

void Engine::run(std::size_t share, std::size_t shares) {
  for (std::size_t scope = 0; scope < kScopeWords.size(); ++scope) {
    run_scope(static_cast<Scope>(scope), share, shares);
  }
}

void Engine::merge(Engine&& other) {
  for (std::size_t i = 0; i < evaluation_.counts.size(); ++i) {
    RuleCount& count = evaluation_.counts[i];
    const RuleCount& added = other.evaluation_.counts[i];
    count.evaluated += added.evaluated;
    count.fired += added.fired;
    count.waived += added.waived;
    count.failed += added.failed;
    count.open += added.open;
  }
  std::move(other.evaluation_.waived.begin(), other.evaluation_.waived.end(),
            std::back_inserter(evaluation_.waived));
  used_.merge(other.used_);
  sink_->merge(std::move(*other.sink_));
}

// Below so many entities, starting a thread costs more than it saves.
auto shares_of(const World& world) -> std::size_t {
  constexpr std::size_t kWorthThreads = 2000;
  std::size_t entities = 0;
  for (std::size_t scope = 0; scope < kScopeWords.size(); ++scope) {
    entities += world.count(static_cast<Scope>(scope));
  }
  return entities < kWorthThreads ? 1 : source::default_threads();
}

}  // namespace

auto is_on(const Rule& rule, const EngineOptions& options) -> bool {
  return !options.disabled.contains(rule.code) &&
         (!rule.is_opt_in || options.severities.contains(rule.code));
}

auto evaluate(const RuleSet& rules, const World& world, const EngineOptions& options,
              diag::Sink& sink) -> Evaluation {
  const std::size_t shares = shares_of(world);
  std::vector<diag::Sink> sinks(shares);
  std::vector<Engine> engines;
  engines.reserve(shares);
  for (diag::Sink& own : sinks) {
    engines.emplace_back(rules, world, options, own);
  }
  source::run_parallel(shares, shares, [&](std::size_t i) { engines[i].run(i, shares); });
  Engine& first = engines.front();
  for (std::size_t i = 1; i < shares; ++i) {
    first.merge(std::move(engines[i]));
  }
  first.decide();
  first.check_waivers();
  sink.merge(std::move(sinks.front()));
  return first.take();
}

}  // namespace fedgate::rules
