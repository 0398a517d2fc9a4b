#include "schema/x509/certificate.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <utility>

#include <fmt/format.h>
#include <openssl/evp.h>

#include "schema/value/describe.h"
#include "schema/x509/chain.h"
#include "schema/x509/container.h"
#include "schema/x509/content.h"
#include "schema/x509/writer.h"

namespace fedgate::x509 {

namespace {

constexpr std::array<std::string_view, 6> kChainWords = {"ordered",   "lone",   "misplaced",
                                                         "unordered", "broken", "forged"};
constexpr std::array<std::string_view, 3> kRoleWords = {"link", "copy", "stranger"};

// None for a time that DER does not allow.
auto time_of(const ASN1_TIME* time) -> std::optional<Time> {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) {
    return std::nullopt;
  }
  return Time{static_cast<std::int64_t>(::timegm(&parts))};
}

auto undecodable(std::string_view part) -> FileDefect {
  return {fmt::format("{} in it cannot be decoded", part),
          "have it issued again; what cannot be decoded, no peer accepts"};
}

auto fingerprint_of(const X509* certificate) -> std::string {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  return X509_digest(certificate, EVP_sha256(), digest.data(), &size) == 1
             ? encode_base64({reinterpret_cast<const char*>(digest.data()), size})
             : std::string();
}

auto der_of(X509* certificate) -> std::string {
  unsigned char* der = nullptr;
  const int size = i2d_X509(certificate, &der);
  const OwnedBytes owned(der);
  return size > 0 ? std::string(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size))
                  : std::string();
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
  const X509_ALGOR* algorithm = nullptr;
  X509_get0_signature(nullptr, &algorithm, certificate);
  read.content.signature = describe_signature(algorithm);
  read.issuer = describe_name(X509_get_issuer_name(certificate));
  read.is_self_signed =
      names_issuer(certificate, certificate) && verifies(certificate, certificate);
  read.has_crl_distribution_point =
      X509_get_ext_by_NID(certificate, NID_crl_distribution_points, -1) >= 0;
  read.der = der_of(certificate);
  read.fingerprint = fingerprint_of(certificate);
  return read;
}

}  // namespace

auto word(ChainState state) -> std::string_view {
  return kChainWords.at(static_cast<std::size_t>(state));
}

auto word(ChainRole role) -> std::string_view {
  return kRoleWords.at(static_cast<std::size_t>(role));
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
  const Chain chain = trace_chain(*decoded, file.certificates);
  for (std::size_t i = 0; i < chain.roles.size(); ++i) {
    file.certificates[i].role = chain.roles[i];
  }
  file.chain = chain.state;
  const auto leaf = file.certificates.begin() + static_cast<std::ptrdiff_t>(chain.leaf);
  std::rotate(file.certificates.begin(), leaf, leaf + 1);
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
  const X509_ALGOR* algorithm = nullptr;
  X509_REQ_get0_signature(request, nullptr, &algorithm);
  read.content.signature = describe_signature(algorithm);
  read.is_signed = key != nullptr && X509_REQ_verify(request, key) == 1;
  return read;
}

}  // namespace fedgate::x509
