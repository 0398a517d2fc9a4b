#include "rules/entities/entity_record.h"

namespace fedgate::rules {

namespace {

using Methods = std::vector<Method>;

auto describe_partner() -> cel::RecordType {
  using Partner = PartnerEntity;
  cel::RecordType type = spec_record<Partner>();
  add_fact<Partner>(
      type, "methods", "methods that our posture allows, strongest first",
      [](const Partner& partner) -> const Methods& { return partner.facts->row->methods; });
  add_fact<Partner>(
      type, "posture", "our posture as `tls/sasl/dialback`",
      [](const Partner& partner) -> const std::string& { return partner.facts->posture; });
  add_fact<Partner>(type, "agreed_methods",
                    "methods that both sides allow, strongest first; there with `peer`",
                    [](const Partner& partner) -> const Methods* {
                      return partner.facts->agreed ? &*partner.facts->agreed : nullptr;
                    });
  add_fact<Partner>(
      type, "peer_methods", "methods that the partner's own posture allows; there with `peer`",
      [](const Partner& partner) -> const Methods* {
        const spec::Peer& peer = partner.spec->peer.value;
        const NegotiationMatrix& matrix = *partner.world->matrix;
        return partner.spec->peer.present() ? &matrix.row(posture_of(peer)).methods : nullptr;
      });
  return type;
}

}  // namespace

template <>
auto record_of<PartnerEntity>() -> const cel::RecordType& {
  static const cel::RecordType kType = describe_partner();
  return kType;
}

}  // namespace fedgate::rules
