#include "schema/x509/certificate.h"

#include <map>
#include <string>
#include <vector>

#include "schema/value/describe.h"
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

namespace {

// Certificates that issue each other, each known by a word.
class Authorities {
 public:
  // A certificate of `name`, whose issuer is `issuer` and whose signature is made with the key of
  // `signer`.
  auto issue(const std::string& name, const std::string& issuer, const std::string& signer,
             bool is_authority) -> std::string {
    x509::CertificateContent content;
    content.content.subject = {{"CN", name}};
    content.is_authority = is_authority;
    content.not_before = kBegin;
    content.not_after = kEnd;
    return x509::make_certificate(content, key(name), {{{"CN", issuer}}, &key(signer)});
  }
  auto authority(const std::string& name, const std::string& issuer) -> std::string {
    return issue(name, issuer, issuer, true);
  }
  auto service(const std::string& name, const std::string& issuer) -> std::string {
    return issue(name, issuer, issuer, false);
  }

 private:
  auto key(const std::string& name) -> const x509::PrivateKey& {
    auto found = keys_.find(name);
    if (found == keys_.end()) {
      found = keys_.emplace(name, x509::make_private_key({true, 0, "p256"})).first;
    }
    return found->second;
  }

  std::map<std::string, x509::PrivateKey> keys_;
};

// Subject and role of each, in their order.
auto roles_of(const x509::CertificateFile& file) -> std::string {
  std::string text;
  for (const x509::Certificate& one : file.certificates) {
    text += text.empty() ? "" : " ";
    text += one.content.subject.substr(3) + ':' + std::string(x509::word(one.role));
  }
  return text;
}

}  // namespace

TEST_CASE("The certificates of a file form a chain or tell why not", "[x509]") {
  Authorities all;
  const std::string leaf = all.service("leaf", "mid");
  const std::string other_leaf = all.service("other", "mid");
  const std::string mid = all.authority("mid", "root");
  const std::string mid_by_second = all.authority("mid", "second");
  const std::string root = all.authority("root", "root");
  const std::string root_by_second = all.authority("root", "second");
  const std::string second = all.authority("second", "second");
  const std::string direct = all.service("direct", "root");
  const std::string selfsigned = all.service("selfsigned", "selfsigned");
  struct Row {
    std::string what;
    std::string bytes;
    x509::ChainState state;
    std::string roles;
  };
  using State = x509::ChainState;
  const std::vector<Row> rows = {
      {"alone", leaf, State::lone, "leaf:link"},
      {"self-signed", selfsigned, State::ordered, "selfsigned:link"},
      {"with its issuer", leaf + mid, State::ordered, "leaf:link mid:link"},
      {"with the root", leaf + mid + root, State::ordered, "leaf:link mid:link root:link"},
      {"its issuer first", mid + leaf, State::misplaced, "leaf:link mid:link"},
      {"the root first", root + direct, State::misplaced, "direct:link root:link"},
      {"a root first that did not issue it", root + leaf, State::misplaced,
       "leaf:link root:stranger"},
      {"the rest in another order", leaf + root + mid, State::unordered,
       "leaf:link root:link mid:link"},
      {"an intermediate is missing", leaf + root, State::broken, "leaf:link root:stranger"},
      {"a twin of the issuer", leaf + mid + mid_by_second + root, State::ordered,
       "leaf:link mid:link mid:link root:link"},
      {"a root that another one certified", leaf + mid + root + root_by_second + second,
       State::ordered, "leaf:link mid:link root:link root:link second:link"},
      {"the leaf twice", leaf + leaf + mid, State::ordered, "leaf:link leaf:copy mid:link"},
      {"everything twice", leaf + mid + leaf + mid, State::ordered,
       "leaf:link mid:link leaf:copy mid:copy"},
      {"a foreign root at the end", leaf + mid + second, State::ordered,
       "leaf:link mid:link second:stranger"},
      {"a second leaf", leaf + other_leaf + mid, State::ordered,
       "leaf:link other:stranger mid:link"},
      {"a copy alone", leaf + leaf, State::lone, "leaf:link leaf:copy"},
      {"authorities alone", root + mid, State::misplaced, "mid:link root:link"},
      {"a signature of another key", all.issue("leaf", "mid", "root", false) + mid, State::forged,
       "leaf:link mid:stranger"}};
  for (const Row& row : rows) {
    CAPTURE(row.what);
    const auto file = x509::read_certificates(row.bytes);
    REQUIRE(file.has_value());
    CHECK(x509::word((*file).chain) == x509::word(row.state));
    CHECK(roles_of(*file) == row.roles);
  }
}

TEST_CASE("Names of a foreign file are safe to show", "[x509]") {
  CHECK(value::shown("contoso.com") == "contoso.com");
  CHECK(value::shown(std::string("a\0b", 3)) == "a<U+0000>b");
  CHECK(value::shown("a\x1b[31mb") == "a<U+001B>[31mb");
  CHECK(value::shown("a\xff") == "a<byte 0xFF>");
  CHECK(value::shown("b\u00fccher.example") == "b\u00fccher.example");
  CHECK(value::shown(std::string(301, 'a')) == std::string(300, 'a') + "\u2026");
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
      {"an indented key behind a certificate",
       pem + "  -----BEGIN PRIVATE KEY-----\n  AAAA\n  -----END PRIVATE KEY-----\n",
       "it holds a private key, which has no place in a folder that others read"},
      {"a key in a block that is cut off", pem + "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n",
       "it holds a private key, which has no place in a folder that others read"},
      {"a key whose marks are in lower case",
       pem + "-----begin private key-----\nAAAA\n-----end private key-----\n",
       "it holds a private key, which has no place in a folder that others read"},
      {"a key with a passphrase as OpenSSL wrote it before PKCS #8",
       "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n"
       "-----END RSA PRIVATE KEY-----\n",
       "it holds a private key that is encrypted; keys have no place here"},
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
