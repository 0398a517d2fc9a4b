// From OpenSSL's objects to plain data. Private to the folder.
#pragma once

#include <optional>
#include <string>

#include "schema/x509/certificate.h"
#include "schema/x509/openssl.h"

namespace fedgate::x509 {

[[nodiscard]] auto describe_key(EVP_PKEY* key) -> PublicKey;
[[nodiscard]] auto describe_name(const X509_NAME* name) -> std::string;
[[nodiscard]] auto describe_signature(const X509_ALGOR* algorithm) -> Signature;

// Fills what certificates and requests share. The name of the part that cannot be decoded, e.g.
// "the subject alternative name"; none where all can.
[[nodiscard]] auto fill_content(const X509_NAME* subject, EVP_PKEY* key,
                                const STACK_OF(X509_EXTENSION) * extensions, Content& content)
    -> std::optional<std::string>;

}  // namespace fedgate::x509
