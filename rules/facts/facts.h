// The facts: every value that code derives from the model for rules and the compiler to use. The
// fourth phase (model -> facts); pure functions, one file for each family.
#pragma once

#include <vector>

#include "rules/facts/names.h"
#include "rules/facts/negotiation.h"
#include "rules/facts/records.h"
#include "schema/model.h"

namespace fedgate::rules {

// Each list is parallel to that of the model.
struct Facts {
  std::vector<PartnerFacts> partners;
  std::vector<CertificateFacts> certificates;
  std::vector<ZoneFacts> zones;
};

// `matrix` must outlive the facts.
[[nodiscard]] auto derive_facts(const spec::Model& model, const NegotiationMatrix& matrix) -> Facts;

}  // namespace fedgate::rules
