#include "compiler/emit/runbook.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "compiler/emit/csr.h"
#include "compiler/emit/lync_cmdlets.h"
#include "compiler/emit/posh.h"
#include "compiler/emit/quote/markdown.h"
#include "compiler/emit/quote/powershell.h"
#include "compiler/emit/server_steps.h"
#include "compiler/emit/zone.h"
#include "schema/model.h"

namespace fedgate::emit {

namespace {

using quote::markdown_code;
using quote::powershell;

// More partners than this are counted and left to gateway.json: nobody works through such a table.
constexpr std::size_t kMostPartnersInTable = 200;

auto joined(const spec::List<value::DnsName>& names) -> std::string {
  std::string text;
  for (const auto& name : names) {
    text += fmt::format("{}{}", text.empty() ? "" : ", ", markdown_code(name->display()));
  }
  return text;
}

// Behind the last `/` or `\`: what a file is called on the computer that it was copied to.
auto base_name(const std::string& path) -> std::string {
  return path.substr(path.find_last_of("/\\") + 1);
}

// Records that partners and authorities look at before they look at the gateway.
auto comes_first(const rules::Record& record) -> bool {
  return record.type() == rules::RrType::caa || record.type() == rules::RrType::tlsa;
}

class Runbook {
 public:
  explicit Runbook(const compiler::Plan& plan)
      : plan_(&plan), gateway_(plan.gateway), is_lync_(spec::is_lync(*plan.gateway->platform)) {}

  auto run() -> std::string {
    title();
    if (is_lync_) {
      conditions();
    } else {
      step("Make sure that the conditions hold");
      text_ += server_conditions(*plan_);
    }
    publish_first();
    publish_documents();
    for (const compiler::CertificatePlan& certificate : plan_->certificates) {
      request(certificate);
    }
    if (is_lync_) {
      if (const compiler::CertificatePlan* certificate = plan_->presented()) {
        install(*certificate);
        restart();
      }
      if (!plan_->partners.empty()) {
        policies();
      }
      apply();
      publish();
      verify();
    } else {
      step("Configure the server");
      text_ += server_configuration(*plan_);
      publish();
      step("Verify");
      text_ += server_verification(*plan_);
    }
    partners();
    return std::move(text_);
  }

 private:
  void title();
  void conditions();
  void request(const compiler::CertificatePlan& certificate);
  void request_commands(const compiler::CertificatePlan& certificate);
  void install(const compiler::CertificatePlan& certificate);
  void restart();
  void policies();
  void apply();
  void secret();
  void publish_first();
  void publish_documents();
  void publish();
  void verify();
  void partners();

  template <typename... Args>
  void say(fmt::format_string<const Args&...> format, const Args&... args) {
    fmt::format_to(std::back_inserter(text_), format, args...);
    text_ += '\n';
  }
  void step(std::string_view heading) { say("\n## {}. {}\n", ++step_, heading); }
  void shell(std::string_view code, std::string_view language = "powershell") {
    text_ += quote::markdown_block(language, code);
  }

