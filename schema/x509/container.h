// What stands around certificates and requests in a file: PEM blocks or DER values. Private to the
// folder.
#pragma once

#include <string_view>
#include <vector>

#include "schema/base/expected.h"
#include "schema/x509/certificate.h"
#include "schema/x509/openssl.h"

namespace fedgate::x509 {

// The most certificates of one file.
inline constexpr std::size_t kMostCertificates = 32;

[[nodiscard]] auto decode_certificates(std::string_view bytes)
    -> Expected<std::vector<OwnedCertificate>, FileDefect>;
[[nodiscard]] auto decode_request(std::string_view bytes) -> Expected<OwnedRequest, FileDefect>;

}  // namespace fedgate::x509
