// A name that a certificate must carry, and what comes near it where it is missing.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/facts/name_set.h"
#include "schema/source/span.h"
#include "schema/value/dns_name.h"

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
  u_label,      // It stands there with U-labels, which match nothing (RFC 9525, section 6.3).
  wildcard,     // A wildcard stands above it, at the wrong height (RFC 9525, section 6.3).
  component,    // A parent is presented, and the name is that of a usual XMPP component.
  suffix,       // A parent is presented.
  host,         // A host below it is presented.
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

// What a request or certificate presents, for comparison.
struct Presented {
  NameSet names;
  std::vector<std::string> common_names;
  // Texts in the place of names that match none.
  std::vector<std::string> malformed;
};

// The required names that no presented one covers, each with what comes nearest. The matching rules
// are DnsPattern::covers(): DNS-IDs only, a wildcard for one label (RFC 9525, sections 6.2, 6.3).
[[nodiscard]] auto missing_names(std::span<const RequiredName> required, const Presented& presented)
    -> std::vector<RequiredName>;

}  // namespace fedgate::rules
