#include "rules/facts/names.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <unordered_set>

namespace fedgate::rules {

namespace {

constexpr std::array<std::string_view, 4> kReasons = {"FQDN of the Access Edge",
                                                      "FQDN of the Web Conferencing Edge",
                                                      "`sip.` name of a SIP domain", "XMPP domain"};

constexpr std::array<std::string_view, 4> kReasonWords = {"access_edge", "web_conferencing_edge",
                                                          "sip_domain", "xmpp_domain"};
constexpr std::array<std::string_view, 6> kNearWords = {"none",      "common_name", "wildcard",
                                                        "component", "suffix",      "host"};

// First labels under which XMPP servers offer their usual components (XEP-0045, XEP-0060, XEP-0065,
// XEP-0363 and the servers' own defaults).
constexpr std::array<std::string_view, 10> kComponentLabels = {
    "conference", "chat", "muc", "rooms", "groups", "pubsub", "proxy", "upload", "vjud", "echo"};

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

auto is_component(const value::DnsName& name) -> bool {
  const std::string_view first = std::string_view(name.ascii()).substr(0, name.ascii().find('.'));
  return std::find(kComponentLabels.begin(), kComponentLabels.end(), first) !=
         kComponentLabels.end();
}

auto near_miss(const value::DnsName& missing, const std::vector<value::DnsPattern>& requested,
               std::string_view common_name) -> NearMiss {
  const auto any = [&](auto predicate) {
    return std::any_of(requested.begin(), requested.end(), predicate);
  };
  if (missing.ascii() == common_name) {
    return NearMiss::common_name;
  }
  if (any([&](const value::DnsPattern& name) {
        return name.is_wildcard() &&
               (name.name() == missing || missing.is_subdomain_of(name.name()));
      })) {
    return NearMiss::wildcard;
  }
  if (any([&](const value::DnsPattern& name) { return missing.is_subdomain_of(name.name()); })) {
    return is_component(missing) ? NearMiss::component : NearMiss::suffix;
  }
  if (any([&](const value::DnsPattern& name) { return name.name().is_subdomain_of(missing); })) {
    return NearMiss::host;
  }
  return NearMiss::none;
}

}  // namespace

auto word(NameReason reason) -> std::string_view {
  return kReasonWords[static_cast<std::size_t>(reason)];
}

auto word(NearMiss near) -> std::string_view { return kNearWords[static_cast<std::size_t>(near)]; }

auto describe(NameReason reason) -> std::string_view {
  return kReasons[static_cast<std::size_t>(reason)];
}

auto derive_certificate_facts(const spec::Model& model, std::size_t certificate)
    -> CertificateFacts {
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
    facts.common_name = model.gateway().access_edge->fqdn->ascii();
  }
  std::copy_if(facts.required.begin(), facts.required.end(), std::back_inserter(facts.missing),
               [&](const RequiredName& need) {
                 return std::none_of(facts.requested.begin(), facts.requested.end(),
                                     [&](const auto& name) { return name.covers(need.name); });
               });
  std::copy_if(facts.requested.begin(), facts.requested.end(), std::back_inserter(facts.surplus),
               [&](const value::DnsPattern& name) {
                 const auto& extra = it.additional_names.value;
                 return facts.is_presented &&
                        std::none_of(facts.required.begin(), facts.required.end(),
                                     [&](const auto& need) { return name.covers(need.name); }) &&
                        std::none_of(extra.begin(), extra.end(),
                                     [&](const auto& one) { return one.value == name; });
               });
  for (RequiredName& name : facts.missing) {
    name.near = near_miss(name.name, facts.requested, facts.common_name);
  }
  return facts;
}

}  // namespace fedgate::rules
