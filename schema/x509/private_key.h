// Private keys, read, made and written by OpenSSL only; none of their content is ever shown.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "schema/base/expected.h"
#include "schema/x509/certificate.h"

struct evp_pkey_st;

namespace fedgate::x509 {

// What kind of key to make.
struct KeyKind {
  bool is_ecdsa = false;
  // Of an RSA modulus.
  std::int64_t bits = 2048;
  // `p256`, `p384` or `p521`, of an ECDSA key.
  std::string curve = "p256";
};

// What people call it: `RSA with 2048 bits`, `ECDSA on p256`.
[[nodiscard]] auto describe(const KeyKind& kind) -> std::string;

class PrivateKey {
 public:
  explicit PrivateKey(evp_pkey_st* key) : key_(key, Free{}) {}

  // OpenSSL's own object, for the files of this folder.
  [[nodiscard]] auto get() const -> evp_pkey_st* { return key_.get(); }
  [[nodiscard]] auto description() const -> PublicKey;

 private:
  struct Free {
    void operator()(evp_pkey_st* key) const;
  };
  std::unique_ptr<evp_pkey_st, Free> key_;
};

// A key without a passphrase from a PEM or DER file (PKCS #8, SEC 1, PKCS #1). The error is the
// phrase after "`FILE` ", e.g. "is encrypted".
[[nodiscard]] auto read_private_key(const std::string& path) -> Expected<PrivateKey, std::string>;

// Throws Failure where OpenSSL cannot make one.
[[nodiscard]] auto make_private_key(const KeyKind& kind) -> PrivateKey;

// Writes the key to a new file as PKCS #8 in PEM, which only its owner may read and write. An
// existing file, also a link, is left alone and is the error, "exists already"; what could be
// written in part only is removed, and Failure thrown.
[[nodiscard]] auto write_private_key(const PrivateKey& key, const std::string& path)
    -> Expected<bool, std::string>;

}  // namespace fedgate::x509
