#include "rules/entities/entity_record.h"

namespace fedgate::rules {

namespace {

auto describe_domain() -> cel::RecordType {
  cel::RecordType type{"domain", {}};
  add_fact<DomainEntity>(
      type, "name", "XMPP domain that we serve, A-labels",
      [](const DomainEntity& one) -> const value::DnsName& { return one.domain->value; })
      .locate = [](const void* object) { return as<DomainEntity>(object).domain->where; };
  add_fact<DomainEntity>(
      type, "zone", "the longest zone of the spec that holds it",
      [](const DomainEntity& one) { return one.zone == nullptr ? nullptr : &one.zone->name.value; })
      .presence = [](const void* object) {
    const auto& one = as<DomainEntity>(object);
    return presence_where(one.is_zone_known, one.zone);
  };
  add_fact<DomainEntity>(
      type, "certified",
      "whether the request for the certificate that the gateway presents asks for its name",
      [](const DomainEntity& one) { return one.is_certified; });
  add_fact<DomainEntity>(
      type, "caa_allows",
      "whether the CAA records of the spec and of its zone files, as they are and as they are to "
      "be, "
      "let the authority of that certificate issue it for the name; absent without such a "
      "certificate, for a private authority without `caa_identity`, and where a record is "
      "unreadable",
      [](const DomainEntity& one) { return one.caa_allows ? &*one.caa_allows : nullptr; });
  return type;
}

}  // namespace

template <>
auto record_of<DomainEntity>() -> const cel::RecordType& {
  static const cel::RecordType kType = describe_domain();
  return kType;
}

}  // namespace fedgate::rules
