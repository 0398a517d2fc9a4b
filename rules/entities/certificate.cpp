#include "rules/entities/entity_record.h"

namespace fedgate::rules {

namespace {

using Names = std::vector<value::DnsPattern>;
using Needs = std::vector<RequiredName>;

auto describe_required_name() -> cel::RecordType {
  cel::RecordType type{"required_name", {}};
  add_fact<RequiredName>(
      type, "name", "the name",
      [](const RequiredName& name) -> const value::DnsName& { return name.name; });
  add_fact<RequiredName>(type, "reason",
                         "access_edge, web_conferencing_edge, sip_domain or xmpp_domain",
                         [](const RequiredName& name) { return name.reason; });
  add_fact<RequiredName>(type, "description", "the reason for people",
                         [](const RequiredName& name) { return describe(name.reason); });
  add_fact<RequiredName>(type, "near",
                         "what comes nearest to a missing name: none, common_name, u_label, "
                         "wildcard, component, suffix, host",
                         [](const RequiredName& name) { return name.near; });
  return type;
}

}  // namespace

template <>
auto record_of<RequiredName>() -> const cel::RecordType& {
  static const cel::RecordType kType = describe_required_name();
  return kType;
}

namespace {

auto describe_certificate() -> cel::RecordType {
  using Certificate = CertificateEntity;
  cel::RecordType type = spec_record<Certificate>();
  add_fact<Certificate>(type, "presented", "whether the gateway presents this certificate",
                        [](const Certificate& one) { return one.facts->is_presented; });
  add_fact<Certificate>(type, "required_names", "names that it must carry",
                        [](const Certificate& one) -> const Needs& { return one.facts->required; });
  add_fact<Certificate>(type, "missing_names", "required names that no requested name covers",
                        [](const Certificate& one) -> const Needs& { return one.facts->missing; });
  add_fact<Certificate>(
      type, "requested_names", "names that the request asks for",
      [](const Certificate& one) -> const Names& { return one.facts->requested; });
  add_fact<Certificate>(type, "common_name",
                        "the common name that the request asks for: the spec's own, or one of the "
                        "names; absent without either",
                        [](const Certificate& one) {
                          const std::string& name = one.facts->common_name;
                          return name.empty() ? nullptr : &name;
                        });
  add_fact<Certificate>(type, "surplus_names", "requested names that nothing requires",
                        [](const Certificate& one) -> const Names& { return one.facts->surplus; });
  add_fact<Certificate>(
      type, "issued", "what `certificate_file` says; absent without a usable file",
      [](const Certificate& one) { return one.facts->issued ? &*one.facts->issued : nullptr; });
  add_fact<Certificate>(
      type, "request", "what `request_check_file` says; absent without a usable file",
      [](const Certificate& one) { return one.facts->request ? &*one.facts->request : nullptr; });
  return type;
}

}  // namespace

template <>
auto record_of<CertificateEntity>() -> const cel::RecordType& {
  static const cel::RecordType kType = describe_certificate();
  return kType;
}

}  // namespace fedgate::rules
