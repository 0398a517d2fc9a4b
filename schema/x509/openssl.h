// What the files of this folder share when they call OpenSSL 3: ownership of its objects, its error
// queue, and texts from foreign files. Private to the folder.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "schema/base/owned.h"

namespace fedgate::x509 {

using OwnedBio = Owned<BIO, &BIO_free_all>;
using OwnedCertificate = Owned<X509, &X509_free>;
using OwnedRequest = Owned<X509_REQ, &X509_REQ_free>;
using OwnedKey = Owned<EVP_PKEY, &EVP_PKEY_free>;

inline void free_extensions(STACK_OF(X509_EXTENSION) * stack) {
  sk_X509_EXTENSION_pop_free(stack, &X509_EXTENSION_free);
}
using OwnedExtensions = Owned<STACK_OF(X509_EXTENSION), &free_extensions>;

inline void free_bytes(unsigned char* bytes) { OPENSSL_free(bytes); }
inline void free_text(char* text) { OPENSSL_free(text); }
using OwnedBytes = Owned<unsigned char, &free_bytes>;
using OwnedText = Owned<char, &free_text>;

// Leaves OpenSSL's error queue of this thread as it was found.
class ErrorScope {
 public:
  ErrorScope() { ERR_set_mark(); }
  ErrorScope(const ErrorScope&) = delete;
  auto operator=(const ErrorScope&) -> ErrorScope& = delete;
  ErrorScope(ErrorScope&&) = delete;
  auto operator=(ErrorScope&&) -> ErrorScope& = delete;
  ~ErrorScope() { ERR_pop_to_mark(); }
};

// A read-only view of `bytes`, which must outlive it. Null only without memory.
[[nodiscard]] inline auto memory_bio(std::string_view bytes) -> OwnedBio {
  return OwnedBio(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

[[nodiscard]] inline auto string_of(const ASN1_STRING* text) -> std::string {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
          static_cast<std::size_t>(ASN1_STRING_length(text))};
}

// The text as UTF-8; none where its bytes are not what its type says.
[[nodiscard]] inline auto utf8_of(const ASN1_STRING* text) -> std::optional<std::string> {
  unsigned char* utf8 = nullptr;
  const int length = ASN1_STRING_to_UTF8(&utf8, text);
  const OwnedBytes owned(utf8);
  if (length < 0) {
    return std::nullopt;
  }
  return std::string(reinterpret_cast<const char*>(utf8), static_cast<std::size_t>(length));
}

// The dotted form of an object identifier, or a word of ours for one that is no identifier.
[[nodiscard]] inline auto identifier_of(const ASN1_OBJECT* object) -> std::string {
  // Longer ones are cut; no identifier that we compare with is.
  std::array<char, 128> buffer{};
  const int length = OBJ_obj2txt(buffer.data(), static_cast<int>(buffer.size()), object, 1);
  return length > 0 ? std::string(buffer.data()) : std::string("unknown");
}

}  // namespace fedgate::x509
