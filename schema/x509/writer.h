// Writes X.509: PKCS #10 requests for `emit csr`, and certificates for the examples of rules and
// for tests. Functions throw Failure where OpenSSL refuses, which no content of a sound spec makes
// it do.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/x509/private_key.h"

namespace fedgate::x509 {

// What a request asks for. Texts are UTF-8; names are A-labels.
struct RequestContent {
  // Attribute types in OpenSSL's short words (`C`, `ST`, `L`, `O`, `OU`, `CN`) with their values,
  // in the order of the name. Countries become PrintableString, all others UTF8String (RFC 5280,
  // section 4.1.2.4).
  std::vector<std::pair<std::string, std::string>> subject;
  std::vector<std::string> dns;
  // SRVName, IA5String (RFC 4985, section 2), and XmppAddr, UTF8String.
  std::vector<std::string> srv;
  std::vector<std::string> xmpp;
  // `server_auth`, `client_auth` or a dotted identifier; none: no extension.
  std::vector<std::string> extended_key_usage;
  // digitalSignature, and keyEncipherment for RSA (RFC 5280, section 4.2.1.3), critical.
  bool key_usage = true;
};

// A request in PEM, signed by the key: with SHA-256, and with SHA-384 or SHA-512 where the curve is
// as strong. `signer`, if any, signs in place of the key, which makes the request worthless: for
// tests.
[[nodiscard]] auto make_request(const RequestContent& content, const PrivateKey& key,
                                const PrivateKey* signer = nullptr) -> std::string;

// The DER of the subjectAltName extension's value. At least one name.
[[nodiscard]] auto encode_alternative_names(const RequestContent& content) -> std::string;

[[nodiscard]] auto encode_base64(std::string_view bytes) -> std::string;

// A certificate to be made for an example or a test.
struct CertificateContent {
  RequestContent content;
  std::int64_t not_before = 0;
  std::int64_t not_after = 0;
  // `sha256`, `sha1`, …
  std::string digest = "sha256";
  bool is_authority = false;
  bool has_crl_distribution_point = true;
};

// A certificate in PEM for the public half of `key`, issued by `issuer_name` with `issuer_key`. The
// serial number is 1.
struct Signer {
  std::vector<std::pair<std::string, std::string>> name;
  const PrivateKey* key = nullptr;
};
[[nodiscard]] auto make_certificate(const CertificateContent& content, const PrivateKey& key,
                                    const Signer& issuer) -> std::string;

}  // namespace fedgate::x509
