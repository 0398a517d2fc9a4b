#include "rules/entities/entity_record.h"

namespace fedgate::rules {

namespace {

auto describe_zone() -> cel::RecordType {
  cel::RecordType type = spec_record<ZoneEntity>();
  add_fact<ZoneEntity>(type, "records", "records that the zone needs",
                       [](const ZoneEntity& zone) -> const std::vector<const RecordEntity*>& {
                         return zone.records;
                       });
  add_fact<ZoneEntity>(type, "has_file", "whether the zone's file could be read",
                       [](const ZoneEntity& zone) { return zone.check->has_file; });
  add_fact<ZoneEntity>(type, "file_complete", "whether all of the zone's file was understood",
                       [](const ZoneEntity& zone) { return zone.check->is_complete; });
  add_fact<ZoneEntity>(
      type, "file_apex", "the name of the zone whose SOA record the file has; empty: none",
      [](const ZoneEntity& zone) {
        return zone.check->soa == nullptr ? std::string_view() : zone.check->soa->owner;
      })
      .locate = [](const void* object) {
    const auto& zone = as<ZoneEntity>(object);
    return zone.check->soa == nullptr ? zone.spec->zone_file.where : zone.check->soa->owner_at;
  };
  add_fact<ZoneEntity>(type, "signed", "whether the file has a DNSKEY record",
                       [](const ZoneEntity& zone) { return zone.check->is_signed; });
  return type;
}

}  // namespace

template <>
auto record_of<ZoneEntity>() -> const cel::RecordType& {
  static const cel::RecordType kType = describe_zone();
  return kType;
}

}  // namespace fedgate::rules
