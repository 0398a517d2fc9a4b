#include <algorithm>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "rules/entities.h"
#include "rules/facts/zone_index.h"

namespace fedgate::rules {

namespace {

// Required names that the request for the presented certificate lacks.
auto missing_names(const GatewayEntity& gateway) -> std::unordered_set<std::string_view> {
  std::unordered_set<std::string_view> names;
  if (gateway.presented != nullptr) {
    for (const RequiredName& name : gateway.presented->facts->missing) {
      names.insert(name.name.ascii());
    }
  }
  return names;
}

// What CAA records say of the names of the presented certificate.
class CaaVerdicts {
 public:
  CaaVerdicts(const GatewayEntity& gateway, const std::vector<ZoneCheck>& checks) {
    if (gateway.presented == nullptr) {
      return;
    }
    const spec::Certificate& certificate = *gateway.presented->spec;
    is_asked_ = is_bound_by_caa(certificate);
    for (const ZoneCheck& check : checks) {
      for (const RecordFacts& record : check.records) {
        undecided_.insert(record.undecided_names.begin(), record.undecided_names.end());
        for (const CaaRefusal& refusal : record.refusals) {
          if (refusal.certificate == certificate.name->text()) {
            refused_.insert(refusal.name);
          }
        }
      }
    }
  }

  [[nodiscard]] auto of(const value::DnsName& name) const -> std::optional<bool> {
    if (refused_.contains(name.display())) {
      return false;
    }
    return is_asked_ && !undecided_.contains(name.display()) ? std::optional(true) : std::nullopt;
  }

 private:
  bool is_asked_ = false;
  std::unordered_set<std::string_view> refused_;
  std::unordered_set<std::string_view> undecided_;
};

void add_limit(const spec::Partner& partner, GatewayEntity& gateway) {
  auto& total = gateway.partner_limits_total;
  if (!partner.connection_limit.is_known()) {
    total = std::nullopt;
  } else if (total) {
    *total += *partner.connection_limit;
  }
}

}  // namespace

auto World::count(Scope scope) const -> std::size_t {
  switch (scope) {
    case Scope::partner:
      return partners.size();
    case Scope::certificate:
      return certificates.size();
    case Scope::zone:
      return zones.size();
    case Scope::record:
      return records.size();
    case Scope::domain:
      return domains.size();
    case Scope::gateway:
    case Scope::spec:
      break;
  }
  return judges(scope) ? 1 : 0;
}

auto World::judges(Scope scope) const -> bool {
  if (scope == Scope::partner) {
    return true;
  }
  return gateway.spec != nullptr && (scope != Scope::spec || is_complete);
}

void make_world(const spec::Model& model, const Facts& facts, const NegotiationMatrix& matrix,
                value::Date as_of, World& world) {
  world.model = &model;
  world.matrix = &matrix;
  world.as_of = as_of;
  world.is_complete = model.spec.whole;
  world.partners.reserve(model.partners().size());
  for (std::size_t i = 0; i < model.partners().size(); ++i) {
    const spec::Partner& partner = model.partners()[i];
    world.is_complete = world.is_complete && partner.sound;
    if (partner.sound) {
      world.partners.push_back({&partner, &facts.partners[i], &world});
      add_limit(partner, world.gateway);
    }
  }
  if (!model.has_sound_gateway()) {
    world.is_complete = false;
    return;
  }
  world.gateway.spec = &model.gateway();
  world.gateway.posh_document = facts.posh_document;
  for (std::size_t i = 0; i < model.certificates().size(); ++i) {
    world.is_complete = world.is_complete && model.certificates()[i].sound;
    if (model.certificates()[i].sound) {
      world.certificates.push_back({&model.certificates()[i], &facts.certificates[i]});
    }
  }
  const auto presented = std::find_if(world.certificates.begin(), world.certificates.end(),
                                      [](const auto& one) { return one.facts->is_presented; });
  world.gateway.presented = presented == world.certificates.end() ? nullptr : &*presented;
  const ZoneIndex zones(model);
  const std::unordered_set<std::string_view> missing = missing_names(world.gateway);
  const CaaVerdicts caa(world.gateway, facts.zone_checks);
  for (const auto& domain : model.gateway().domains.value) {
    const auto zone = zones.find(domain->ascii());
    const bool is_certified =
        world.gateway.presented != nullptr && !missing.contains(domain->ascii());
    world.domains.push_back({&domain, zone ? &model.zones()[*zone] : nullptr, is_certified,
                             is_certified ? caa.of(*domain) : std::nullopt});
  }
  std::size_t records = 0;
  for (const ZoneCheck& zone : facts.zone_checks) {
    records += zone.records.size();
  }
  // Zones point to their records, so that these must not move any more.
  world.records.reserve(records);
  for (std::size_t i = 0; i < model.zones().size(); ++i) {
    const spec::Zone& zone = model.zones()[i];
    if (!zone.sound) {
      world.is_complete = false;
      continue;
    }
    const ZoneCheck& check = facts.zone_checks[i];
    ZoneEntity entity{&zone, &facts.zones[i], &check, {}};
    for (const RecordFacts& record : check.records) {
      world.records.push_back({&record, &zone, &check});
      if (record.needed != nullptr) {
        entity.records.push_back(&world.records.back());
      }
    }
    world.zones.push_back(std::move(entity));
  }
}

}  // namespace fedgate::rules
