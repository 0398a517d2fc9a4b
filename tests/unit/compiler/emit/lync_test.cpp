#include "compiler/emit/lync.h"

#include <regex>
#include <set>

#include <fmt/format.h>

#include "tests/support/catch.h"
#include "tests/unit/compiler/emit/compiled.h"

namespace fedgate {
namespace {

using Catch::Matchers::ContainsSubstring;

auto script(std::string_view more) -> std::string {
  return test::artifact(test::small_spec(more), "lync/apply.ps1");
}

// All words of `text` that the pattern's first group matches.
auto words(const std::string& text, const std::string& pattern) -> std::set<std::string> {
  std::set<std::string> found;
  const std::regex regex(pattern);
  for (std::sregex_iterator it(text.begin(), text.end(), regex), end; it != end; ++it) {
    found.insert((*it)[1]);
  }
  return found;
}

const std::string kFullPartner =
    "partners:\n"
    "  - domain: b.example\n    type: public_unverified\n    description: it's B\n"
    "    additional_domains: [y.b.example, x.b.example]\n    tls: optional\n"
    "    sasl: not_supported\n    dialback: true\n    connection_limit: 7\n"
    "    keep_alive: false\n    proxy_fqdn: xmpp.b.example\n";

TEST_CASE("a partner is one row that has every negotiation setting") {
  CHECK_THAT(script("partners: [{domain: a.example, type: federated}]\n"),
             ContainsSubstring("    @{ Identity = 'a.example'; PartnerType = 'Federated'; "
                               "TlsNegotiation = 'Required'; SaslNegotiation = 'Required'; "
                               "SupportDialbackNegotiation = $false; EnableKeepAlive = $true; "
                               "ConnectionLimit = 20 }\n"));
  CHECK_THAT(
      script(kFullPartner),
      ContainsSubstring(
          "    @{ Identity = 'b.example'; PartnerType = 'PublicUnverified'; "
          "TlsNegotiation = 'Optional'; SaslNegotiation = 'NotSupported'; "
          "SupportDialbackNegotiation = $true; EnableKeepAlive = $false; "
          "ConnectionLimit = 7; ProxyFqdn = 'xmpp.b.example'; "
          "AdditionalDomains = @('x.b.example', 'y.b.example'); Description = 'it''s B' }\n"));
}

TEST_CASE("each combination is written in the words of the cmdlets") {
  using Row = std::tuple<std::string, std::string>;
  const auto [spec, cmdlet] = GENERATE(values<Row>(
      {{"required", "Required"}, {"optional", "Optional"}, {"not_supported", "NotSupported"}}));
  const std::string text = script(fmt::format(
      "partners: [{{domain: a.example, type: federated, tls: {0}, sasl: {0}}}]\n", spec));
  CHECK_THAT(text, ContainsSubstring("TlsNegotiation = '" + cmdlet + "'"));
  CHECK_THAT(text, ContainsSubstring("SaslNegotiation = '" + cmdlet + "'"));
}

TEST_CASE("the keys of a partner are parameters of New- and Set-CsXmppAllowedPartner") {
  const std::string text = script(kFullPartner);
  const std::size_t begin = text.find("@{ Identity");
  const std::string row = text.substr(begin, text.find('\n', begin) - begin);
  CHECK(words(row, "[{;] (\\w+) =") ==
        std::set<std::string>{"AdditionalDomains", "ConnectionLimit", "Description",
                              "EnableKeepAlive", "Identity", "PartnerType", "ProxyFqdn",
                              "SaslNegotiation", "SupportDialbackNegotiation", "TlsNegotiation"});
}

TEST_CASE("the keys of the gateway are parameters of Set-CsXmppGatewayConfiguration") {
  const std::string text = script(
      "  connection_limit: 900\n  partner_connection_limit: 30\n"
      "  keep_alive_interval: 5m1s\n  stream_establishment_timeout: 61s\n"
      "  stream_inactivity_timeout: 11m\n  subscription_refresh_interval: 4294967295s\n"
      "  log_message_bodies: true\n");
  CHECK_THAT(text, ContainsSubstring("$gateway = @{\n"
                                     "    ConnectionLimit = 900\n"
                                     "    PartnerConnectionLimit = 30\n"
                                     "    KeepAliveInterval = 301\n"
                                     "    StreamEstablishmentTimeout = 61\n"
                                     "    StreamInactivityTimeout = 660\n"
                                     "    SubscriptionRefreshInterval = 4294967295\n"
                                     "    EnableLoggingAllMessageBodies = $true\n"
                                     "}\n"));
}

TEST_CASE("only cmdlets and parameters of the reference are used") {
  const std::string text = script(kFullPartner + "");
  CHECK(words(text, "([A-Z][a-z]+-Cs[A-Za-z]+)") ==
        std::set<std::string>{
            "Get-CsAccessEdgeConfiguration", "Get-CsExternalAccessPolicy", "Get-CsSipDomain",
            "Get-CsXmppAllowedPartner", "New-CsXmppAllowedPartner", "Remove-CsXmppAllowedPartner",
            "Set-CsAccessEdgeConfiguration", "Set-CsExternalAccessPolicy",
            "Set-CsXmppAllowedPartner", "Set-CsXmppGatewayConfiguration", "Test-CsXmppIM"});
  CHECK(words(text, "-Cs[A-Za-z]+ +-([A-Z][A-Za-z]+)") ==
        std::set<std::string>{"AllowFederatedUsers", "Identity", "ErrorAction"});
  // Forms that stand in Microsoft's walk-throughs and that no cmdlet knows.
  for (const std::string wrong : {"EnableFederationAcces ", "XmppExternalFederationRoute",
                                  " EnableXmppAccess $true", "Not Supported"}) {
    CHECK(text.find(wrong) == std::string::npos);
  }
}

TEST_CASE("the passphrase is read where it is kept") {
  CHECK(script("").find("assphrase") == std::string::npos);
  const std::string from_variable = script("  dialback_passphrase: {env: MY_SECRET}\n");
  CHECK_THAT(from_variable, ContainsSubstring("$variable = 'MY_SECRET'\n"));
  CHECK_THAT(from_variable, ContainsSubstring("$gateway['DialbackPassphrase'] = $passphrase\n"));
  const std::string from_file = script("  dialback_passphrase: {file: \"c:\\\\it's\"}\n");
  CHECK_THAT(from_file, ContainsSubstring("$file = 'c:\\it''s'\n"));
  CHECK_THAT(from_file, ContainsSubstring("Get-Content -LiteralPath $file"));
}

TEST_CASE("a script with other letters than ASCII has a mark and looks at its own encoding") {
  const std::string plain = script("partners: [{domain: a.example, type: federated}]\n");
  CHECK(plain.starts_with("# .SYNOPSIS\n"));
  CHECK(plain.find("wrong encoding") == std::string::npos);
  const std::string other =
      script("partners: [{domain: a.example, type: federated, description: Zürich}]\n");
  CHECK(other.starts_with("\xEF\xBB\xBF# .SYNOPSIS\n"));
  // The guard runs before the first statement that holds a value.
  CHECK(other.find("wrong encoding") < other.find("Set-StrictMode"));
}

TEST_CASE("both Lync platforms differ in the shell's name only") {
  std::string lync = script(kFullPartner);
  std::string skype = test::artifact(
      test::small_spec("  platform: skype_for_business_2015\n" + kFullPartner), "lync/apply.ps1");
  const std::string name = "Skype for Business Server Management Shell";
  REQUIRE(skype.find(name) != std::string::npos);
  skype.replace(skype.find(name), name.size(), "Lync Server Management Shell");
  CHECK(skype == lync);
}

}  // namespace
}  // namespace fedgate
