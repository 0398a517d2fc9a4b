// The names that a certificate must carry, and how the requested names compare with them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schema/model.h"

namespace fedgate::rules {

// Why the gateway's certificate needs a name (RFC 6120, section 13.7.1.2.1, for the domains;
// Microsoft, "Certificate requirements for external user access in Lync Server 2013", for the
// rest).
enum class NameReason : std::uint8_t {
  access_edge,
  web_conferencing_edge,
  sip_domain,
  xmpp_domain,
};

// The word of a reason, as rules name it.
[[nodiscard]] auto word(NameReason reason) -> std::string_view;
// What to tell the administrator, e.g. "FQDN of the Access Edge".
[[nodiscard]] auto describe(NameReason reason) -> std::string_view;

// What comes nearest to a missing name, and so tells what went wrong with it. The first that fits.
enum class NearMiss : std::uint8_t {
  none,
  common_name,  // It is the common name, which identifies no service (RFC 9525, section 2).
  wildcard,     // A wildcard stands above it, at the wrong height (RFC 9525, section 6.3).
  component,    // A parent is requested, and the name is that of a usual XMPP component.
  suffix,       // A parent is requested.
  host,         // A host below it is requested.
};

// The word of a near miss, as rules name it.
[[nodiscard]] auto word(NearMiss near) -> std::string_view;

struct RequiredName {
  value::DnsName name;
  NameReason reason = NameReason::xmpp_domain;
  // The value in the spec from which the need follows.
  source::Span where;
  // Of a missing name.
  NearMiss near = NearMiss::none;
};

struct CertificateFacts {
  // Whether the gateway presents it; only then anything is required of its names.
  bool is_presented = false;
  // Each name once, with its first reason, in the order: Access Edge, Web Conferencing Edge, SIP
  // domains, XMPP domains.
  std::vector<RequiredName> required;
  // What the request asks for: the whole list of the spec, or the required and additional names.
  std::vector<value::DnsPattern> requested;
  // Required names that no requested name covers (RFC 9525, section 6.3).
  std::vector<RequiredName> missing;
  // Requested names that are not required and not among `additional_names`.
  std::vector<value::DnsPattern> surplus;
  // The common name to ask for: the spec's own, or the Access Edge's FQDN; empty: none.
  std::string common_name;
};

[[nodiscard]] auto derive_certificate_facts(const spec::Model& model, std::size_t certificate)
    -> CertificateFacts;

}  // namespace fedgate::rules
