#include "schema/x509/certificate.h"

#include <string>
#include <vector>

#include "schema/x509/writer.h"
#include "tests/support/catch.h"

using namespace fedgate;

namespace {

constexpr std::int64_t kBegin = 1'767'225'600;  // 2026-01-01
constexpr std::int64_t kEnd = kBegin + 90 * 86'400 - 1;

auto ecdsa_key() -> const x509::PrivateKey& {
  static const x509::PrivateKey kKey = x509::make_private_key({true, 0, "p256"});
  return kKey;
}

auto other_key() -> const x509::PrivateKey& {
  static const x509::PrivateKey kKey = x509::make_private_key({true, 0, "p384"});
  return kKey;
}

auto content_with(std::vector<std::string> names) -> x509::RequestContent {
  x509::RequestContent content;
  content.subject = {{"C", "US"}, {"O", "Contoso, Ltd."}, {"CN", "contoso.com"}};
  content.dns = std::move(names);
  content.srv = {"_xmpp-server.contoso.com"};
  content.xmpp = {"b\u00fccher.example"};
  content.extended_key_usage = {"server_auth", "1.2.3.4"};
  return content;
}

auto certificate_with(const x509::RequestContent& content) -> std::string {
  x509::CertificateContent all;
  all.content = content;
  all.not_before = kBegin;
  all.not_after = kEnd;
  return x509::make_certificate(all, ecdsa_key(), {{{"CN", "Issuer"}}, &other_key()});
}

}  // namespace

TEST_CASE("A certificate reads back as it was written", "[x509]") {
  const auto file =
      x509::read_certificates(certificate_with(content_with({"contoso.com", "*.b.example"})));
  REQUIRE(file.has_value());
  CHECK((*file).chain == x509::ChainState::lone);
  const x509::Certificate& one = (*file).certificates.at(0);
  CHECK(one.content.subject == "C=US, O=Contoso, Ltd., CN=contoso.com");
  CHECK(one.issuer == "CN=Issuer");
  CHECK(one.not_before.seconds == kBegin);
  CHECK(one.not_after.seconds == kEnd);
  CHECK(one.content.names.dns == std::vector<std::string>{"contoso.com", "*.b.example"});
  CHECK(one.content.names.srv == std::vector<std::string>{"_xmpp-server.contoso.com"});
  CHECK(one.content.names.xmpp == std::vector<std::string>{"b\u00fccher.example"});
  CHECK(one.content.extended_key_usage == std::vector<std::string>{"server_auth", "1.2.3.4"});
  CHECK(one.content.key.algorithm == "ecdsa");
  CHECK(one.content.key.curve == "p256");
  CHECK(one.content.key.digest == ecdsa_key().description().digest);
  CHECK(one.content.signature.digest == "sha256");
  CHECK_FALSE(one.content.is_authority);
  CHECK_FALSE(one.is_self_signed);
  CHECK(one.has_crl_distribution_point);
}

TEST_CASE("A request reads back as it was written", "[x509]") {
  const x509::RequestContent content = content_with({"contoso.com"});
  const auto request = x509::read_request(x509::make_request(content, other_key()));
  REQUIRE(request.has_value());
  CHECK((*request).is_signed);
  CHECK((*request).content.key.curve == "p384");
  CHECK((*request).content.signature.digest == "sha384");
  CHECK((*request).content.names.dns == content.dns);
  CHECK((*request).content.names.srv == content.srv);
  const auto forged = x509::read_request(x509::make_request(content, ecdsa_key(), &other_key()));
  REQUIRE(forged.has_value());
  CHECK_FALSE((*forged).is_signed);
}

TEST_CASE("Names of a foreign file are safe to show", "[x509]") {
  CHECK(x509::shown("contoso.com") == "contoso.com");
  CHECK(x509::shown(std::string("a\0b", 3)) == "a<U+0000>b");
  CHECK(x509::shown("a\x1b[31mb") == "a<U+001B>[31mb");
  CHECK(x509::shown("a\xff") == "a<byte 0xFF>");
  CHECK(x509::shown("b\u00fccher.example") == "b\u00fccher.example");
  CHECK(x509::shown(std::string(301, 'a')) == std::string(300, 'a') + "\u2026");
  const auto file = x509::read_certificates(
      certificate_with(content_with({std::string("contoso.com\0.evil", 17)})));
  REQUIRE(file.has_value());
  CHECK((*file).certificates.at(0).content.names.dns.at(0).size() == 17);
}

TEST_CASE("A file that holds something else is a defect", "[x509]") {
  struct Row {
    std::string what;
    std::string bytes;
    std::string message;
  };
  const std::string pem = certificate_with(content_with({"contoso.com"}));
  const std::string request = x509::make_request(content_with({"contoso.com"}), ecdsa_key());
  const std::vector<Row> rows = {
      {"nothing", "", "it is empty"},
      {"text", "any text", "it is neither PEM nor DER of a certificate or request"},
      {"a request", request, "it holds a certificate request"},
      {"half a block", pem.substr(0, pem.size() / 2),
       "its PEM block number 1 is damaged or cut off"},
      {"a second one cut off", pem + pem.substr(0, 100),
       "its PEM block number 2 is damaged or cut off"},
      {"UTF-16", "\xff\xfe-", "it is UTF-16 text"},
      {"DER cut off",
       "\x30\x82\x10\x10"
       "abc",
       "it is cut off: its DER announces more bytes than there are"},
      {"another block", "-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n",
       "it holds PEM of another kind"},
      {"no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
       "what its PEM block number 1 holds is no certificate"},
      {"a key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
       "it holds a private key, which has no place in a folder that others read"},
      {"an encrypted key",
       "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n",
       "it holds a private key that is encrypted; keys have no place here"}};
  for (const Row& row : rows) {
    CAPTURE(row.what);
    const auto file = x509::read_certificates(row.bytes);
    REQUIRE_FALSE(file.has_value());
    CHECK(file.error().message == row.message);
    CHECK_FALSE(file.error().help.empty());
  }
  CHECK(x509::read_request(pem).error().message == "it holds a certificate");
  CHECK(x509::read_request(request + request).error().message == "it holds 2 requests");
}
