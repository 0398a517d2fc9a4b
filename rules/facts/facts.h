// The facts: every value that code derives from the model for rules and the compiler to use. The
// fourth phase (model -> facts); pure functions, one file for each family.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "rules/facts/names.h"
#include "rules/facts/negotiation.h"
#include "rules/facts/records.h"
#include "rules/facts/zone_check.h"
#include "schema/model.h"

namespace fedgate::rules {

// Each list is parallel to that of the model.
struct Facts {
  std::vector<PartnerFacts> partners;
  std::vector<CertificateFacts> certificates;
  std::vector<ZoneFacts> zones;
  std::vector<ZoneCheck> zone_checks;
};

// `matrix` and `zone_files` must outlive the facts. `zone_files` is parallel to the zones of the
// model, or empty where no file was read.
[[nodiscard]] auto derive_facts(const spec::Model& model, const NegotiationMatrix& matrix,
                                std::span<const std::optional<zonefile::ZoneFile>> zone_files = {})
    -> Facts;

}  // namespace fedgate::rules
