// Digests of artifacts and specs.
#pragma once

#include <string>
#include <string_view>

namespace fedgate::output {

// SHA-256 (FIPS 180-4) in lower-case hexadecimal digits. Throws Failure where OpenSSL has none.
[[nodiscard]] auto sha256_hex(std::string_view bytes) -> std::string;

}  // namespace fedgate::output
