#include "schema/x509/private_key.h"

#include <cerrno>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/pem.h>
#include <sys/stat.h>
#include <unistd.h>

#include "schema/base/failure.h"
#include "schema/base/system_words.h"
#include "schema/x509/content.h"
#include "schema/x509/openssl.h"

namespace fedgate::x509 {

namespace {

// The largest keys take some KiB.
constexpr off_t kLargestKeyFile = off_t{1} << 20U;

// In place of a prompt: no passphrase is known, and that one was asked for is remembered.
auto refuse_passphrase(char* /*buffer*/, int /*size*/, int /*writing*/, void* asked) -> int {
  *static_cast<bool*>(asked) = true;
  return -1;
}

class KeyFile {
 public:
  explicit KeyFile(const std::string& path)
      : number_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)) {}
  KeyFile(const KeyFile&) = delete;
  auto operator=(const KeyFile&) -> KeyFile& = delete;
  KeyFile(KeyFile&&) = delete;
  auto operator=(KeyFile&&) -> KeyFile& = delete;
  ~KeyFile() {
    if (number_ >= 0) {
      static_cast<void>(::close(number_));
    }
  }

  // The phrase of why nothing can be read; empty: it can.
  [[nodiscard]] auto problem() const -> std::string {
    if (number_ < 0) {
      return "cannot be read: " + system_words(errno);
    }
    struct stat state {};
    if (::fstat(number_, &state) != 0 || !S_ISREG(state.st_mode)) {
      return "is no regular file";
    }
    return state.st_size > kLargestKeyFile ? "is too large for a key" : "";
  }
  [[nodiscard]] auto bio() const -> OwnedBio { return OwnedBio(BIO_new_fd(number_, BIO_NOCLOSE)); }
  [[nodiscard]] auto at_start() const -> bool { return ::lseek(number_, 0, SEEK_SET) == 0; }

 private:
  int number_;
};

[[noreturn]] void fail_to_write(const std::string& path, int error) {
  static_cast<void>(::unlink(path.c_str()));
  throw Failure(fmt::format("cannot write `{}`: {}", path, system_words(error)));
}

}  // namespace

auto describe(const KeyKind& kind) -> std::string {
  return describe(PublicKey{.algorithm = kind.is_ecdsa ? "ecdsa" : "rsa",
                            .bits = kind.bits,
                            .curve = kind.is_ecdsa ? kind.curve : std::string{},
                            .der = {},
                            .digest = {}});
}

void PrivateKey::Free::operator()(evp_pkey_st* key) const { EVP_PKEY_free(key); }

auto PrivateKey::description() const -> PublicKey { return describe_key(key_.get()); }

auto read_private_key(const std::string& path) -> Expected<PrivateKey, std::string> {
  const ErrorScope errors;
  const KeyFile file(path);
  if (std::string problem = file.problem(); !problem.empty()) {
    return Unexpected{std::move(problem)};
  }
  bool was_asked = false;
  OwnedKey key(PEM_read_bio_PrivateKey(file.bio().get(), nullptr, &refuse_passphrase, &was_asked));
  if (key == nullptr && !was_asked && file.at_start()) {
    key.reset(d2i_PrivateKey_bio(file.bio().get(), nullptr));
  }
  if (key != nullptr) {
    return PrivateKey(key.release());
  }
  return Unexpected{std::string(was_asked ? "is encrypted; a key without passphrase is needed here"
                                          : "holds no private key in PEM or DER")};
}

auto make_private_key(const KeyKind& kind) -> PrivateKey {
  const ErrorScope errors;
  // The function behind EVP_EC_gen() and EVP_RSA_gen(), which are macros with casts.
  const char* const curve = kind.curve == "p256"   ? "P-256"
                            : kind.curve == "p384" ? "P-384"
                                                   : "P-521";
  EVP_PKEY* key = kind.is_ecdsa ? EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curve)
                                : EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA",
                                                    static_cast<std::size_t>(kind.bits));
  if (key == nullptr) {
    throw Failure("OpenSSL cannot make a private key");
  }
  return PrivateKey(key);
}

auto write_private_key(const PrivateKey& key, const std::string& path)
    -> Expected<bool, std::string> {
  const ErrorScope errors;
  constexpr mode_t kOwnerOnly = S_IRUSR | S_IWUSR;
  const int file =
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, kOwnerOnly);
  if (file < 0) {
    if (errno == EEXIST) {
      return Unexpected{std::string("exists already, and keys are never overwritten")};
    }
    throw Failure(fmt::format("cannot write `{}`: {}", path, system_words(errno)));
  }
  const OwnedBio bio(BIO_new_fd(file, BIO_NOCLOSE));
  errno = 0;
  const bool is_written = PEM_write_bio_PKCS8PrivateKey(bio.get(), key.get(), nullptr, nullptr, 0,
                                                        nullptr, nullptr) == 1 &&
                          ::fchmod(file, kOwnerOnly) == 0 && ::fsync(file) == 0;
  const int error = errno == 0 ? EIO : errno;
  if (::close(file) != 0 || !is_written) {
    fail_to_write(path, error);
  }
  return true;
}

}  // namespace fedgate::x509
