// The names that a certificate must carry, and how the requested names compare with them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/facts/certificate_files.h"
#include "rules/facts/required_name.h"
#include "schema/file_contents.h"
#include "schema/model.h"

namespace fedgate::rules {

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
  // SRVNames and XmppAddrs of the request (RFC 6120, section 13.7.1.2.1): one for each XMPP domain
  // of the gateway among the requested names. A-labels, and U-labels in an XmppAddr.
  std::vector<std::string> srv_names;
  std::vector<std::string> xmpp_addresses;
  // What the files say that the spec names; none: no file, or one that cannot be used.
  std::optional<IssuedFacts> issued;
  std::optional<RequestFacts> request;
};

// `contents` must outlive the facts. `key` is the digest of the public half of the private key
// that the user named for this certificate, if any.
[[nodiscard]] auto derive_certificate_facts(const spec::Model& model, std::size_t certificate,
                                            const spec::CertificateContents& contents = {},
                                            const std::optional<std::string>& key = {})
    -> CertificateFacts;

}  // namespace fedgate::rules
