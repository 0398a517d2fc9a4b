#include "compiler/emit/runbook.h"

#include <regex>
#include <set>

#include <fmt/format.h>

#include "tests/support/catch.h"
#include "tests/unit/compiler/emit/compiled.h"

namespace fedgate {
namespace {

using Catch::Matchers::ContainsSubstring;

auto runbook(std::string_view more) -> std::string {
  return test::artifact(test::small_spec(more), "runbook.md");
}

// The headings of level 2, in order.
auto headings(const std::string& text) -> std::vector<std::string> {
  std::vector<std::string> found;
  const std::regex regex("(^|\n)## ([^\n]*)");
  for (std::sregex_iterator it(text.begin(), text.end(), regex), end; it != end; ++it) {
    found.push_back((*it)[2]);
  }
  return found;
}

TEST_CASE("steps are numbered without gaps") {
  CHECK(headings(runbook("")) ==
        std::vector<std::string>{"1. Make sure that the conditions hold",
                                 "2. Apply the partners and the gateway's settings",
                                 "3. Publish the DNS records", "4. Verify", "Partners"});
  CHECK(headings(runbook(
            "certificates: [{name: edge-cert}]\n"
            "dns: {zones: [{name: contoso.example, caa: [{tag: issue, value: ca.example}]}]}\n"
            "partners: [{domain: a.example, type: federated}]\n")) ==
        std::vector<std::string>{
            "1. Make sure that the conditions hold", "2. Publish the DNS records that come first",
            "3. Request certificate edge-cert", "4. Import and assign certificate edge-cert",
            "5. Restart the services of the Edge Server", "6. Let users federate",
            "7. Apply the partners and the gateway's settings", "8. Publish the DNS records",
            "9. Verify", "Partners"});
}

TEST_CASE("without a partner, the runbook switches nothing on") {
  const std::string text = runbook("");
  CHECK_THAT(text, ContainsSubstring("& '.\\lync\\apply.ps1' -Prune\n"));
  CHECK(!test::contains(text, "EnableXmppAccess"));
}

TEST_CASE("records that no zone of the spec has are asked for") {
  const std::string text = test::artifact(
      "fedgate: 1\n"
      "gateway:\n  name: edge\n  platform: prosody\n"
      "  domains: [contoso.example, fabrikam.example]\n"
      "  access_edge: {fqdn: xmpp.contoso.example, port: 5299}\n"
      "dns: {zones: [{name: contoso.example, direct_tls: true}]}\n",
      "runbook.md");
  CHECK_THAT(text, ContainsSubstring("- [ ] `fabrikam.example`: an SRV record "
                                     "`_xmpp-server._tcp.fabrikam.example` with target "
                                     "`xmpp.contoso.example` and port 5299.\n"));
  CHECK(!test::contains(text, "`contoso.example`: an SRV record"));
  CHECK_THAT(text, ContainsSubstring("dig +short SRV _xmpps-server._tcp.contoso.example\n"));
  CHECK(!test::contains(text, "_xmpps-server._tcp.fabrikam.example"));
}

TEST_CASE("only cmdlets and parameters of the reference are used in the runbook") {
  const std::string text = runbook(
      "  dialback_passphrase: {env: SECRET}\ncertificates: [{name: a}]\n"
      "partners: [{domain: a.example, type: federated}]\n");
  std::set<std::string> uses;
  const std::regex command("([A-Z][a-z]+-Cs[A-Za-z]+)([^|\n]*)");
  const std::regex parameter(" -([A-Za-z]+)");
  for (std::sregex_iterator it(text.begin(), text.end(), command), end; it != end; ++it) {
    const std::string rest = (*it)[2];
    uses.insert((*it)[1]);
    for (std::sregex_iterator one(rest.begin(), rest.end(), parameter); one != end; ++one) {
      uses.insert((*it)[1].str() + " -" + (*one)[1].str());
    }
  }
  CHECK(uses ==
        std::set<std::string>{
            "Get-CsExternalAccessPolicy", "Get-CsSipDomain", "Import-CsCertificate",
            "Import-CsCertificate -Path", "Import-CsCertificate -PrivateKeyExportable",
            "Set-CsCertificate", "Set-CsCertificate -Thumbprint", "Set-CsCertificate -Type",
            "Set-CsExternalAccessPolicy", "Set-CsExternalAccessPolicy -EnableFederationAccess",
            "Set-CsExternalAccessPolicy -EnableXmppAccess", "Set-CsExternalAccessPolicy -Identity",
            "Start-CsWindowsService", "Stop-CsWindowsService", "Test-CsXmppIM",
            "Test-CsXmppIM -Receiver", "Test-CsXmppIM -TargetFqdn"});
}

TEST_CASE("a long list of partners is left to gateway.json") {
  std::string partners = "partners:\n";
  for (int i = 0; i < 200; ++i) {
    partners += fmt::format("  - {{domain: p{}.example, type: federated}}\n", i);
  }
  CHECK_THAT(runbook(partners), ContainsSubstring("| `p199.example` | federated | "));
  partners += "  - {domain: last.example, type: federated}\n";
  const std::string text = runbook(partners);
  CHECK_THAT(text, ContainsSubstring("201 partners; `gateway.json` lists them."));
  CHECK(text.find("p199.example") == std::string::npos);
}

TEST_CASE("paths with special characters are quoted for shell and page") {
  const std::string text = runbook(
      "  dialback_passphrase: {file: \"c:\\\\a|b\"}\n"
      "certificates: [{name: a, request_file: \"c:\\\\it's ```\"}]\n");
  CHECK_THAT(text, ContainsSubstring("<code>c&#58;&#92;a&#124;b</code>"));
  CHECK_THAT(
      text, ContainsSubstring("````powershell\ncertreq -new 'csr\\a.inf' 'c:\\it''s ```'\n````\n"));
}

}  // namespace
}  // namespace fedgate
