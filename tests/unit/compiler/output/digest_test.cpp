#include "compiler/output/digest.h"

#include "tests/support/catch.h"

using fedgate::output::sha256_hex;

TEST_CASE("SHA-256 of known texts") {
  // The one-block example of FIPS 180-2 appendix B.1, the empty text, and appendix B.3.
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_hex(std::string(1000000, 'a')) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("a NUL is a byte like any other") {
  CHECK(sha256_hex(std::string("a\0b", 3)) != sha256_hex("a"));
}
