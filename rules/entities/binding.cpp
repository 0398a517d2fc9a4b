#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "rules/entities/entity_record.h"
#include "rules/entities/table_record.h"
#include "rules/functions.h"

namespace fedgate::rules {

namespace {

using cel::Type;
using cel::Value;
using source::Span;

auto object_of(const World& world, Scope scope, std::size_t index) -> const void* {
  switch (scope) {
    case Scope::partner:
      return &world.partners[index];
    case Scope::certificate:
      return &world.certificates[index];
    case Scope::zone:
      return &world.zones[index];
    case Scope::record:
      return &world.records[index];
    case Scope::domain:
      return &world.domains[index];
    case Scope::gateway:
      return &world.gateway;
    case Scope::spec:
      break;
  }
  return &world;
}

struct Variable {
  std::string_view name;
  Type type;
};

// By slot.
auto all_variables() -> std::array<Variable, kTablesSlot + 1> {
  std::array<Variable, kTablesSlot + 1> variables;
  for (std::size_t i = 0; i < kScopeWords.size(); ++i) {
    variables[i] = {kScopeWords[i], Type::record(&record_type(static_cast<Scope>(i)))};
  }
  variables[kAsOfSlot] = {"as_of", Type::timestamp()};
  variables[kTablesSlot] = {"tables", Type::record(&tables_record())};
  return variables;
}

}  // namespace

auto record_type(Scope scope) -> const cel::RecordType& {
  switch (scope) {
    case Scope::partner:
      return record_of<PartnerEntity>();
    case Scope::certificate:
      return record_of<CertificateEntity>();
    case Scope::zone:
      return record_of<ZoneEntity>();
    case Scope::record:
      return record_of<RecordEntity>();
    case Scope::domain:
      return record_of<DomainEntity>();
    case Scope::gateway:
      return record_of<GatewayEntity>();
    case Scope::spec:
      break;
  }
  return record_of<World>();
}

auto is_visible(std::size_t slot, Scope scope) -> bool {
  return slot == static_cast<std::size_t>(scope) ||
         slot == static_cast<std::size_t>(Scope::gateway) ||
         slot == static_cast<std::size_t>(Scope::spec) || slot >= kScopeWords.size();
}

auto make_environment() -> cel::Environment {
  cel::Environment environment;
  for (const Variable& variable : all_variables()) {
    environment.declare(std::string(variable.name), variable.type);
  }
  add_functions(environment);
  return environment;
}

auto make_environment(Scope scope) -> cel::Environment {
  cel::Environment environment;
  const auto variables = all_variables();
  for (std::size_t slot = 0; slot < variables.size(); ++slot) {
    if (is_visible(slot, scope)) {
      environment.declare(std::string(variables[slot].name), variables[slot].type);
    }
  }
  add_functions(environment);
  return environment;
}

auto variable_names(Scope scope) -> std::string {
  std::vector<std::string> names;
  const auto variables = all_variables();
  for (std::size_t slot = 0; slot < variables.size(); ++slot) {
    if (is_visible(slot, scope)) {
      names.push_back(fmt::format("`{}`", variables[slot].name));
    }
  }
  const std::string last = std::move(names.back());
  names.pop_back();
  return fmt::format("{} and {}", fmt::join(names, ", "), last);
}

Binding::Binding(const World& world) : world_(&world) {
  values_.fill(Value::error("this rule is not evaluated for this kind of entity"));
  const bool is_known = world.gateway.spec != nullptr;
  values_[static_cast<std::size_t>(Scope::gateway)] =
      is_known ? Value::record(&record_type(Scope::gateway), &world.gateway) : cel::unknown_error();
  values_[static_cast<std::size_t>(Scope::spec)] =
      is_known ? Value::record(&record_type(Scope::spec), &world) : cel::unknown_error();
  values_[kAsOfSlot] = date_value(world.as_of);
  values_[kTablesSlot] = tables_value();
}

void Binding::select(Scope scope, std::size_t index) {
  values_[static_cast<std::size_t>(scope)] =
      Value::record(&record_type(scope), object_of(*world_, scope, index));
}

auto Binding::subject(Scope scope, std::size_t index) const -> diag::Subject {
  std::string kind(kScopeWords[static_cast<std::size_t>(scope)]);
  switch (scope) {
    case Scope::partner:
      return {std::move(kind), world_->partners[index].spec->domain->ascii()};
    case Scope::certificate:
      return {std::move(kind), world_->certificates[index].spec->name->text()};
    case Scope::zone:
      return {std::move(kind), world_->zones[index].spec->name->ascii()};
    case Scope::record: {
      const RecordFacts& record = *world_->records[index].facts;
      return {std::move(kind),
              record.needed != nullptr
                  ? fmt::format("{} {}", record.needed->owner(), word(record.needed->type()))
                  : fmt::format("{} {}", record.found->owner, record.found->type)};
    }
    case Scope::domain:
      return {std::move(kind), world_->domains[index].domain->value.ascii()};
    case Scope::gateway:
    case Scope::spec:
      break;
  }
  return {std::move(kind), world_->gateway.spec->name->text()};
}

auto Binding::where(Scope scope, std::size_t index) const -> Span {
  switch (scope) {
    case Scope::partner:
      return world_->partners[index].spec->where;
    case Scope::certificate:
      return world_->certificates[index].spec->where;
    case Scope::zone:
      return world_->zones[index].spec->where;
    case Scope::record:
      return world_->records[index].facts->found != nullptr
                 ? world_->records[index].facts->found->where
                 : world_->records[index].facts->needed->where;
    case Scope::domain:
      return world_->domains[index].domain->where;
    case Scope::gateway:
      return world_->gateway.spec->where;
    case Scope::spec:
      break;
  }
  return world_->model->spec.where;
}

auto Binding::waivers(Scope scope, std::size_t index) const -> std::span<const spec::Waiver> {
  if (scope == Scope::partner) {
    return world_->partners[index].spec->waive.value;
  }
  if (scope == Scope::certificate) {
    return world_->certificates[index].spec->waive.value;
  }
  if (scope == Scope::zone) {
    return world_->zones[index].spec->waive.value;
  }
  if (scope == Scope::record) {
    return world_->records[index].zone->waive.value;
  }
  return world_->gateway.spec->waive.value;
}

auto Binding::notes(Scope scope, std::size_t index) const -> std::vector<diag::Note> {
  std::vector<diag::Note> notes;
  if (scope != Scope::record) {
    return notes;
  }
  const RecordEntity& record = world_->records[index];
  const RecordFacts& facts = *record.facts;
  if (facts.found == nullptr) {
    if (facts.state == RecordState::missing) {
      notes.push_back({record.zone->zone_file.where, "the file of the zone"});
    }
  } else if (facts.needed != nullptr) {
    notes.push_back({facts.needed->where, "what asks for the record"});
  } else {
    notes.push_back({record.zone->zone_file.where, "the file belongs to this zone"});
  }
  for (const CaaRefusal& refusal : facts.refusals) {
    const auto is_known = [&](const diag::Note& note) { return note.where == refusal.where; };
    if (std::none_of(notes.begin(), notes.end(), is_known)) {
      notes.push_back({refusal.where, fmt::format("the planned authority of certificate `{}`",
                                                  refusal.certificate)});
    }
  }
  return notes;
}

auto Binding::locate(const cel::SelectionPath& path, cel::Arena& arena) const
    -> std::optional<Span> {
  Value current = values_[path.slot];
  std::optional<Span> found;
  for (const cel::SelectionPath::Step& step : path.steps) {
    const cel::Field& field = step.record->fields[step.field];
    if (!current.is(cel::Kind::record) || field.locate == nullptr) {
      break;
    }
    const Span where = field.locate(current.object());
    if (!where.is_known()) {
      break;
    }
    found = where;
    if (presence_of(field, current.object()) != cel::Presence::present) {
      break;
    }
    current = field.get(current.object(), arena);
  }
  return found;
}

}  // namespace fedgate::rules
