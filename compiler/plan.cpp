#include "compiler/plan.h"

#include <algorithm>
#include <utility>

namespace fedgate::compiler {

auto permissions_of(spec::PartnerType type) -> Permissions {
  switch (type) {
    case spec::PartnerType::federated:
      return {true, true, true};
    case spec::PartnerType::public_verified:
      return {true, true, false};
    case spec::PartnerType::public_unverified:
      break;
  }
  return {false, false, false};
}

auto Plan::presented() const -> const CertificatePlan* {
  const auto certificate = std::find_if(certificates.begin(), certificates.end(),
                                        [](const auto& one) { return one.facts->is_presented; });
  return certificate == certificates.end() ? nullptr : &*certificate;
}

auto Plan::has_direct_tls() const -> bool {
  return std::any_of(zones.begin(), zones.end(),
                     [](const ZonePlan& zone) { return *zone.spec->direct_tls; });
}

auto make_plan(const spec::Model& model, const rules::Facts& facts) -> Plan {
  Plan plan;
  plan.gateway = &model.gateway();
  plan.partners.reserve(model.partners().size());
  for (std::size_t i = 0; i < model.partners().size(); ++i) {
    if (!model.partners()[i].sound) {
      continue;
    }
    PartnerPlan partner{&model.partners()[i], &facts.partners[i], {}};
    for (const auto& domain : partner.spec->additional_domains.value) {
      partner.additional_domains.push_back(&domain.value);
    }
    std::sort(partner.additional_domains.begin(), partner.additional_domains.end(),
              [](const auto* a, const auto* b) { return *a < *b; });
    plan.partners.push_back(std::move(partner));
  }
  std::sort(plan.partners.begin(), plan.partners.end(), [](const auto& a, const auto& b) {
    return a.spec->domain.value < b.spec->domain.value;
  });
  for (std::size_t i = 0; i < model.certificates().size(); ++i) {
    if (model.certificates()[i].sound) {
      plan.certificates.push_back({&model.certificates()[i], &facts.certificates[i]});
    } else {
      plan.is_presented_unread = plan.is_presented_unread || model.gateway_certificate == i;
    }
  }
  std::sort(plan.certificates.begin(), plan.certificates.end(),
            [](const auto& a, const auto& b) { return a.spec->name.value < b.spec->name.value; });
  for (std::size_t i = 0; i < model.zones().size(); ++i) {
    if (model.zones()[i].sound) {
      plan.zones.push_back({&model.zones()[i], &facts.zones[i]});
    }
  }
  std::sort(plan.zones.begin(), plan.zones.end(),
            [](const auto& a, const auto& b) { return a.spec->name.value < b.spec->name.value; });
  return plan;
}

}  // namespace fedgate::compiler
