// posh/<domain>/xmpp-server.json: by which certificate peers know the gateway of a domain, for
// those that ask the domain's web server (RFC 7711, RFC 7712).
#pragma once

#include <string>
#include <string_view>

#include "compiler/plan.h"
#include "schema/value/dns_name.h"

namespace fedgate::emit {

// Where a web server of the domain has the document (RFC 7711, section 3; RFC 7712, section 5.2).
inline constexpr std::string_view kPoshUrlPath = "/.well-known/posh/xmpp-server.json";

// The path of the artifact.
[[nodiscard]] auto posh_path(const value::DnsName& domain) -> std::string;

// The same for every domain. `certificate` has been issued, which check_platform() makes sure of.
[[nodiscard]] auto emit_posh(const compiler::CertificatePlan& certificate) -> std::string;

}  // namespace fedgate::emit