  const compiler::Plan* plan_;
  const spec::Gateway* gateway_;
  bool is_lync_;
  std::string text_;
  int step_ = 0;
};

void Runbook::title() {
  const auto platform = static_cast<std::size_t>(*gateway_->platform);
  say("# Runbook for gateway {}\n", gateway_->name->text());
  say("Compiled by fedgate: change the spec and compile again, not this file. The other files that "
      "it "
      "names lie beside it.\n");
  say("| | |\n|---|---|");
  say("| platform | {} |", spec::kWords<spec::Platform>.at(platform).description);
  say("| XMPP domains | {} |", joined(*gateway_->domains));
  say("| Access Edge | {}, port {} |", markdown_code(gateway_->access_edge->fqdn->display()),
      *gateway_->access_edge->port);
  say("| partners | {} |", plan_->partners.size());
  if (!is_lync_) {
    const std::string copy = "/root/" + gateway_->name->text();
    say("\nCommands go into a shell on the server, as root, in a copy of this folder: the steps "
        "write keys and requests there, and fedgate compiles only into a folder that holds nothing "
        "else.\n");
    shell(fmt::format("install -d -m 700 {0}\ncp -R . {0}\ncd {0}\n", copy), "sh");
    return;
  }
  say("\nCommands go into the {} on a server that reaches the Central Management store, unless a "
      "step names another place, and in a copy of this folder: the steps write requests there, and "
      "fedgate compiles only into a folder that holds nothing else. Lines with `Read-Host` ask for "
      "what the spec does not know.",
      management_shell(*gateway_->platform));
}

void Runbook::conditions() {
  step("Make sure that the conditions hold");
  say("- [ ] Every user who is to federate over XMPP has been moved to the pool that this gateway "
      "serves.");
  say("- [ ] None of them is homed on a Survivable Branch Appliance or Server: there, XMPP "
      "presence and "
      "messages do not work.");
  say("- [ ] The Edge Server is deployed, and the topology names one Edge pool, and one only, for "
      "XMPP "
      "federation.");
  say("- [ ] {} {} of the deployment:\n", joined(*gateway_->domains),
      gateway_->domains->size() == 1 ? "is a SIP domain" : "are SIP domains");
  shell("Get-CsSipDomain | Format-Table -Property Identity, IsDefault\n");
  say("- [ ] The firewalls let these pass:\n");
  std::string edge = markdown_code(gateway_->access_edge->fqdn->display());
  for (const auto& address : *gateway_->access_edge->addresses) {
    edge += ", " + markdown_code(address->to_text());
  }
  say("| from | to | port |\n|---|---|---|");
  say("| any | Access Edge, external ({}) | {}/TCP |", edge, kXmppPort);
  say("| Access Edge, external ({}) | any | {}/TCP |", edge, kXmppPort);
  say("| Front End Servers | Edge Server, internal address | {}/TCP |", kInternalXmppPort);
}

void Runbook::request(const compiler::CertificatePlan& certificate) {
  const spec::Certificate& it = *certificate.spec;
  step(fmt::format("Request certificate {}", it.name->text()));
  say("Skip this step while the certificate in place has these names and is valid long enough, and "
      "while a request is on its way: a second one makes a new key, and the certificate for the "
      "first is useless then.\n");
  request_commands(certificate);
  say("\n| name on the certificate | why |\n|---|---|");
  for (const value::DnsPattern& name : certificate.facts->requested) {
    const auto& required = certificate.facts->required;
    const auto need = std::find_if(required.begin(), required.end(), [&](const auto& one) {
      return value::DnsPattern(one.name) == name;
    });
    say("| {} | {} |", markdown_code(name.display()),
        need == required.end() ? "the spec asks for it" : rules::describe(need->reason));
  }
  say("");
  if (*it.issuer->trust == spec::Trust::private_ca) {
    say("Submit the request to your certificate authority, from a folder with a copy of it on a "
        "computer of its domain:\n");
    shell(fmt::format("certreq -submit -attrib {} {} {}\n",
                      powershell("CertificateTemplate:" + it.template_name->text()),
                      powershell(base_name(request_file(it))),
                      powershell(it.name->text() + ".cer")));
  } else {
    say("Submit the request to the public certificate authority{}.",
        it.issuer->caa_identity.present()
            ? fmt::format(" (the one that CAA records call {})",
                          markdown_code(it.issuer->caa_identity->display()))
            : "");
  }
  if (it.validity.present()) {
    say("A request cannot carry a lifetime: ask the authority for {}.",
        markdown_code(it.validity->to_text()));
  }
}

void Runbook::request_commands(const compiler::CertificatePlan& certificate) {
  const spec::Certificate& it = *certificate.spec;
  if (!is_lync_) {
    say("On the computer that keeps the private key:\n");
    shell(fmt::format("test ! -e {}.key &&\n  {}\n", it.name->text(),
                      openssl_command(it, "csr/" + it.name->text() + ".cnf", request_file(it))),
          "sh");
    say("\nWhere that key is there already, it belongs to an earlier request: move it away once "
        "its certificate is no longer used.");
    return;
  }
  if (has_powershell_request(*plan_, certificate)) {
    say("On the Edge Server, which keeps the private key:\n");
    shell(fmt::format("& {}\n", powershell(".\\csr\\" + it.name->text() + ".ps1")));
    say("\nOr, without the cmdlets of the server, with the tool of Windows:\n");
  } else {
    say("On the computer that keeps the private key:\n");
  }
  shell(fmt::format("certreq -new {} {}\n", powershell("csr\\" + it.name->text() + ".inf"),
                    powershell(request_file(it))));
  say("\n{} is the same request for OpenSSL.", markdown_code("csr/" + it.name->text() + ".cnf"));
}

void Runbook::install(const compiler::CertificatePlan& certificate) {
  step(fmt::format("Import and assign certificate {}", certificate.spec->name->text()));
  say("Skip this step and the next one where no new certificate has been issued.\n");
  say("On the Edge Server where the request was made; the other servers of an Edge pool get the "
      "certificate with its key, exported from there:\n");
  shell(
      fmt::format("$issued = Read-Host -Prompt 'Full path of the issued certificate (.cer)'\n"
                  "Import-CsCertificate -Path $issued -PrivateKeyExportable {}\n"
                  "$thumbprint = (Get-PfxCertificate -FilePath $issued).Thumbprint\n"
                  "Set-CsCertificate -Type {} -Thumbprint $thumbprint\n",
                  *certificate.spec->key->exportable ? "$true" : "$false", kExternalEdgeTypes));
}

void Runbook::restart() {
  step("Restart the services of the Edge Server");
  say("On the Edge Server; it drops all sessions, so choose the hour:\n");
  shell("Stop-CsWindowsService\nStart-CsWindowsService\n");
}

void Runbook::policies() {
  step("Let users federate");
  say("XMPP is off in every external access policy until it is switched on. For the global policy; "
      "name others by their identity:\n");
  shell(
      "Get-CsExternalAccessPolicy | Format-Table -Property Identity, EnableFederationAccess, "
      "EnableXmppAccess\n"
      "Set-CsExternalAccessPolicy -Identity Global -EnableFederationAccess $true "
      "-EnableXmppAccess $true\n");
}

void Runbook::apply() {
  step("Apply the partners and the gateway's settings");
  secret();
  say("First see what would change, then change it:\n");
  if (plan_->partners.empty()) {
    shell("& '.\\lync\\apply.ps1' -WhatIf -Prune\n& '.\\lync\\apply.ps1' -Prune\n");
    say("\nThe spec lists no partner, and `-Prune` removes those that are allowed now: with none "
        "left, XMPP federation is off.");
    return;
  }
  shell("& '.\\lync\\apply.ps1' -WhatIf\n& '.\\lync\\apply.ps1'\n");
  say("\nIt names allowed partners that the spec does not list; `-Prune` removes them. Where "
      "federation "
      "is switched off as a whole it says so; `-EnableFederation` switches it on, for SIP partners "
      "too.");
}

void Runbook::secret() {
  if (!gateway_->dialback_passphrase.present()) {
    return;
  }
  const spec::SecretReference& reference = *gateway_->dialback_passphrase;
  if (reference.file.present()) {
    say("The script reads the dialback passphrase from the one line of the file {}, which must be "
        "there "
        "where it runs.\n",
        markdown_code(reference.file->text()));
    return;
  }
  const std::string& variable = reference.env->text();
  say("The script reads the dialback passphrase from the environment variable {}. To set it for "
      "this "
      "session without leaving it in the history:\n",
      markdown_code(variable));
  shell(
      fmt::format("$secret = Read-Host -Prompt 'Dialback passphrase' -AsSecureString\n"
                  "$plain = (New-Object System.Net.NetworkCredential('', $secret)).Password\n"
                  "[Environment]::SetEnvironmentVariable({}, $plain)\n",
                  powershell(variable)));
  say("");
}

void Runbook::publish_first() {
  std::string zones;
  for (const compiler::ZonePlan& zone : plan_->zones) {
    const auto& records = zone.facts->records;
    if (std::any_of(records.begin(), records.end(), comes_first)) {
      zones += fmt::format("- [ ] Zone {}: the CAA and TLSA records of {}.\n",
                           markdown_code(zone.spec->name->display()),
                           markdown_code(zone_path(*zone.spec)));
    }
  }
  if (zones.empty()) {
    return;
  }
  step("Publish the DNS records that come first");
  say("An authority looks for its CAA record before it issues, and partners look for TLSA records "
      "before they accept a new key. In place of those that the zone has, with a higher serial; "
      "then wait for as long as the old ones may be cached:\n");
  text_ += zones;
}

void Runbook::publish() {
  step("Publish the DNS records");
  std::string zones;
  std::set<std::string> named;
  for (const compiler::ZonePlan& zone : plan_->zones) {
    if (zone.facts->records.empty()) {
      continue;
    }
    zones += fmt::format("- [ ] Zone {}: all records of {}.\n",
                         markdown_code(zone.spec->name->display()),
                         markdown_code(zone_path(*zone.spec)));
    for (const rules::Record& record : zone.facts->records) {
      named.insert(record.owner());
    }
  }
  if (!zones.empty()) {
    say("In place of the records of these names and types that the zone has, with a higher "
        "serial; where the zone takes dynamic updates (RFC 2136), "
        "`fedgate emit zone ZONE --as nsupdate` writes them for `nsupdate`:\n");
    text_ += zones;
  }
  std::string others;
  for (const auto& domain : *gateway_->domains) {
    const std::string owner = std::string(rules::kXmppServerService) + domain->ascii();
    if (!named.contains(owner)) {
      others += fmt::format("- [ ] {}: an SRV record {} with target {} and port {}.\n",
                            markdown_code(domain->display()), markdown_code(owner),
                            markdown_code(gateway_->access_edge->fqdn->ascii()),
                            *gateway_->access_edge->port);
    }
  }
  if (!named.contains(gateway_->access_edge->fqdn->ascii())) {
    others += fmt::format("- [ ] {}: the addresses of the Access Edge, as A and AAAA records.\n",
                          markdown_code(gateway_->access_edge->fqdn->display()));
  }
  if (!others.empty()) {
    say("{}In zones that the spec does not have:\n", zones.empty() ? "" : "\n");
    text_ += others;
  }
}

void Runbook::publish_documents() {
  if (!*gateway_->posh) {
    return;
  }
  step("Publish the POSH documents");
  say("Each web server answers over HTTPS, with a certificate for the domain itself. Publish them "
      "anew whenever the gateway's certificate is renewed, before it is put into use.\n");
  for (const auto& domain : *gateway_->domains) {
    say("- [ ] {} is {}.", markdown_code(posh_path(*domain)),
        markdown_code(fmt::format("https://{}{}", domain->ascii(), kPoshUrlPath)));
  }
}

void Runbook::verify() {
  step("Verify");
  say("From outside, the SRV record of each domain and the address of its target:\n");
  std::string look_ups;
  for (const auto& domain : *gateway_->domains) {
    look_ups += fmt::format("nslookup -type=SRV {}\n",
                            powershell(std::string(rules::kXmppServerService) + domain->ascii()));
  }
  look_ups += fmt::format("nslookup {}\n", powershell(gateway_->access_edge->fqdn->ascii()));
  shell(look_ups);
  say("\nOn the Edge Server, that both ports are listened on:\n");
  shell(fmt::format("netstat -ano | findstr {}\nnetstat -ano | findstr {}\n", kXmppPort,
                    kInternalXmppPort));
  if (plan_->partners.empty()) {
    return;
  }
  say("\nA message to a partner, sent by a test user of the pool:\n");
  shell(
      "$pool = Read-Host -Prompt 'FQDN of the Front End pool'\n"
      "$receiver = Read-Host -Prompt 'Address of a user of a partner (name@domain)'\n"
      "Test-CsXmppIM -TargetFqdn $pool -Receiver $receiver\n");
}

void Runbook::partners() {
  say("\n## Partners\n");
  if (plan_->partners.size() > kMostPartnersInTable) {
    say("{} partners; {} lists them.", plan_->partners.size(), markdown_code("gateway.json"));
    return;
  }
  if (plan_->partners.empty()) {
    say("None.");
    return;
  }
  say("Streams authenticate with the first method that both sides can do.\n");
  say("| domain | type | TLS / SASL / dialback | methods, strongest first | agreement until |\n"
      "|---|---|---|---|---|");
  for (const compiler::PartnerPlan& partner : plan_->partners) {
    const auto& methods =
        partner.facts->agreed ? *partner.facts->agreed : partner.facts->row->methods;
    std::string words;
    for (const rules::Method method : methods) {
      words += fmt::format("{}{}", words.empty() ? "" : ", ", rules::word(method));
    }
    const auto& until = partner.spec->agreement_until;
    say("| {} | {} | {} | {} | {} |", markdown_code(partner.spec->domain->display()),
        spec::word(*partner.spec->type), partner.facts->posture, words,
        until.present() ? until->to_text() : "");
  }
}

}  // namespace

auto emit_runbook(const compiler::Plan& plan) -> std::string { return Runbook(plan).run(); }

}  // namespace fedgate::emit
