#include "rules/entities/entity_record.h"

namespace fedgate::rules {

namespace {

auto spec_at(const void* object) -> const spec::Spec& { return as<World>(object).model->spec; }

// A list that is not known where something of it was left out.
template <auto List, auto IsWhole>
auto add_list(cel::RecordType& type, std::string name, std::string description) -> cel::Field& {
  using Items = std::remove_cvref_t<decltype(std::declval<World>().*List)>;
  cel::Field field;
  field.name = std::move(name);
  field.description = std::move(description);
  field.type = type_of<Items>();
  field.get = [](const void* object, cel::Arena& arena) {
    const auto& world = as<World>(object);
    return world.*IsWhole ? to_value(world.*List, arena) : cel::unknown_error();
  };
  type.fields.push_back(std::move(field));
  return type.fields.back();
}

auto describe_spec() -> cel::RecordType {
  cel::RecordType type{"spec", {}};
  add_fact<World>(type, "gateway", "our side", [](const World& world) -> const GatewayEntity& {
    return world.gateway;
  }).locate = [](const void* object) { return spec_at(object).gateway.where; };
  add_list<&World::partners, &World::has_all_partners>(type, "partners", "all partners").locate =
      [](const void* object) { return spec_at(object).partners.where; };
  add_list<&World::certificates, &World::has_all_certificates>(type, "certificates",
                                                               "all certificates")
      .locate = [](const void* object) { return spec_at(object).certificates.where; };
  add_list<&World::zones, &World::has_all_zones>(type, "zones", "all zones").locate =
      [](const void* object) { return spec_at(object).dns.where; };
  return type;
}

}  // namespace

template <>
auto record_of<World>() -> const cel::RecordType& {
  static const cel::RecordType kType = describe_spec();
  return kType;
}

}  // namespace fedgate::rules
