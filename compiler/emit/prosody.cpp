#include "compiler/emit/prosody.h"

#include <fmt/format.h>

#include "compiler/emit/quote/lua.h"

namespace fedgate::emit {

namespace {

// What a partner takes, with a description of usual length.
constexpr std::size_t kBytesPerTable = 320;

// {0}: gateway.
constexpr std::string_view kProsodyHead =
    R"(-- Gateway {0}: federation with Prosody.
-- Compiled by fedgate: change the spec and compile again, not this file.
--
-- Put mod_fedgate_policy.lua into a folder of plugin_paths, and write this as the last line of
-- prosody.cfg.lua, so that nothing behind it overrides what is set here:
--
--   Include "fedgate.cfg.lua"
--
-- What the domains below have beside federation (c2s_ssl, further modules, ...) belongs into the
-- global section of prosody.cfg.lua.
)";

constexpr std::string_view kStreams = R"(
-- Only mod_fedgate_policy loads mod_s2s, on the hosts below and after it has accepted its data. Where
-- it does not load, no server-to-server stream is accepted or opened, on any host.
modules_disabled = { "s2s" }

-- What stock Prosody asks of every stream. mod_fedgate_policy asks more, of each partner its own.
s2s_require_encryption = false
s2s_allow_encryption = true
s2s_secure_auth = false
s2s_secure_domains = {}
s2s_insecure_domains = {}
)";

void append_text(std::string& out, std::string_view key, std::string_view text) {
  out += "\t\t\t";
  out += key;
  out += " = ";
  quote::append_lua(out, text);
  out += ";\n";
}

// `KEY = { "a", "b" };`; `text_of` gives the text of an item.
template <typename List, typename TextOf>
void append_list(std::string& out, std::string_view key, const List& items, TextOf text_of) {
  out += key;
  out += " = { ";
  std::string_view separator;
  for (const auto& item : items) {
    out += separator;
    quote::append_lua(out, text_of(item));
    separator = ", ";
  }
  out += " };\n";
}

void append_table(std::string& out, const compiler::PartnerPlan& partner) {
  const spec::Partner& it = *partner.spec;
  out += "\t\t{\n";
  append_text(out, "domain", it.domain->ascii());
  if (it.description.present()) {
    append_text(out, "description", it.description->text());
  }
  if (!partner.additional_domains.empty()) {
    append_list(out, "\t\t\tadditional_domains", partner.additional_domains,
                [](const value::DnsName* name) { return std::string_view(name->ascii()); });
  }
  append_text(out, "type", spec::word(*it.type));
  append_list(out, "\t\t\tmethods", partner.facts->row->methods,
              [](rules::Method method) { return rules::word(method); });
  fmt::format_to(std::back_inserter(out), "\t\t\tconnection_limit = {};\n\t\t\tkeep_alive = {};\n",
                 *it.connection_limit, *it.keep_alive);
  if (it.proxy_fqdn.present()) {
    append_text(out, "proxy_fqdn", it.proxy_fqdn->ascii());
  }
  out += "\t\t};\n";
}

void append_tls_options(std::string& out, const compiler::Plan& plan, std::string_view option,
                        std::string_view indent) {
  fmt::format_to(std::back_inserter(out), "{0}{1} = {{\n{0}\tprotocol = \"tlsv1_2+\";\n", indent,
                 option);
  if (const compiler::CertificatePlan* certificate = plan.presented()) {
    const std::string& name = certificate->spec->name->text();
    fmt::format_to(std::back_inserter(out), "{0}\tcertificate = {1};\n{0}\tkey = {2};\n", indent,
                   quote::lua("certs/" + name + ".crt"), quote::lua("certs/" + name + ".key"));
  }
  fmt::format_to(std::back_inserter(out), "{}}}\n", indent);
}

