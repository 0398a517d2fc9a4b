#include "rules/entities/entity_record.h"

namespace fedgate::rules {

namespace {

auto srv(const RecordEntity& record) -> const SrvData* {
  return std::get_if<SrvData>(&record.record->data);
}

auto describe() -> cel::RecordType {
  cel::RecordType type{"record", {}};
  add_fact<RecordEntity>(type, "owner", "absolute owner name, A-labels, without the final dot",
                         [](const RecordEntity& one) { return one.record->owner(); });
  add_fact<RecordEntity>(type, "type", "SRV, A, AAAA, TLSA or CAA",
                         [](const RecordEntity& one) { return one.record->type(); });
  add_fact<RecordEntity>(type, "ttl", "time to live in seconds",
                         [](const RecordEntity& one) { return one.record->ttl; });
  add_fact<RecordEntity>(
      type, "zone", "apex of the zone that holds it",
      [](const RecordEntity& one) -> const value::DnsName& { return one.zone->name.value; });
  add_fact<RecordEntity>(type, "priority", "of an SRV record", [](const RecordEntity& one) {
    return srv(one) == nullptr ? nullptr : &srv(one)->priority;
  });
  add_fact<RecordEntity>(type, "weight", "of an SRV record", [](const RecordEntity& one) {
    return srv(one) == nullptr ? nullptr : &srv(one)->weight;
  });
  add_fact<RecordEntity>(type, "port", "of an SRV record", [](const RecordEntity& one) {
    return srv(one) == nullptr ? nullptr : &srv(one)->port;
  });
  add_fact<RecordEntity>(type, "target", "of an SRV record", [](const RecordEntity& one) {
    return srv(one) == nullptr ? nullptr : &srv(one)->target;
  });
  add_fact<RecordEntity>(type, "address", "of an A or AAAA record", [](const RecordEntity& one) {
    return std::get_if<value::Address>(&one.record->data);
  });
  for (cel::Field& field : type.fields) {
    // A wanted record stands in the spec as one value.
    field.locate = [](const void* object) { return as<RecordEntity>(object).record->where; };
  }
  return type;
}

}  // namespace

template <>
auto record_of<RecordEntity>() -> const cel::RecordType& {
  static const cel::RecordType kType = describe();
  return kType;
}

}  // namespace fedgate::rules
