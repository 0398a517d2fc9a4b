#include "schema/x509/certificate.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <numeric>
#include <utility>

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/objects.h>

#include "schema/value/describe.h"
#include "schema/x509/container.h"
#include "schema/x509/content.h"
#include "schema/x509/writer.h"

namespace fedgate::x509 {

namespace {

constexpr std::array<std::string_view, 5> kChainWords = {"ordered", "lone", "unordered", "broken",
                                                         "forged"};
constexpr std::size_t kNone = static_cast<std::size_t>(-1);

// None for a time that DER does not allow.
auto time_of(const ASN1_TIME* time) -> std::optional<Time> {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) {
    return std::nullopt;
  }
  return Time{static_cast<std::int64_t>(::timegm(&parts))};
}

// The lower-case name of the hash function of a signature; empty where there is none to name.
auto digest_word(int digest) -> std::string {
  const char* name = digest == NID_undef ? nullptr : OBJ_nid2sn(digest);
  return name == nullptr ? std::string{} : value::to_lower(name);
}

auto undecodable(std::string_view part) -> FileDefect {
  return {fmt::format("{} in it cannot be decoded", part),
          "have it issued again; what cannot be decoded, no peer accepts"};
}

auto signature_of(X509* certificate) -> Signature {
  const X509_ALGOR* algorithm = nullptr;
  X509_get0_signature(nullptr, &algorithm, certificate);
  Signature signature = describe_signature(algorithm);
  int digest = NID_undef;
  // Knows the parameters of RSASSA-PSS too.
  if (X509_get_signature_info(certificate, &digest, nullptr, nullptr, nullptr) == 1) {
    signature.digest = digest_word(digest);
  }
  return signature;
}

auto signature_of(const X509_REQ* request) -> Signature {
  const X509_ALGOR* algorithm = nullptr;
  X509_REQ_get0_signature(request, nullptr, &algorithm);
  Signature signature = describe_signature(algorithm);
  int digest = NID_undef;
  if (OBJ_find_sigid_algs(X509_REQ_get_signature_nid(request), &digest, nullptr) == 1) {
    signature.digest = digest_word(digest);
  }
  return signature;
}

auto fingerprint_of(const X509* certificate) -> std::string {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  return X509_digest(certificate, EVP_sha256(), digest.data(), &size) == 1
             ? encode_base64({reinterpret_cast<const char*>(digest.data()), size})
             : std::string();
}

auto verifies(X509* certificate, X509* issuer) -> bool {
  EVP_PKEY* key = X509_get0_pubkey(issuer);
  return key != nullptr && X509_verify(certificate, key) == 1;
}

auto names_match(X509* certificate, X509* issuer) -> bool {
  return X509_NAME_cmp(X509_get_issuer_name(certificate), X509_get_subject_name(issuer)) == 0;
}

auto read_one(X509* certificate) -> Expected<Certificate, FileDefect> {
  Certificate read;
  if (const auto part =
          fill_content(X509_get_subject_name(certificate), X509_get0_pubkey(certificate),
                       X509_get0_extensions(certificate), read.content)) {
    return Unexpected{undecodable(*part)};
  }
  const auto not_before = time_of(X509_get0_notBefore(certificate));
  const auto not_after = time_of(X509_get0_notAfter(certificate));
  if (!not_before || !not_after) {
    return Unexpected{undecodable("the validity")};
  }
  read.not_before = *not_before;
  read.not_after = *not_after;
  read.content.signature = signature_of(certificate);
  read.issuer = describe_name(X509_get_issuer_name(certificate));
  read.is_self_signed = names_match(certificate, certificate) && verifies(certificate, certificate);
  read.has_crl_distribution_point =
      X509_get_ext_by_NID(certificate, NID_crl_distribution_points, -1) >= 0;
  read.fingerprint = fingerprint_of(certificate);
  return read;
}

// Who issued whom among the certificates of one file.
struct Links {
  // Index of each one's issuer; kNone: not in the file, or itself.
  std::vector<std::size_t> issuer;
  bool is_forged = false;
};

auto link(const std::vector<OwnedCertificate>& all) -> Links {
  Links links{std::vector<std::size_t>(all.size(), kNone), false};
  for (std::size_t i = 0; i < all.size(); ++i) {
    bool is_named = false;
    for (std::size_t j = 0; j < all.size() && links.issuer[i] == kNone; ++j) {
      if (i != j && names_match(all[i].get(), all[j].get()) &&
          !names_match(all[i].get(), all[i].get())) {
        is_named = true;
        links.issuer[i] = verifies(all[i].get(), all[j].get()) ? j : kNone;
      }
    }
    links.is_forged = links.is_forged || (is_named && links.issuer[i] == kNone);
  }
  return links;
}

// The certificate that issued none of the others; the first such one.
auto find_leaf(const Links& links) -> std::size_t {
  for (std::size_t i = 0; i < links.issuer.size(); ++i) {
    if (std::find(links.issuer.begin(), links.issuer.end(), i) == links.issuer.end()) {
      return i;
    }
  }
  return 0;
}

auto judge_chain(const Links& links, std::size_t leaf, bool leaf_is_self_signed) -> ChainState {
  const std::size_t count = links.issuer.size();
  if (links.is_forged) {
    return ChainState::forged;
  }
  if (count == 1) {
    return leaf_is_self_signed ? ChainState::ordered : ChainState::lone;
  }
  std::size_t reached = 1;
  bool is_ordered = leaf == 0;
  // Bounded by the count: names may lead in a circle.
  for (std::size_t at = leaf; links.issuer[at] != kNone && reached <= count; ++reached) {
    is_ordered = is_ordered && links.issuer[at] == at + 1;
    at = links.issuer[at];
  }
  if (reached != count) {
    return ChainState::broken;
  }
  return is_ordered ? ChainState::ordered : ChainState::unordered;
}

}  // namespace

auto word(ChainState state) -> std::string_view {
  return kChainWords.at(static_cast<std::size_t>(state));
}

auto read_certificates(std::string_view bytes) -> Expected<CertificateFile, FileDefect> {
  const ErrorScope errors;
  const auto decoded = decode_certificates(bytes);
  if (!decoded) {
    return Unexpected{decoded.error()};
  }
  CertificateFile file;
  for (const OwnedCertificate& certificate : *decoded) {
    auto read = read_one(certificate.get());
    if (!read) {
      return Unexpected{read.error()};
    }
    file.certificates.push_back(*std::move(read));
  }
  const Links links = link(*decoded);
  const std::size_t leaf = find_leaf(links);
  file.chain = judge_chain(links, leaf, file.certificates[leaf].is_self_signed);
  std::rotate(file.certificates.begin(),
              file.certificates.begin() + static_cast<std::ptrdiff_t>(leaf),
              file.certificates.begin() + static_cast<std::ptrdiff_t>(leaf) + 1);
  return file;
}

auto read_request(std::string_view bytes) -> Expected<Request, FileDefect> {
  const ErrorScope errors;
  const auto decoded = decode_request(bytes);
  if (!decoded) {
    return Unexpected{decoded.error()};
  }
  X509_REQ* request = (*decoded).get();
  const OwnedExtensions extensions(X509_REQ_get_extensions(request));
  EVP_PKEY* key = X509_REQ_get0_pubkey(request);
  Request read;
  if (const auto part =
          fill_content(X509_REQ_get_subject_name(request), key, extensions.get(), read.content)) {
    return Unexpected{undecodable(*part)};
  }
  read.content.signature = signature_of(request);
  read.is_signed = key != nullptr && X509_REQ_verify(request, key) == 1;
  return read;
}

}  // namespace fedgate::x509
