// Who issued whom among the certificates of one file. Private to the folder.
#pragma once

#include <cstddef>
#include <vector>

#include "schema/x509/certificate.h"
#include "schema/x509/openssl.h"

namespace fedgate::x509 {

struct Chain {
  // The service's own certificate: the first that is no authority's and issued none of the others.
  // Where all are authorities' or issued one, that part counts less.
  std::size_t leaf = 0;
  ChainState state = ChainState::ordered;
  // In the order of the file.
  std::vector<ChainRole> roles;
};

// `read` is what `certificates` say, in the same order; not empty.
[[nodiscard]] auto trace_chain(const std::vector<OwnedCertificate>& certificates,
                               const std::vector<Certificate>& read) -> Chain;

// Whether the issuer's key made the signature.
[[nodiscard]] auto verifies(X509* certificate, X509* issuer) -> bool;
// Whether the issuer's subject is the name of the certificate's issuer.
[[nodiscard]] auto names_issuer(const X509* certificate, const X509* issuer) -> bool;

}  // namespace fedgate::x509
