#include "compiler/output/digest.h"

#include <array>

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/evp.h>

#include "schema/base/failure.h"

namespace fedgate::output {

auto sha256_hex(std::string_view bytes) -> std::string {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest = {};
  unsigned size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) {
    ERR_clear_error();
    throw Failure("cannot compute a SHA-256 digest: OpenSSL refuses");
  }
  std::string text;
  text.reserve(2 * std::size_t{size});
  for (unsigned i = 0; i < size; ++i) {
    fmt::format_to(std::back_inserter(text), "{:02x}", digest[i]);
  }
  return text;
}

}  // namespace fedgate::output
