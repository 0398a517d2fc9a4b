#include "rules/entities/entity_record.h"

namespace fedgate::rules {

namespace {

using Texts = std::vector<std::string>;
using Needs = std::vector<RequiredName>;

auto content_of(const IssuedFacts& one) -> const x509::Content& { return one.leaf().content; }
auto content_of(const RequestFacts& one) -> const x509::Content& {
  return one.document->content.content;
}
auto content_of(const x509::Certificate& one) -> const x509::Content& { return one.content; }

template <typename T>
auto pointer_to(const std::optional<T>& value) -> const T* {
  return value ? &*value : nullptr;
}

// What every certificate and request has.
template <typename T>
void add_content(cel::RecordType& type) {
  add_fact<T>(type, "subject", "its subject, from the widest attribute to the narrowest",
              [](const T& one) -> const std::string& { return content_of(one).subject; });
  add_fact<T>(type, "key", "its key for people, e.g. `RSA with 2048 bits`",
              [](const T& one) { return x509::describe(content_of(one).key); });
  add_fact<T>(type, "key_algorithm", "rsa, rsa_pss, ecdsa, or the name of another algorithm",
              [](const T& one) -> const std::string& { return content_of(one).key.algorithm; });
  add_fact<T>(type, "key_bits", "length of an RSA modulus, or of the field of a curve",
              [](const T& one) { return content_of(one).key.bits; });
  add_fact<T>(type, "key_curve", "p256, p384, p521, the name of another curve, or nothing",
              [](const T& one) -> const std::string& { return content_of(one).key.curve; });
  add_fact<T>(
      type, "signature_algorithm", "OpenSSL's name of its signature algorithm",
      [](const T& one) -> const std::string& { return content_of(one).signature.algorithm; });
  add_fact<T>(type, "signature_digest", "hash function of its signature, e.g. sha256",
              [](const T& one) -> const std::string& { return content_of(one).signature.digest; });
  add_fact<T>(type, "rsa_pss", "whether it is signed with RSASSA-PSS",
              [](const T& one) { return content_of(one).signature.is_pss; });
  add_fact<T>(type, "authority", "whether it is for a certificate authority (basicConstraints cA)",
              [](const T& one) { return content_of(one).is_authority; });
}

// What is compared with the spec.
template <typename T>
void add_comparison(cel::RecordType& type) {
  add_fact<T>(type, "file", "path of the file",
              [](const T& one) -> const std::string& { return one.document->file; });
  add_fact<T>(type, "common_names", "common names of its subject",
              [](const T& one) -> const Texts& { return one.presented.common_names; });
  add_fact<T>(type, "organizational_units", "organizational units of its subject",
              [](const T& one) -> const Texts& { return one.presented.organizational_units; });
  add_fact<T>(type, "names", "its well-formed DNS names, A-labels in lower case",
              [](const T& one) -> const Texts& { return one.presented.names; });
  add_fact<T>(type, "malformed_names", "its DNS names that match nothing",
              [](const T& one) -> const Texts& { return one.presented.malformed; });
  add_fact<T>(type, "duplicate_names", "DNS names that it has more than once",
              [](const T& one) -> const Texts& { return one.presented.duplicates; });
  add_fact<T>(type, "missing_names", "required names that none of its names covers",
              [](const T& one) -> const Needs& { return one.presented.missing; });
  add_fact<T>(
      type, "omitted_names",
      "names that the spec requests without requiring them, and that none of its names covers",
      [](const T& one) -> const Texts& { return one.presented.omitted; });
  add_fact<T>(type, "surplus_names", "its names that the spec neither requires nor requests",
              [](const T& one) -> const Texts& { return one.presented.surplus; });
  add_fact<T>(type, "srv_names", "its SRVNames (RFC 4985)",
              [](const T& one) -> const Texts& { return one.presented.srv; });
  add_fact<T>(type, "missing_srv_names", "SRVNames that the spec requests and it lacks",
              [](const T& one) -> const Texts& { return one.presented.missing_srv; });
  add_fact<T>(type, "xmpp_addresses", "its XmppAddrs (RFC 6120, section 13.7.1.4)",
              [](const T& one) -> const Texts& { return one.presented.xmpp; });
  add_fact<T>(type, "addresses", "its IP addresses",
              [](const T& one) -> const Texts& { return content_of(one).names.addresses; });
  add_fact<T>(type, "other_names",
              "kinds of its alternative names beside DNS names and addresses: srv_name, "
              "xmpp_address, email, uri, directory_name, registered_id, or the identifier of an "
              "otherName",
              [](const T& one) -> const Texts& { return one.presented.others; });
  add_fact<T>(type, "extended_key_usage",
              "server_auth, client_auth, any, or identifiers of other purposes; absent without "
              "that extension",
              [](const T& one) { return pointer_to(content_of(one).extended_key_usage); });
  add_fact<T>(type, "matches_key",
              "whether it is for the private key that `--key` named; absent without one",
              [](const T& one) { return pointer_to(one.matches_key); });
}

// What a certificate has and a request does not.
template <typename T, typename Leaf>
void add_validity(cel::RecordType& type, Leaf) {
  add_fact<T>(type, "issuer", "the subject of its issuer",
              [](const T& one) -> const std::string& { return Leaf{}(one).issuer; });
  add_fact<T>(type, "not_before", "first second of its validity",
              [](const T& one) { return Leaf{}(one).not_before; });
  add_fact<T>(type, "not_after", "last second of its validity",
              [](const T& one) { return Leaf{}(one).not_after; });
  add_fact<T>(type, "self_signed", "whether its own key signed it",
              [](const T& one) { return Leaf{}(one).is_self_signed; });
}

auto describe_chain_certificate() -> cel::RecordType {
  using Certificate = x509::Certificate;
  cel::RecordType type{"chain_certificate", {}};
  add_content<Certificate>(type);
  add_validity<Certificate>(type, [](const Certificate& one) -> const Certificate& { return one; });
  add_fact<Certificate>(type, "role",
                        "link: the service's own, or on a way from it to an authority; copy: the "
                        "same as one before it; stranger: neither",
                        [](const Certificate& one) { return one.role; });
  return type;
}

auto describe_issued() -> cel::RecordType {
  cel::RecordType type{"issued_certificate", {}};
  add_comparison<IssuedFacts>(type);
  add_content<IssuedFacts>(type);
  add_validity<IssuedFacts>(
      type, [](const IssuedFacts& one) -> const x509::Certificate& { return one.leaf(); });
  add_fact<IssuedFacts>(
      type, "fingerprint", "SHA-256 of its DER form in Base64, as POSH documents name it",
      [](const IssuedFacts& one) -> const std::string& { return one.leaf().fingerprint; });
  add_fact<IssuedFacts>(type, "validity", "how long it is valid, both ends counted",
                        [](const IssuedFacts& one) { return one.validity; });
  add_fact<IssuedFacts>(type, "validity_days", "the same in days, a part of one counted whole",
                        [](const IssuedFacts& one) { return one.validity_days; });
  add_fact<IssuedFacts>(type, "renew_on", "when two thirds of its lifetime are over",
                        [](const IssuedFacts& one) { return one.renewal.on; });
  add_fact<IssuedFacts>(
      type, "next_validity_limit",
      "the most that a certificate issued on that day is valid, by the dated limit and the table "
      "certificate_profiles; absent for a private authority",
      [](const IssuedFacts& one) { return pointer_to(one.renewal.validity_limit); });
  add_fact<IssuedFacts>(
      type, "client_authentication_end",
      "whether it is for client authentication, and one issued on that day will not be: none, "
      "expected (a source says so, and another contradicts it) or certain",
      [](const IssuedFacts& one) { return one.renewal.client_authentication_end; });
  add_fact<IssuedFacts>(
      type, "crl_distribution_point", "whether it names a revocation list",
      [](const IssuedFacts& one) { return one.leaf().has_crl_distribution_point; });
  add_fact<IssuedFacts>(type, "chain",
                        "how the certificates of the file follow each other: ordered, lone, "
                        "misplaced (its own is not the first), unordered, broken (its issuer is "
                        "missing), forged",
                        [](const IssuedFacts& one) { return one.document->content.chain; });
  add_fact<IssuedFacts>(type, "chain_certificates", "every certificate of the file, its own first",
                        [](const IssuedFacts& one) -> const std::vector<x509::Certificate>& {
                          return one.document->content.certificates;
                        });
  return type;
}

auto describe_request() -> cel::RecordType {
  cel::RecordType type{"certificate_request", {}};
  add_comparison<RequestFacts>(type);
  add_content<RequestFacts>(type);
  add_fact<RequestFacts>(type, "signed", "whether its own key signed it",
                         [](const RequestFacts& one) { return one.document->content.is_signed; });
  return type;
}

}  // namespace

template <>
auto record_of<x509::Certificate>() -> const cel::RecordType& {
  static const cel::RecordType kType = describe_chain_certificate();
  return kType;
}

template <>
auto record_of<IssuedFacts>() -> const cel::RecordType& {
  static const cel::RecordType kType = describe_issued();
  return kType;
}

template <>
auto record_of<RequestFacts>() -> const cel::RecordType& {
  static const cel::RecordType kType = describe_request();
  return kType;
}

}  // namespace fedgate::rules
