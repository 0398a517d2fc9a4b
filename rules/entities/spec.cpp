#include "rules/entities/entity_record.h"

namespace fedgate::rules {

namespace {

auto spec_at(const void* object) -> const spec::Spec& { return as<World>(object).model->spec; }

auto describe_spec() -> cel::RecordType {
  cel::RecordType type{"spec", {}};
  add_fact<World>(type, "gateway", "our side", [](const World& world) -> const GatewayEntity& {
    return world.gateway;
  }).locate = [](const void* object) { return spec_at(object).gateway.where; };
  add_fact<World>(
      type, "partners", "all partners",
      [](const World& world) -> const std::vector<PartnerEntity>& { return world.partners; })
      .locate = [](const void* object) { return spec_at(object).partners.where; };
  add_fact<World>(type, "certificates", "all certificates",
                  [](const World& world) -> const std::vector<CertificateEntity>& {
                    return world.certificates;
                  })
      .locate = [](const void* object) { return spec_at(object).certificates.where; };
  add_fact<World>(type, "zones", "all zones",
                  [](const World& world) -> const std::vector<ZoneEntity>& { return world.zones; })
      .locate = [](const void* object) { return spec_at(object).dns.where; };
  return type;
}

}  // namespace

template <>
auto record_of<World>() -> const cel::RecordType& {
  static const cel::RecordType kType = describe_spec();
  return kType;
}

}  // namespace fedgate::rules
