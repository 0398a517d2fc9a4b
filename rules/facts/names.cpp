#include "rules/facts/names.h"

#include <algorithm>
#include <iterator>
#include <unordered_set>

namespace fedgate::rules {

namespace {

// The name of the Access Edge service of a SIP domain, `sip.<domain>`.
auto sip_name(const value::DnsName& domain) -> value::DnsName {
  const auto name = value::DnsName::parse("sip." + domain.display());
  // Too long for DNS: the domain itself is within the limit and its finding is about it.
  return name ? *name : domain;
}

auto required_names(const spec::Model& model) -> std::vector<RequiredName> {
  const spec::Gateway& gateway = model.gateway();
  std::vector<RequiredName> names;
  std::unordered_set<std::string> seen;
  const auto add = [&](const value::DnsName& name, NameReason reason, source::Span where) {
    if (!name.ascii().empty() && seen.insert(name.ascii()).second) {
      names.push_back({name, reason, where});
    }
  };
  const bool is_lync = spec::is_lync(gateway.platform.value);
  if (is_lync) {
    add(gateway.access_edge->fqdn.value, NameReason::access_edge, gateway.access_edge->fqdn.where);
    if (gateway.web_conferencing_edge.present()) {
      const auto& fqdn = gateway.web_conferencing_edge->fqdn;
      add(fqdn.value, NameReason::web_conferencing_edge, fqdn.where);
    }
    for (const auto& domain : gateway.sip_domains.value) {
      add(sip_name(domain.value), NameReason::sip_domain, domain.where);
    }
  }
  for (const auto& domain : gateway.domains.value) {
    add(domain.value, NameReason::xmpp_domain, domain.where);
  }
  return names;
}

auto requested_names(const spec::Certificate& certificate,
                     const std::vector<RequiredName>& required) -> std::vector<value::DnsPattern> {
  std::vector<value::DnsPattern> names;
  NameSet seen;
  const auto add = [&](const value::DnsPattern& name) {
    if (!seen.contains(name)) {
      seen.add(name);
      names.push_back(name);
    }
  };
  if (certificate.subject_alternative_names.present()) {
    for (const auto& name : certificate.subject_alternative_names.value) {
      add(name.value);
    }
    return names;
  }
  for (const RequiredName& name : required) {
    add(value::DnsPattern(name.name));
  }
  for (const auto& name : certificate.additional_names.value) {
    add(name.value);
  }
  return names;
}

// The labels of `_xmpp-server` come first, without `_tcp` (RFC 4985, section 2).
void add_service_names(const spec::Model& model, const spec::Certificate& certificate,
                       const NameSet& requested, CertificateFacts& facts) {
  for (const auto& domain : model.gateway().domains.value) {
    const bool is_requested = requested.contains(value::DnsPattern(domain.value));
    if (is_requested && *certificate.srv_names) {
      facts.srv_names.push_back("_xmpp-server." + domain->ascii());
    }
    if (is_requested && *certificate.xmpp_addresses) {
      facts.xmpp_addresses.push_back(domain->unicode());
    }
  }
}

// The common name to ask for where the spec has none: one of the names that the certificate carries
// (TLS Baseline Requirements, section 7.1.4.3). It is the Access Edge's, which only Lync requires,
// or else the first.
auto preset_common_name(const spec::Gateway& gateway, const CertificateFacts& facts,
                        const NameSet& requested) -> std::string {
  const value::DnsName& edge = gateway.access_edge->fqdn.value;
  const bool has_edge = spec::is_lync(*gateway.platform) || facts.requested.empty() ||
                        requested.contains(value::DnsPattern(edge));
  return has_edge ? edge.ascii() : facts.requested.front().ascii();
}

// Requested names that are for no required name and not listed as additional ones.
auto surplus_names(const std::vector<value::DnsPattern>& requested,
                   const spec::Certificate& certificate, const NameSet& required)
    -> std::vector<value::DnsPattern> {
  NameSet additional;
  for (const auto& name : certificate.additional_names.value) {
    additional.add(name.value);
  }
  std::vector<value::DnsPattern> surplus;
  std::copy_if(requested.begin(), requested.end(), std::back_inserter(surplus),
               [&](const value::DnsPattern& name) {
                 return !required.is_covered_by(name) && !additional.contains(name);
               });
  return surplus;
}

}  // namespace

auto derive_certificate_facts(const spec::Model& model, std::size_t certificate,
                              const spec::CertificateContents& contents,
                              const std::optional<std::string>& key) -> CertificateFacts {
  const spec::Certificate& it = model.certificates()[certificate];
  CertificateFacts facts;
  facts.is_presented = model.gateway_certificate == certificate;
  if (facts.is_presented) {
    facts.required = required_names(model);
  }
  facts.requested = requested_names(it, facts.required);
  const NameSet requested(facts.requested);
  NameSet required;
  for (const RequiredName& need : facts.required) {
    required.add(value::DnsPattern(need.name));
  }
  if (it.subject->common_name.present()) {
    facts.common_name = it.subject->common_name->text();
  } else if (facts.is_presented) {
    facts.common_name = preset_common_name(model.gateway(), facts, requested);
  }
  // One that fedgate chose is no attempt to name the gateway there.
  const bool has_own = it.subject->common_name.present();
  facts.missing = missing_names(
      facts.required,
      {requested, has_own ? std::vector{facts.common_name} : std::vector<std::string>{}, {}});
  if (facts.is_presented) {
    facts.surplus = surplus_names(facts.requested, it, required);
  }
  add_service_names(model, it, requested, facts);
  const Wanted wanted{&it,       &facts.required, &facts.requested,
                      &required, &requested,      &facts.srv_names};
  if (contents.issued != nullptr) {
    facts.issued = derive_issued_facts(*contents.issued, wanted, key);
  }
  if (contents.request != nullptr) {
    facts.request = derive_request_facts(*contents.request, wanted, key);
  }
  return facts;
}

}  // namespace fedgate::rules
