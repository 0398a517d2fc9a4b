#include "rules/facts/facts.h"

namespace fedgate::rules {

auto derive_facts(const spec::Model& model, const NegotiationMatrix& matrix) -> Facts {
  Facts facts;
  facts.partners.reserve(model.partners().size());
  for (const spec::Partner& partner : model.partners()) {
    facts.partners.push_back(derive_partner_facts(matrix, partner));
  }
  for (std::size_t i = 0; i < model.certificates().size(); ++i) {
    facts.certificates.push_back(derive_certificate_facts(model, i));
  }
  facts.zones = derive_zone_facts(model);
  return facts;
}

}  // namespace fedgate::rules