auto stream_options(const compiler::Plan& plan) -> std::string {
  const spec::Gateway& gateway = *plan.gateway;
  std::string out = fmt::format(
      "\ns2s_ports = {{ {} }}\n"
      "s2s_direct_tls_ports = {{{}}}\n"
      "-- The longest time that setting up a stream may take, in seconds.\n"
      "s2s_timeout = {}\n",
      *gateway.access_edge->port,
      plan.has_direct_tls() ? fmt::format(" {} ", rules::kDirectTlsPort) : std::string{},
      gateway.stream_establishment_timeout->seconds());
  if (plan.has_direct_tls()) {
    append_tls_options(out, plan, "s2s_direct_tls_ssl", {});
  }
  return out;
}

// The option that holds the secret of dialback keys, and for the module, where it comes from.
struct DialbackSecret {
  std::string option;
  std::string origin;
};

auto dialback_secret(const spec::Gateway& gateway) -> DialbackSecret {
  if (!gateway.dialback_passphrase.present()) {
    return {};
  }
  const spec::SecretReference& secret = *gateway.dialback_passphrase;
  constexpr std::string_view kAbout =
      "\n-- The secret of dialback keys (XEP-0185), read where it is kept.\n";
  if (secret.env.present()) {
    const std::string& name = secret.env->text();
    return {fmt::format("{}dialback_secret = ENV_{}\n", kAbout, name),
            "the environment variable " + name};
  }
  const std::string& path = secret.file->text();
  return {fmt::format("{}dialback_secret = (function(path)\n"
                      "\tlocal file = io.open(path)\n"
                      "\tlocal line = file and file:read(\"*l\")\n"
                      "\tif file then file:close() end\n"
                      "\treturn line\n"
                      "end)({})\n",
                      kAbout, quote::lua(path)),
          "the file " + path};
}

void append_policy(std::string& out, const compiler::Plan& plan, const DialbackSecret& secret) {
  const spec::Gateway& gateway = *plan.gateway;
  fmt::format_to(std::back_inserter(out),
                 "\n-- The policy, as mod_fedgate_policy reads it; times in seconds. `prosodyctl "
                 "reload` puts a new one\n-- in force.\n"
                 "fedgate_policy = {{\n"
                 "\tconnection_limit = {};\n"
                 "\tkeep_alive_interval = {};\n"
                 "\tstream_inactivity_timeout = {};\n",
                 *gateway.connection_limit, gateway.keep_alive_interval->seconds(),
                 gateway.stream_inactivity_timeout->seconds());
  append_list(out, "\tdomains", *gateway.domains,
              [](const auto& domain) { return std::string_view(domain->ascii()); });
  if (!secret.origin.empty()) {
    out += "\tneeds_dialback_secret = ";
    quote::append_lua(out, secret.origin);
    out += ";\n";
  }
  out += "\tpartners = {\n";
  for (const compiler::PartnerPlan& partner : plan.partners) {
    append_table(out, partner);
  }
  out += "\t};\n}\n";
}

// The section of one of our domains. mod_tls merges `s2s_ssl` over the options of the host, so that
// client logins keep theirs.
void append_host(std::string& out, const compiler::Plan& plan, const value::DnsName& domain) {
  out += "\nVirtualHost ";
  quote::append_lua(out, domain.unicode());
  out +=
      "\n\tmodules_enabled = { \"fedgate_policy\" }\n"
      "\tmodules_disabled = { \"s2s\" }\n";
  append_tls_options(out, plan, "s2s_ssl", "\t");
}

}  // namespace

auto emit_prosody(const compiler::Plan& plan) -> std::string {
  const spec::Gateway& gateway = *plan.gateway;
  const DialbackSecret secret = dialback_secret(gateway);
  std::string out = fmt::format(kProsodyHead, gateway.name->text());
  out.reserve(out.size() + (plan.partners.size() + 10) * kBytesPerTable);
  out += kStreams;
  out += stream_options(plan);
  out += secret.option;
  append_policy(out, plan, secret);
  if (plan.presented() != nullptr) {
    out +=
        "\n-- The certificate lies in the folder `certs` beside prosody.cfg.lua: with its chain as "
        "NAME.crt, the\n-- key as NAME.key. Partners' certificates are verified against the "
        "authorities of the option `ssl`\n-- of the global section, or else those of the system.\n";
  }
  for (const auto& domain : *gateway.domains) {
    append_host(out, plan, domain.value);
  }
  return out;
}

}  // namespace fedgate::emit
