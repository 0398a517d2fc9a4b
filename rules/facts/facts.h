// The facts: every value that code derives from the model for rules and the compiler to use. The
// fourth phase (model -> facts); pure functions, one file for each family.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "rules/facts/names.h"
#include "rules/facts/negotiation.h"
#include "rules/facts/records.h"
#include "rules/facts/zone_check.h"
#include "schema/file_contents.h"
#include "schema/model.h"

namespace fedgate::rules {

// Each list is parallel to that of the model; without a sound gateway there are those of partners
// only.
struct Facts {
  std::vector<PartnerFacts> partners;
  std::vector<CertificateFacts> certificates;
  std::vector<ZoneFacts> zones;
  std::vector<ZoneCheck> zone_checks;
  // As it is published; null: the spec names none, or none that can be read.
  const posh::Document* posh_document = nullptr;
};

// What facts are derived from beside the model; all of it must outlive them.
struct FactSources {
  // What the certificate files hold that the spec names; null: no such file was read.
  const spec::FileContents* contents = nullptr;
  // Parallel to the zones of the model, or empty where no file was read.
  std::span<const std::optional<zonefile::ZoneFile>> zone_files = {};
  // By name of a certificate, the digest of the public half of the private key that the user named.
  const std::map<std::string, std::string, std::less<>>* keys = nullptr;
};

// `matrix` must outlive the facts.
[[nodiscard]] auto derive_facts(const spec::Model& model, const NegotiationMatrix& matrix,
                                const FactSources& from = {}) -> Facts;

}  // namespace fedgate::rules
