#include "rules/facts/facts.h"

namespace fedgate::rules {

namespace {

auto key_of(const spec::Certificate& certificate, const FactSources& from)
    -> std::optional<std::string> {
  if (from.keys == nullptr) {
    return std::nullopt;
  }
  const auto found = from.keys->find(certificate.name->text());
  return found == from.keys->end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

auto derive_facts(const spec::Model& model, const NegotiationMatrix& matrix,
                  const FactSources& from) -> Facts {
  static const spec::CertificateContents kNone;
  Facts facts;
  facts.partners.reserve(model.partners().size());
  for (const spec::Partner& partner : model.partners()) {
    facts.partners.push_back(derive_partner_facts(matrix, partner));
  }
  if (!model.has_sound_gateway()) {
    return facts;
  }
  for (std::size_t i = 0; i < model.certificates().size(); ++i) {
    facts.certificates.push_back(derive_certificate_facts(
        model, i, from.contents == nullptr ? kNone : from.contents->certificates.at(i),
        key_of(model.certificates()[i], from)));
  }
  if (from.contents != nullptr && from.contents->posh) {
    facts.posh_document = &*from.contents->posh;
  }
  facts.zones = derive_zone_facts(model, facts.certificates);
  facts.zone_checks = check_zones(model, facts.zones, facts.certificates, from.zone_files);
  return facts;
}

}  // namespace fedgate::rules
