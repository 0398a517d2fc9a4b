#include "rules/entities/entity_record.h"

namespace fedgate::rules {

namespace {

auto describe_gateway() -> cel::RecordType {
  cel::RecordType type = spec_record<GatewayEntity>();
  add_fact<GatewayEntity>(
      type, "lync", "whether the platform is Lync Server 2013 or Skype for Business Server 2015",
      [](const GatewayEntity& gateway) { return spec::is_lync(gateway.spec->platform.value); });
  add_fact<GatewayEntity>(
      type, "partner_limits_total", "connection limits of all partners together",
      [](const GatewayEntity& gateway) { return gateway.partner_limits_total; });
  add_fact<GatewayEntity>(type, "presented",
                          "the certificate that it presents; absent where the spec has none",
                          [](const GatewayEntity& gateway) { return gateway.presented; })
      .presence = [](const void* object) {
    const auto& gateway = as<GatewayEntity>(object);
    return presence_where(gateway.is_presented_known, gateway.presented);
  };
  add_fact<GatewayEntity>(type, "posh_document",
                          "what `posh_file` says; absent without a usable file",
                          [](const GatewayEntity& gateway) { return gateway.posh_document; })
      .locate = [](const void* object) { return as<GatewayEntity>(object).spec->posh_file.where; };
  return type;
}

}  // namespace

template <>
auto record_of<GatewayEntity>() -> const cel::RecordType& {
  static const cel::RecordType kType = describe_gateway();
  return kType;
}

}  // namespace fedgate::rules
