// What TLSA records hold of certificates and keys (RFC 6698, section 2.1).
#pragma once

#include <cstdint>
#include <string_view>

#include "schema/x509/certificate.h"

namespace fedgate::x509 {

// The selectors and matching types that are told apart here.
inline constexpr std::int64_t kFullCertificate = 0;
inline constexpr std::int64_t kSubjectPublicKeyInfo = 1;
inline constexpr std::int64_t kExactMatch = 0;
inline constexpr std::int64_t kSha256Match = 1;
inline constexpr std::int64_t kSha512Match = 2;

// Whether `association`, in lower-case hexadecimal, is what the matching type makes of the
// certificate, or with the selector 1 of its key. False for other selectors and matching types.
[[nodiscard]] auto has_association(const Certificate& certificate, std::int64_t selector,
                                   std::int64_t matching, std::string_view association) -> bool;

// The same of a key, as the selector 1 means it.
[[nodiscard]] auto has_association(const PublicKey& key, std::int64_t matching,
                                   std::string_view association) -> bool;

}  // namespace fedgate::x509
