// The plan: what a valid spec comes to, independent of any target and totally ordered. Emitters
// read nothing else.
#pragma once

#include <string>
#include <vector>

#include "rules/facts/facts.h"
#include "schema/model.h"

namespace fedgate::compiler {

// What a partner's users may do without the consent of ours (Microsoft, "Configure XMPP gateway on
// Lync Server 2013", partner types).
struct Permissions {
  bool add_contacts_without_consent = false;
  bool message_without_consent = false;
  bool see_status_notes = false;
};

[[nodiscard]] auto permissions_of(spec::PartnerType type) -> Permissions;

struct PartnerPlan {
  const spec::Partner* spec = nullptr;
  const rules::PartnerFacts* facts = nullptr;
  // By A-label.
  std::vector<const value::DnsName*> additional_domains;
};

struct CertificatePlan {
  const spec::Certificate* spec = nullptr;
  // Names, common name, and whether the gateway presents it.
  const rules::CertificateFacts* facts = nullptr;
};

struct ZonePlan {
  const spec::Zone* spec = nullptr;
  const rules::ZoneFacts* facts = nullptr;
};

// Points into the model and the facts, which must outlive it.
struct Plan {
  const spec::Gateway* gateway = nullptr;
  // By domain, by name, by name.
  std::vector<PartnerPlan> partners;
  std::vector<CertificatePlan> certificates;
  std::vector<ZonePlan> zones;
  // The certificate that the gateway presents is left out, because it is not sound.
  bool is_presented_unread = false;
  // SHA-256 of the spec's files, in hexadecimal; make_plan() leaves it empty.
  std::string spec_hash;

  // The certificate that the gateway presents; null where the spec has none.
  [[nodiscard]] auto presented() const -> const CertificatePlan*;
  // Whether a zone announces streams that start with TLS (XEP-0368).
  [[nodiscard]] auto has_direct_tls() const -> bool;
};

// Of the partners, certificates and zones that are sound.
[[nodiscard]] auto make_plan(const spec::Model& model, const rules::Facts& facts) -> Plan;

}  // namespace fedgate::compiler
