#include "compiler/emit/csr.h"

#include "tests/support/catch.h"
#include "tests/unit/compiler/emit/compiled.h"

namespace fedgate {
namespace {

using Catch::Matchers::ContainsSubstring;

auto request(std::string_view members, std::string_view ending) -> std::string {
  return test::artifact(
      test::small_spec("certificates: [{name: edge-cert" + std::string(members) + "}]\n"),
      "csr/edge-cert" + std::string(ending));
}

const std::string kSubject =
    ", subject: {country: US, state: Washington, locality: Redmond, organization: \"Contoso, "
    "Ltd\", "
    "organizational_unit: \"R&D \\\"X\\\"\"}";

TEST_CASE("the OpenSSL configuration asks nothing") {
  CHECK(
      request(kSubject + ", additional_names: [\"*.x.contoso.com\"]", ".cnf") ==
      "# Certificate request edge-cert of gateway edge, compiled by fedgate: change the spec, not "
      "this file.\n"
      "# To make a new key (-nodes leaves it without a passphrase) and the request, with a copy "
      "of\n"
      "# this file in a folder of your own:\n"
      "#   openssl req -new -config edge-cert.cnf -newkey rsa:2048 -nodes -keyout edge-cert.key "
      "-out edge-cert.req\n"
      "\n[req]\nprompt = no\nutf8 = yes\nstring_mask = utf8only\ndefault_md = sha256\n"
      "default_bits = 2048\ndistinguished_name = subject\nreq_extensions = extensions\n"
      "\n[subject]\nC = \"US\"\nST = \"Washington\"\nL = \"Redmond\"\nO = \"Contoso, Ltd\"\n"
      "OU = \"R&D \\\"X\\\"\"\nCN = \"sip.contoso.com\"\n"
      "\n[extensions]\nkeyUsage = critical, digitalSignature, keyEncipherment\n"
      "extendedKeyUsage = serverAuth\nsubjectAltName = @alternative_names\n"
      "\n[alternative_names]\nDNS.1 = \"sip.contoso.com\"\nDNS.2 = \"contoso.com\"\n"
      "DNS.3 = \"*.x.contoso.com\"\n");
}

TEST_CASE("the certreq policy has the same request") {
  CHECK(
      request(kSubject + ", friendly_name: \"50 % \\\"edge\\\"\", issuer: {trust: private}",
              ".inf") ==
      "; Certificate request edge-cert of gateway edge, compiled by fedgate: change the spec, not "
      "this file.\n"
      "; As an administrator, to make a new key and the request, with a copy of this file in a\n"
      "; folder of your own:\n"
      ";   certreq -new edge-cert.inf edge-cert.req\n"
      "\n[Version]\nSignature = \"$Windows NT$\"\n\n[NewRequest]\nRequestType = PKCS10\n"
      "Subject = \"CN=sip.contoso.com,OU=\"\"R&D \"\"\"\"X\"\"\"\"\"\",O=\"\"Contoso, Ltd\"\","
      "L=Redmond,S=Washington,C=US\"\n"
      "X500NameFlags = 0x24040000\nKeyAlgorithm = RSA\nKeyLength = 2048\nKeySpec = 1\n"
      "ProviderName = \"Microsoft RSA SChannel Cryptographic Provider\"\nProviderType = 12\n"
      "KeyUsage = 0xa0\nHashAlgorithm = sha256\nExportable = TRUE\nMachineKeySet = TRUE\n"
      "SMIME = FALSE\nFriendlyName = \"50 %% \"\"edge\"\"\"\n"
      "\n[EnhancedKeyUsageExtension]\nOID = 1.3.6.1.5.5.7.3.1\n"
      "\n[Extensions]\n; Subject alternative names\n2.5.29.17 = \"{text}\"\n"
      "_continue_ = \"dns=sip.contoso.com&\"\n_continue_ = \"dns=contoso.com&\"\n"
      "\n[RequestAttributes]\nCertificateTemplate = \"WebServer\"\n");
}

TEST_CASE("a public authority gets a template only where the spec insists") {
  CHECK(request("", ".inf").find("[RequestAttributes]") == std::string::npos);
  CHECK(request("", ".ps1").find("Template") == std::string::npos);
  CHECK_THAT(request(", template: Web", ".inf"),
             ContainsSubstring("CertificateTemplate = \"Web\""));
  CHECK_THAT(request(", issuer: {trust: private}", ".ps1"),
             ContainsSubstring("Template = 'WebServer'"));
}

TEST_CASE("the cmdlet gets its parameters from a table") {
  const std::string text = request(kSubject +
                                       ", friendly_name: it's, request_file: 'c:\\edge.req', "
                                       "extended_key_usage: [client_auth, server_auth]",
                                   ".ps1");
  CHECK_THAT(text, ContainsSubstring("GetUnresolvedProviderPathFromPSPath('c:\\edge.req')\n"));
  CHECK_THAT(
      text, ContainsSubstring("$request = @{\n    New = $true\n"
                              "    Type = 'AccessEdgeExternal', 'DataEdgeExternal', "
                              "'AudioVideoAuthentication'\n"
                              "    DomainName = 'sip.contoso.com,contoso.com'\n"
                              "    Organization = 'Contoso, Ltd'\n    OU = 'R&D \"X\"'\n"
                              "    City = 'Redmond'\n    State = 'Washington'\n    Country = 'US'\n"
                              "    FriendlyName = 'it''s'\n    KeyAlg = 'RSA'\n    KeySize = 2048\n"
                              "    PrivateKeyExportable = $true\n    ClientEKU = $true\n"
                              "    Output = $output\n}\nRequest-CsCertificate @request\n"));
}

TEST_CASE("ECDSA keys are named in the words of each tool and only sign") {
  using Row = std::tuple<std::string, std::string, std::string, std::string>;
  const auto [curve, openssl, certreq, cmdlet] = GENERATE(values<Row>({
      {"p256", "P-256", "ECDSA_P256\nKeyLength = 256", "ECDH_P256"},
      {"p384", "P-384", "ECDSA_P384\nKeyLength = 384", "ECDH_P384"},
      {"p521", "P-521", "ECDSA_P521\nKeyLength = 521", "ECDH_P521"},
  }));
  const std::string key = ", key: {algorithm: ecdsa, exportable: false, curve: " + curve + "}";
  const std::string config = request(key, ".cnf");
  CHECK_THAT(config, ContainsSubstring("-newkey ec -pkeyopt ec_paramgen_curve:" + openssl + " "));
  CHECK_THAT(config, ContainsSubstring("keyUsage = critical, digitalSignature\n"));
  CHECK(config.find("default_bits") == std::string::npos);
  const std::string policy = request(key, ".inf");
  CHECK_THAT(policy, ContainsSubstring("KeyAlgorithm = " + certreq + "\n"));
  CHECK_THAT(policy, ContainsSubstring("KeyUsage = 0x80\n"));
  CHECK_THAT(policy, ContainsSubstring("Exportable = FALSE\n"));
  const std::string script = request(key, ".ps1");
  CHECK_THAT(script, ContainsSubstring("KeyAlg = '" + cmdlet + "'\n"));
  CHECK_THAT(script, ContainsSubstring("PrivateKeyExportable = $false\n"));
  CHECK(script.find("KeySize") == std::string::npos);
}

TEST_CASE("purposes stand once, in one order") {
  const std::string both = ", extended_key_usage: [client_auth, server_auth, client_auth]";
  CHECK_THAT(request(both, ".cnf"),
             ContainsSubstring("extendedKeyUsage = serverAuth, clientAuth\n"));
  CHECK_THAT(request(both, ".inf"),
             ContainsSubstring("OID = 1.3.6.1.5.5.7.3.1\nOID = 1.3.6.1.5.5.7.3.2\n\n"));
}

TEST_CASE("a certreq policy with other letters is UTF-16") {
  const std::string text = request(", subject: {organization: Zürich}", ".inf");
  CHECK(text.starts_with("\xFF\xFE;"));
  CHECK(text.find(std::string("Z\0\xFC\0r\0", 6)) != std::string::npos);
}

TEST_CASE("only the presented certificate has a request by cmdlet") {
  const auto compiled = test::compile(
      "fedgate: 1\n"
      "gateway:\n  name: edge\n  domains: [contoso.com]\n"
      "  access_edge: {fqdn: sip.contoso.com}\n  certificate: b\n"
      "certificates: [{name: a, subject: {common_name: a.contoso.com}}, {name: b}]\n");
  std::vector<std::string> paths;
  for (const output::Artifact& one : emit::emit_all(compiled->plan)) {
    paths.push_back(one.path);
  }
  CHECK(paths == std::vector<std::string>{"csr/a.cnf", "csr/a.inf", "csr/b.cnf", "csr/b.inf",
                                          "csr/b.ps1", "gateway.json", "lync/apply.ps1",
                                          "manifest.json", "runbook.md"});
}

}  // namespace
}  // namespace fedgate
