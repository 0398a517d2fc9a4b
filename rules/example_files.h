// Files of examples that are described in words: certificates and requests, which OpenSSL makes
// when the example runs. Under the example's `files`, in place of a text:
//
//   edge.pem: {certificate: {names: [contoso.example], chain: reversed}}
//   edge.csr: {request: {names: [contoso.example], key: rsa2048}}
//
// Keys, all optional: names, srv, xmpp, usage (lists); common_name (default: the first name; "": an
// empty subject), organizational_unit; key (p256, p384, p521, rsa1024, rsa2048, rsa3072, rsa4096);
// given_key (same, other: the private key that the user named). Of a certificate also: from (a
// date, default ten days before the example's), days (90), digest (sha256), authority (false), crl
// (true), chain (ordered, lone, reversed, unordered, broken, excessive, repeated, forged,
// self_signed). Of a request also: signed (true).
#pragma once

#include <optional>
#include <string>

#include "schema/base/expected.h"
#include "schema/value/date.h"
#include "schema/yaml/tree.h"

namespace fedgate::rules {

struct ExampleFile {
  std::string bytes;
  // Digest of the public half of the key that the user named, if the description names one.
  std::optional<std::string> given_key;
};

// The file that `description` describes on `day`. The error says what is wrong with it.
[[nodiscard]] auto make_example_file(const yaml::Tree& tree, const yaml::Node& description,
                                     value::Date day) -> Expected<ExampleFile, std::string>;

}  // namespace fedgate::rules
