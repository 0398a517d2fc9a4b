#include "compiler/emit/lync.h"

#include <array>
#include <charconv>
#include <string_view>

#include <fmt/format.h>

#include "compiler/emit/csr.h"
#include "compiler/emit/lync_cmdlets.h"
#include "compiler/emit/lync_script.h"
#include "compiler/emit/quote/powershell.h"
#include "compiler/emit/zone.h"

namespace fedgate::emit {

namespace {

// What a row of the partner table takes, with a description of usual length.
constexpr std::size_t kBytesPerRow = 400;

// The cmdlets' words, in the order of the spec's enumerations.
constexpr std::array<std::string_view, 3> kNegotiation = {"Required", "Optional", "NotSupported"};
constexpr std::array<std::string_view, 3> kPartnerType = {"Federated", "PublicVerified",
                                                          "PublicUnverified"};

auto word(spec::Negotiation value) -> std::string_view {
  return kNegotiation.at(static_cast<std::size_t>(value));
}

auto word(spec::PartnerType value) -> std::string_view {
  return kPartnerType.at(static_cast<std::size_t>(value));
}

auto word(bool value) -> std::string_view { return value ? "$true" : "$false"; }

void append_number(std::string& out, std::int64_t number) {
  std::array<char, 24> digits{};
  auto* const end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

// `@('a', 'b')`, in the order of the list; `text_of` gives the text of an item.
template <typename List, typename TextOf>
void append_list(std::string& out, const List& items, TextOf text_of) {
  out += "@(";
  std::string_view separator;
  for (const auto& item : items) {
    out += separator;
    quote::append_powershell(out, text_of(item));
    separator = ", ";
  }
  out += ')';
}

// One partner as the hashtable that the cmdlets get. Keys are the names of their parameters.
void append_row(std::string& out, const compiler::PartnerPlan& partner) {
  const spec::Partner& it = *partner.spec;
  out += "    @{ Identity = ";
  quote::append_powershell(out, it.domain->ascii());
  (out += "; PartnerType = '") += word(*it.type);
  (out += "'; TlsNegotiation = '") += word(*it.tls);
  (out += "'; SaslNegotiation = '") += word(*it.sasl);
  (out += "'; SupportDialbackNegotiation = ") += word(*it.dialback);
  (out += "; EnableKeepAlive = ") += word(*it.keep_alive);
  out += "; ConnectionLimit = ";
  append_number(out, *it.connection_limit);
  if (it.proxy_fqdn.present()) {
    out += "; ProxyFqdn = ";
    quote::append_powershell(out, it.proxy_fqdn->ascii());
  }
  if (!partner.additional_domains.empty()) {
    out += "; AdditionalDomains = ";
    append_list(out, partner.additional_domains,
                [](const value::DnsName* name) { return std::string_view(name->ascii()); });
  }
  if (it.description.present()) {
    out += "; Description = ";
    quote::append_powershell(out, it.description->text());
  }
  out += " }\n";
}

auto gateway_settings(const spec::Gateway& gateway) -> std::string {
  return fmt::format(
      "# Set-CsXmppGatewayConfiguration; times in seconds.\n"
      "$gateway = @{{\n"
      "    ConnectionLimit = {}\n"
      "    PartnerConnectionLimit = {}\n"
      "    KeepAliveInterval = {}\n"
      "    StreamEstablishmentTimeout = {}\n"
      "    StreamInactivityTimeout = {}\n"
      "    SubscriptionRefreshInterval = {}\n"
      "    EnableLoggingAllMessageBodies = {}\n"
      "}}\n",
      *gateway.connection_limit, *gateway.partner_connection_limit,
      gateway.keep_alive_interval->seconds(), gateway.stream_establishment_timeout->seconds(),
      gateway.stream_inactivity_timeout->seconds(),
      gateway.subscription_refresh_interval->seconds(), word(*gateway.log_message_bodies));
}

auto passphrase(const spec::Gateway& gateway) -> std::string {
  if (!gateway.dialback_passphrase.present()) {
    return {};
  }
  const spec::SecretReference& secret = *gateway.dialback_passphrase;
  return secret.env.present()
             ? fmt::format(script::kPassphraseFromVariable, quote::powershell(secret.env->text()))
             : fmt::format(script::kPassphraseFromFile, quote::powershell(secret.file->text()));
}

// What is left to do by hand, in order; the runbook has the commands.
auto remaining_steps(const compiler::Plan& plan) -> std::string {
  std::string lines;
  const auto add = [&lines](std::string_view step) {
    lines += "    ";
    quote::append_powershell(lines, step);
    lines += '\n';
  };
  if (const compiler::CertificatePlan* certificate = plan.presented()) {
    const std::string& name = certificate->spec->name->text();
    add(fmt::format(
        "Certificate {0}, if it is not in place: request it with {1} on the Edge Server, send the "
        "request to the authority, then Import-CsCertificate and Set-CsCertificate.",
        name,
        has_powershell_request(plan, *certificate) ? fmt::format("csr/{}.ps1", name)
                                                   : fmt::format("certreq and csr/{}.inf", name)));
    add("After a new certificate, on the Edge Server: Stop-CsWindowsService, then "
        "Start-CsWindowsService.");
  }
  for (const compiler::ZonePlan& zone : plan.zones) {
    if (!zone.facts->records.empty()) {
      add(fmt::format("DNS: publish the records of {}.", zone_path(*zone.spec)));
    }
  }
  add("Test from a Front End Server with Test-CsXmppIM; runbook.md has the commands of every "
      "step.");
  return fmt::format("\n$steps = @(\n{})\n{}", lines, script::kPrintSteps);
}

}  // namespace

auto emit_lync(const compiler::Plan& plan) -> std::string {
  const spec::Gateway& gateway = *plan.gateway;
  const std::string head =
      fmt::format(script::kHead, gateway.name->text(), management_shell(*gateway.platform));
  std::string body;
  body.reserve((plan.partners.size() + 40) * kBytesPerRow);
  body += script::kPrologue;
  body += gateway_settings(gateway);
  body += "\n# The XMPP domains that this gateway serves.\n$domains = ";
  append_list(body, *gateway.domains,
              [](const auto& name) { return std::string_view(name->ascii()); });
  body +=
      "\n\n# One row for each partner; the keys are the parameters of the cmdlets.\n$partners = "
      "@(\n";
  for (const compiler::PartnerPlan& partner : plan.partners) {
    append_row(body, partner);
  }
  body += ")\n";
  body += passphrase(gateway);
  body += script::kApply;
  body += remaining_steps(plan);
  return finish_script(head, body);
}

}  // namespace fedgate::emit
