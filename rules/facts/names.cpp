#include "rules/facts/names.h"

#include <algorithm>
#include <array>
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
  const auto add = [&](const value::DnsPattern& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
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
                       CertificateFacts& facts) {
  for (const auto& domain : model.gateway().domains.value) {
    const bool is_requested =
        std::any_of(facts.requested.begin(), facts.requested.end(),
                    [&](const auto& name) { return name == value::DnsPattern(domain.value); });
    if (is_requested && *certificate.srv_names) {
      facts.srv_names.push_back("_xmpp-server." + domain->ascii());
    }
    if (is_requested && *certificate.xmpp_addresses) {
      facts.xmpp_addresses.push_back(domain->unicode());
    }
  }
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
  if (it.subject->common_name.present()) {
    facts.common_name = it.subject->common_name->text();
  } else if (facts.is_presented) {
    // One of the names that it carries (TLS Baseline Requirements, section 7.1.4.3): the Access
    // Edge's, which only Lync requires, or else the first.
    const value::DnsName& edge = model.gateway().access_edge->fqdn.value;
    const bool has_edge = spec::is_lync(*model.gateway().platform) || facts.requested.empty() ||
                          std::find(facts.requested.begin(), facts.requested.end(),
                                    value::DnsPattern(edge)) != facts.requested.end();
    facts.common_name = has_edge ? edge.ascii() : facts.requested.front().ascii();
  }
  facts.missing = missing_names(facts.required, {facts.requested, {facts.common_name}, {}});
  std::copy_if(facts.requested.begin(), facts.requested.end(), std::back_inserter(facts.surplus),
               [&](const value::DnsPattern& name) {
                 const auto& extra = it.additional_names.value;
                 return facts.is_presented &&
                        std::none_of(facts.required.begin(), facts.required.end(),
                                     [&](const auto& need) { return name.covers(need.name); }) &&
                        std::none_of(extra.begin(), extra.end(),
                                     [&](const auto& one) { return one.value == name; });
               });
  add_service_names(model, it, facts);
  const Wanted wanted{&it, &facts.required, &facts.requested};
  if (contents.issued) {
    facts.issued = derive_issued_facts(*contents.issued, wanted, key);
  }
  if (contents.request) {
    facts.request = derive_request_facts(*contents.request, wanted, key);
  }
  return facts;
}

}  // namespace fedgate::rules
