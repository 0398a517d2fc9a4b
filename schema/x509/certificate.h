// Certificates and requests of a file, as plain data. Phase 3½: named files -> facts. OpenSSL reads
// the ASN.1; no object of its own leaves this folder.
//
// All texts come from a foreign file. Those marked as shown are safe to print; the others are bytes
// for comparison, and value::shown() makes them safe.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/base/expected.h"

namespace fedgate::x509 {

// A point in time, as certificates count: whole seconds since 1970-01-01 UTC.
struct Time {
  std::int64_t seconds = 0;

  friend auto operator<=>(const Time&, const Time&) -> std::strong_ordering = default;
};

struct PublicKey {
  // `rsa`, `rsa_pss`, `ecdsa`, or OpenSSL's name of another algorithm in lower case.
  std::string algorithm;
  // Length of an RSA modulus, or of the field of a curve.
  std::int64_t bits = 0;
  // `p256`, `p384`, `p521`, or OpenSSL's name of another curve; empty: no named curve.
  std::string curve;
  // The SubjectPublicKeyInfo.
  std::string der;
  // SHA-256 of the SubjectPublicKeyInfo in hexadecimal: tells keys apart, and is the data of a TLSA
  // record 3 1 1 (RFC 6698, section 2.1).
  std::string digest;
};

// What people call it: `RSA with 2048 bits`, `ECDSA on p256`, `ed25519`.
[[nodiscard]] auto describe(const PublicKey& key) -> std::string;

struct Signature {
  // OpenSSL's name, e.g. `ecdsa-with-SHA256`.
  std::string algorithm;
  // Of the hash function in lower case, e.g. `sha256`; empty: the scheme names none.
  std::string digest;
  bool is_pss = false;
};

// The subject alternative names (RFC 5280, section 4.2.1.6), in their order, as bytes.
struct AlternativeNames {
  std::vector<std::string> dns;
  // SRVName (RFC 4985) and XmppAddr (RFC 6120, section 13.7.1.4).
  std::vector<std::string> srv;
  std::vector<std::string> xmpp;
  // IP addresses as text.
  std::vector<std::string> addresses;
  // What kind the remaining ones are: `email`, `uri`, `directory_name`, `registered_id`, `other`,
  // or the identifier of an otherName's type.
  std::vector<std::string> others;
};

// What certificates and requests have in common.
struct Content {
  // Shown: attributes from the widest to the narrowest, e.g. `C=US, O=Contoso, CN=sip.contoso.com`;
  // empty where the subject is.
  std::string subject;
  std::vector<std::string> common_names;
  std::vector<std::string> organizational_units;
  AlternativeNames names;
  PublicKey key;
  Signature signature;
  // `server_auth`, `client_auth`, `any`, or the identifier of another purpose; none: the extension
  // is absent.
  std::optional<std::vector<std::string>> extended_key_usage;
  // basicConstraints says cA.
  bool is_authority = false;
};

// What a certificate is in its file.
enum class ChainRole : std::uint8_t {
  // The service's own, or one that leads from it to an authority, on whichever way.
  link,
  // The same as one before it.
  copy,
  // It issued nothing that leads to the service's own.
  stranger,
};

// The word of a role, as rules name it.
[[nodiscard]] auto word(ChainRole role) -> std::string_view;

struct Certificate {
  Content content;
  // Shown, as Content::subject.
  std::string issuer;
  // Both belong to the validity (RFC 5280, section 4.1.2.5).
  Time not_before;
  Time not_after;
  // Its own key verifies its signature.
  bool is_self_signed = false;
  bool has_crl_distribution_point = false;
  std::string der;
  // SHA-256 of the certificate's DER form, in Base64: what a POSH document says of it (RFC 7711,
  // section 3.1).
  std::string fingerprint;
  ChainRole role = ChainRole::link;
};

// How the certificates of one file hang together, copies and strangers aside. The worst that holds.
enum class ChainState : std::uint8_t {
  // Each certificate comes before its issuer. Also a self-signed one.
  ordered,
  // The service's own alone, and its issuer is not in the file.
  lone,
  // The service's own is not the first, and so no server's own (RFC 8446, section 4.4.2).
  misplaced,
  // The service's own is the first, and another one comes after its issuer.
  unordered,
  // The issuer of the service's own is not in the file, and strangers are.
  broken,
  // The issuer of one is there by name, and its key does not verify the signature.
  forged,
};

// The word of a state, as rules name it.
[[nodiscard]] auto word(ChainState state) -> std::string_view;

struct CertificateFile {
  // The service's own, then the rest in the order of the file. Never empty.
  std::vector<Certificate> certificates;
  ChainState chain = ChainState::ordered;
};

struct Request {
  Content content;
  // The request's own key verifies its signature (RFC 2986, section 4.2).
  bool is_signed = false;
};

// Why a file holds nothing to check: "it is …" or "it holds …", with no byte of the file.
struct FileDefect {
  std::string message;
  // What to do.
  std::string help;
};

// One or more certificates, PEM or DER. Anything else in the file is a defect, with one exception:
// text between PEM blocks, which many tools write.
[[nodiscard]] auto read_certificates(std::string_view bytes)
    -> Expected<CertificateFile, FileDefect>;

// Exactly one PKCS #10 request, PEM or DER.
[[nodiscard]] auto read_request(std::string_view bytes) -> Expected<Request, FileDefect>;

}  // namespace fedgate::x509
