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
    requested_ = NameSet(gateway.presented->facts->requested);
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

  // By the requested name that is for the domain: its own, or else the wildcard above it.
  [[nodiscard]] auto of(const value::DnsName& domain) const -> std::optional<bool> {
    const std::string& text = domain.display();
    const std::string name =
        requested_.contains(value::DnsPattern(domain)) ? text : "*." + std::string(parent_of(text));
    if (refused_.contains(name)) {
      return false;
    }
    return is_asked_ && !undecided_.contains(name) ? std::optional(true) : std::nullopt;
  }

 private:
  bool is_asked_ = false;
  NameSet requested_;
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

void add_partners(const spec::Model& model, const Facts& facts, World& world) {
  world.partners.reserve(model.partners().size());
  for (std::size_t i = 0; i < model.partners().size(); ++i) {
    const spec::Partner& partner = model.partners()[i];
    if (partner.sound) {
      world.partners.push_back({&partner, &facts.partners[i], &world});
      add_limit(partner, world.gateway);
    } else {
      world.has_all_partners = false;
    }
  }
  if (!world.has_all_partners) {
    world.gateway.partner_limits_total = std::nullopt;
  }
}

void add_certificates(const spec::Model& model, const Facts& facts, World& world) {
  for (std::size_t i = 0; i < model.certificates().size(); ++i) {
    if (model.certificates()[i].sound) {
      world.certificates.push_back({&model.certificates()[i], &facts.certificates[i]});
    } else {
      world.has_all_certificates = false;
    }
  }
  const auto presented = std::find_if(world.certificates.begin(), world.certificates.end(),
                                      [](const auto& one) { return one.facts->is_presented; });
  const bool is_there = presented != world.certificates.end();
  world.gateway.presented = is_there ? &*presented : nullptr;
  world.gateway.is_presented_known = is_there || world.has_all_certificates;
}

void add_domains(const spec::Model& model, const Facts& facts, World& world) {
  const ZoneIndex zones(model);
  const std::unordered_set<std::string_view> missing = missing_names(world.gateway);
  const CaaVerdicts caa(world.gateway, facts.zone_checks);
  const GatewayEntity& gateway = world.gateway;
  for (const auto& domain : model.gateway().domains.value) {
    DomainEntity entity;
    entity.domain = &domain;
    if (const auto zone = zones.find(domain->ascii())) {
      entity.zone = &model.zones()[*zone];
    }
    entity.is_zone_known = entity.zone != nullptr || world.has_all_zones;
    if (gateway.is_presented_known) {
      entity.is_certified = gateway.presented != nullptr && !missing.contains(domain->ascii());
    }
    if (entity.is_certified.value_or(false)) {
      entity.caa_allows = caa.of(*domain);
    }
    world.domains.push_back(entity);
  }
}

void add_zones(const spec::Model& model, const Facts& facts, World& world) {
  std::size_t records = 0;
  for (const ZoneCheck& zone : facts.zone_checks) {
    records += zone.records.size();
  }
  // Zones point to their records, so that these must not move any more.
  world.records.reserve(records);
  for (std::size_t i = 0; i < model.zones().size(); ++i) {
    const spec::Zone& zone = model.zones()[i];
    if (!zone.sound) {
      world.has_all_zones = false;
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
  return has_all(scope) ? 1 : 0;
}

auto World::has_all(Scope scope) const -> bool {
  if (scope == Scope::partner) {
    return has_all_partners;
  }
  if (gateway.spec == nullptr) {
    return false;
  }
  switch (scope) {
    case Scope::certificate:
      return has_all_certificates;
    case Scope::zone:
    case Scope::record:
      return has_all_zones;
    case Scope::spec:
      return has_all_partners && has_all_certificates && has_all_zones;
    case Scope::partner:
    case Scope::domain:
    case Scope::gateway:
      break;
  }
  return true;
}

void make_world(const spec::Model& model, const Facts& facts, const NegotiationMatrix& matrix,
                value::Date as_of, World& world) {
  world.model = &model;
  world.matrix = &matrix;
  world.as_of = as_of;
  world.has_all_partners = model.spec.whole;
  world.has_all_certificates = model.spec.whole;
  world.has_all_zones = model.spec.whole;
  add_partners(model, facts, world);
  if (!model.has_sound_gateway()) {
    return;
  }
  world.gateway.spec = &model.gateway();
  world.gateway.posh_document = facts.posh_document;
  add_certificates(model, facts, world);
  add_zones(model, facts, world);
  add_domains(model, facts, world);
}

}  // namespace fedgate::rules
