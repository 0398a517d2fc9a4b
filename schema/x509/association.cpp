#include "schema/x509/association.h"

#include <array>
#include <string>

#include <fmt/format.h>

#include "schema/x509/openssl.h"

namespace fedgate::x509 {

namespace {

auto hexadecimal(std::string_view bytes) -> std::string {
  std::string text;
  text.reserve(2 * bytes.size());
  for (const char byte : bytes) {
    fmt::format_to(std::back_inserter(text), "{:02x}", static_cast<unsigned char>(byte));
  }
  return text;
}

auto digest_of(std::string_view bytes, const EVP_MD* function) -> std::string {
  const ErrorScope errors;
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  return EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, function, nullptr) == 1
             ? hexadecimal({reinterpret_cast<const char*>(digest.data()), size})
             : std::string();
}

auto is_association(std::string_view der, std::int64_t matching, std::string_view association)
    -> bool {
  if (association.empty()) {
    return false;
  }
  switch (matching) {
    case kExactMatch:
      return association == hexadecimal(der);
    case kSha256Match:
      return association == digest_of(der, EVP_sha256());
    case kSha512Match:
      return association == digest_of(der, EVP_sha512());
    default:
      return false;
  }
}

}  // namespace

auto has_association(const Certificate& certificate, std::int64_t selector, std::int64_t matching,
                     std::string_view association) -> bool {
  if (selector == kSubjectPublicKeyInfo) {
    return has_association(certificate.content.key, matching, association);
  }
  return selector == kFullCertificate && is_association(certificate.der, matching, association);
}

auto has_association(const PublicKey& key, std::int64_t matching, std::string_view association)
    -> bool {
  return is_association(key.der, matching, association);
}

}  // namespace fedgate::x509
