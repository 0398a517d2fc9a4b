#include "compiler/emit/server_steps.h"

#include <set>
#include <string>

#include <fmt/format.h>

#include "compiler/emit/quote/markdown.h"
#include "compiler/emit/server_name.h"

namespace fedgate::emit {

namespace {

using quote::markdown_block;
using quote::markdown_code;

auto is_prosody(const compiler::Plan& plan) -> bool {
  return *plan.gateway->platform == spec::Platform::prosody;
}

auto shell(std::string_view code) -> std::string { return markdown_block("sh", code); }

// The domains whose zone says that they take streams that start with TLS.
auto direct_tls_domains(const compiler::Plan& plan) -> std::set<std::string> {
  std::set<std::string> domains;
  for (const compiler::ZonePlan& zone : plan.zones) {
    for (const rules::Record& record : zone.facts->records) {
      if (record.service == rules::kXmppsServerService) {
        domains.insert(record.name.ascii());
      }
    }
  }
  return domains;
}

// Where the secret of dialback keys has to be; empty where the spec names none.
auto secret(const spec::Gateway& gateway) -> std::string {
  if (!gateway.dialback_passphrase.present()) {
    return {};
  }
  const spec::SecretReference& reference = *gateway.dialback_passphrase;
  return reference.env.present()
             ? fmt::format(
                   "- [ ] The environment variable {} of the service holds the dialback "
                   "passphrase (`systemctl edit prosody`, `[Service]`, `EnvironmentFile=` with a "
                   "file that only root may read; `Environment=` shows it to every user).\n",
                   markdown_code(reference.env->text()))
             : fmt::format(
                   "- [ ] The one line of the file {} holds the dialback passphrase, and the "
                   "user `prosody` may read it.\n",
                   markdown_code(reference.file->text()));
}

auto prosody_configuration(const compiler::Plan& plan) -> std::string {
  std::string text = secret(*plan.gateway);
  if (const compiler::CertificatePlan* certificate = plan.presented()) {
    const std::string& name = certificate->spec->name->text();
    text += fmt::format(
        "- [ ] The certificate with its chain is `/etc/prosody/certs/{0}.crt`, its key "
        "`/etc/prosody/certs/{0}.key`, and the user `prosody` may read both.\n",
        name);
  }
  text +=
      "- [ ] No certificate of an authority is missing that partners use: those of the system "
      "count, or those of `ssl = { cafile = ... }` in `prosody.cfg.lua`.\n"
      "- [ ] `fedgate.cfg.lua` sets `modules_disabled` in place of what `prosody.cfg.lua` has "
      "there: what that switches off is no longer in its `modules_enabled` either.\n"
      "- [ ] `prosody.cfg.lua` ends with `Include \"fedgate.cfg.lua\"`.\n\n"
      "Copy both files, and look at the result before the server does:\n\n";
  text += shell(
      "install -D -m 644 prosody/mod_fedgate_policy.lua "
      "/usr/local/lib/prosody/modules/mod_fedgate_policy.lua\n"
      "install -m 644 prosody/fedgate.cfg.lua /etc/prosody/fedgate.cfg.lua\n"
      "prosodyctl check config\n");
  text += "\nThe folder of the module has to be one of `plugin_paths`. The first time:\n\n";
  text += shell("systemctl restart prosody\n");
  text +=
      "\nLater, for a new policy only; streams that it does not allow any more are closed. A "
      "change "
      "of our own domains or of ports needs a restart:\n\n";
  text += shell("prosodyctl reload\n");
  text +=
      "\nThe log then has a line `policy in force` for each domain. `no policy, so nobody "
      "federates` tells what is wrong with the data.\n";
  return text;
}

auto ejabberd_configuration(const compiler::Plan& plan) -> std::string {
  std::string text;
  if (const compiler::CertificatePlan* certificate = plan.presented()) {
    text += fmt::format(
        "- [ ] The certificate {} with its chain and key is one of `certfiles` in "
        "`ejabberd.yml`.\n",
        markdown_code(certificate->spec->name->text()));
  }
  std::string hosts;
  for (const auto& domain : *plan.gateway->domains) {
    hosts +=
        (hosts.empty() ? "" : ", ") + markdown_code(server_name(spec::Platform::ejabberd, *domain));
  }
  text += fmt::format(
      "- [ ] `hosts` in `ejabberd.yml` lists {}; ejabberd refuses settings of a host that it does "
      "not serve.\n"
      "- [ ] `listen` has the module `ejabberd_s2s_in` on port {}{}.\n"
      "- [ ] `ejabberd.yml` has no `s2s_access` and no `negotiation_timeout`; ejabberd refuses an "
      "option that is given twice.\n"
      "- [ ] `ejabberd.yml` has `include_config_file: [/etc/ejabberd/fedgate.yml]`.\n"
      "- [ ] What the users of {} need of `modules` stands under `append_host_config` too: "
      "`fedgate.yml` has the list of modules of the domain, so that no `mod_s2s_dialback` of the "
      "global list lets partners in.\n\n",
      hosts, *plan.gateway->access_edge->port,
      plan.has_direct_tls()
          ? fmt::format(", and again on port {} with `tls: true`", rules::kDirectTlsPort)
          : std::string{},
      plan.gateway->domains->size() == 1 ? "the domain" : "each domain");
  text += shell(
      "install -m 640 -g ejabberd ejabberd/fedgate.yml /etc/ejabberd/fedgate.yml\n"
      "ejabberdctl reload_config\n");
  text +=
      "\n`ejabberdctl` reports mistakes in the configuration in the log; ejabberd keeps the one "
      "that it has.\n"
      "Streams that stand are not asked about again. After a partner was removed, or its methods "
      "changed, end them; they come back by themselves:\n\n";
  text += shell("ejabberdctl stop_s2s_connections\n");
  text +=
      "\nA partner that may reach one domain of this server reaches the users of all its domains "
      "over that stream: ejabberd does not look again.\n";
  return text;
}

}  // namespace

auto server_conditions(const compiler::Plan& plan) -> std::string {
  const spec::Gateway& gateway = *plan.gateway;
  const std::string edge = markdown_code(gateway.access_edge->fqdn->display());
  const std::string direct_tls =
      plan.has_direct_tls() ? fmt::format(", {}/TCP", rules::kDirectTlsPort) : std::string{};
  return fmt::format(
      "- [ ] {} is installed.\n"
      "- [ ] The firewalls let these pass:\n\n"
      "| from | to | port |\n|---|---|---|\n"
      "| any | {} | {}/TCP{} |\n| {} | any | 5269/TCP, and what partners announce |\n",
      is_prosody(plan) ? "Prosody 0.12 or later, with LuaSec and `lua-unbound`,"
                       : "ejabberd 23.01 or later",
      edge, *gateway.access_edge->port, direct_tls, edge);
}

auto server_configuration(const compiler::Plan& plan) -> std::string {
  return is_prosody(plan) ? prosody_configuration(plan) : ejabberd_configuration(plan);
}

auto server_verification(const compiler::Plan& plan) -> std::string {
  const std::set<std::string> direct_tls = direct_tls_domains(plan);
  std::string look_ups;
  for (const auto& domain : *plan.gateway->domains) {
    look_ups += fmt::format("dig +short SRV {}{}\n", rules::kXmppServerService, domain->ascii());
    if (direct_tls.contains(domain->ascii())) {
      look_ups += fmt::format("dig +short SRV {}{}\n", rules::kXmppsServerService, domain->ascii());
    }
  }
  const std::string& edge = plan.gateway->access_edge->fqdn->ascii();
  look_ups += fmt::format("dig +short A {0}\ndig +short AAAA {0}\n", edge);
  std::string text =
      "From outside, the SRV record of each domain and the addresses of its target:\n\n";
  text += shell(look_ups);
  if (plan.partners.empty()) {
    return text;
  }
  const spec::Platform server = *plan.gateway->platform;
  const std::string& domain = server_name(server, *plan.gateway->domains->front());
  const std::string& partner = server_name(server, *plan.partners.front().spec->domain);
  if (is_prosody(plan)) {
    text += "\nA ping to a partner, and the stream that it opened:\n\n";
    text +=
        shell(fmt::format("prosodyctl shell xmpp ping {0} {1}\nprosodyctl shell s2s show {1}\n"
                          "grep fedgate_policy /var/log/prosody/prosody.log | tail\n",
                          domain, partner));
    text +=
        fmt::format("\nExpected: `partner {} authenticated by` and one of its methods.\n", partner);
  } else {
    text +=
        "\nSend a message to a user of a partner, then look at the streams and how they were "
        "authenticated:\n\n";
    text += shell(
        "ejabberdctl outgoing_s2s_number\nejabberdctl incoming_s2s_number\n"
        "grep -E 's2s (EXTERNAL|dialback) authentication' /var/log/ejabberd/ejabberd.log | tail\n");
  }
  return text;
}

}  // namespace fedgate::emit
