#include "rules/facts/facts.h"

namespace fedgate::rules {

auto derive_facts(const spec::Model& model, const NegotiationMatrix& matrix,
                  std::span<const std::optional<zonefile::ZoneFile>> zone_files) -> Facts {
  Facts facts;
  facts.partners.reserve(model.partners().size());
  for (const spec::Partner& partner : model.partners()) {
    facts.partners.push_back(derive_partner_facts(matrix, partner));
  }
  for (std::size_t i = 0; i < model.certificates().size(); ++i) {
    facts.certificates.push_back(derive_certificate_facts(model, i));
  }
  facts.zones = derive_zone_facts(model);
  facts.zone_checks = check_zones(model, facts.zones, facts.certificates, zone_files);
  return facts;
}

}  // namespace fedgate::rules
