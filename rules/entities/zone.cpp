#include "rules/entities/entity_record.h"

namespace fedgate::rules {

namespace {

auto describe() -> cel::RecordType {
  cel::RecordType type = spec_record<ZoneEntity>();
  add_fact<ZoneEntity>(type, "records", "records that the zone needs",
                       [](const ZoneEntity& zone) -> const std::vector<const RecordEntity*>& {
                         return zone.records;
                       });
  return type;
}

}  // namespace

template <>
auto record_of<ZoneEntity>() -> const cel::RecordType& {
  static const cel::RecordType kType = describe();
  return kType;
}

}  // namespace fedgate::rules
