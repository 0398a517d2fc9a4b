#include "compiler/emit/ejabberd.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include <fmt/format.h>

#include "compiler/emit/quote/yaml.h"
#include "compiler/emit/server_name.h"

namespace fedgate::emit {

namespace {

// What a partner takes, with a description of usual length.
constexpr std::size_t kBytesPerEntry = 160;

// {0}: gateway, {1}: certificate, {2}: port, {3}: further ports.
constexpr std::string_view kEjabberdHead = R"(# Gateway {0}: federation with ejabberd.
# Compiled by fedgate: change the spec and compile again, not this file.
#
# In ejabberd.yml:
#
#   include_config_file: [/etc/ejabberd/fedgate.yml]
#
# `s2s_access` and `negotiation_timeout` are set here, so they must not stand there. What has to
# stand there: under `listen` the module ejabberd_s2s_in on port {2}{3},
# under `certfiles` {1}.
#
# `modules` below is the whole list of the domain: ejabberd would else keep a mod_s2s_dialback of the
# global list, which lets partners in by dialback. What the users of the domain need is added to it:
#
#   append_host_config:
#     DOMAIN:
#       modules:
#         mod_roster: {{}}
)";

constexpr std::string_view kAccess = R"(
# Partners are these domains; subdomains are not implied.
acl:
  fedgate_partners:
    server:
)";

// An international name also as U-labels, since a partner may write its address either way; but not
// where ejabberd would take them for another name or for none, and with that the whole file.
void append_server(std::string& out, const value::DnsName& name) {
  out += "      - ";
  quote::append_yaml(out, name.ascii());
  out += '\n';
  if (name.has_unicode() && keeps_unicode(spec::Platform::ejabberd, name)) {
    out += "      - ";
    quote::append_yaml(out, name.unicode());
    out += '\n';
  }
}

void append_entry(std::string& out, const compiler::PartnerPlan& partner) {
  if (partner.spec->description.present()) {
    out += "      ";
    out += quote::yaml_comment(partner.spec->description->text());
    out += '\n';
  }
  append_server(out, *partner.spec->domain);
  for (const value::DnsName* name : partner.additional_domains) {
    append_server(out, *name);
  }
}

auto has(const std::vector<rules::Method>& methods, rules::Method method) -> bool {
  return std::find(methods.begin(), methods.end(), method) != methods.end();
}

// `s2s_use_starttls` for a set of methods.
auto starttls(const std::vector<rules::Method>& methods) -> std::string_view {
  if (!has(methods, rules::Method::tcp_dialback)) {
    return "required";
  }
  return has(methods, rules::Method::tls_dialback) ? "optional" : "false";
}

auto host_section(const compiler::Plan& plan) -> std::string {
  // Without partners nobody may federate, by whatever method.
  const std::vector<rules::Method> methods =
      plan.partners.empty() ? std::vector<rules::Method>{rules::Method::sasl_tls}
                            : plan.partners.front().facts->row->methods;
  const bool has_dialback =
      has(methods, rules::Method::tls_dialback) || has(methods, rules::Method::tcp_dialback);
  return fmt::format(
      "    s2s_access: fedgate_partners\n"
      "    s2s_use_starttls: {}\n"
      "    s2s_protocol_options: [no_sslv3, no_tlsv1, no_tlsv1_1]\n"
      "    s2s_tls_compression: false\n"
      "    s2s_zlib: false\n"
      "    # An idle stream is closed after this time.\n"
      "    s2s_timeout: {} seconds\n"
      "    modules:{}\n",
      starttls(methods), plan.gateway->stream_inactivity_timeout->seconds(),
      has_dialback ? "\n      mod_s2s_dialback: {}" : " {}");
}

}  // namespace

auto emit_ejabberd(const compiler::Plan& plan) -> std::string {
  const spec::Gateway& gateway = *plan.gateway;
  const compiler::CertificatePlan* certificate = plan.presented();
  std::string out = fmt::format(
      kEjabberdHead, gateway.name->text(),
      certificate == nullptr ? std::string("a certificate of each domain, with its chain and key")
                             : fmt::format("the certificate {}, with its chain and key",
                                           certificate->spec->name->text()),
      *gateway.access_edge->port,
      plan.has_direct_tls()
          ? fmt::format(", and with `tls: true` on port {}", rules::kDirectTlsPort)
          : std::string{});
  out.reserve(out.size() + (plan.partners.size() + 10) * kBytesPerEntry);
  if (plan.partners.empty()) {
    out +=
        "\n# No partner: nobody may federate.\naccess_rules:\n  fedgate_partners:\n    deny: all\n";
  } else {
    out += kAccess;
    for (const compiler::PartnerPlan& partner : plan.partners) {
      append_entry(out, partner);
    }
    out += "\naccess_rules:\n  fedgate_partners:\n    allow: fedgate_partners\n";
  }
  fmt::format_to(
      std::back_inserter(out),
      "\n# No domain but those named below opens or accepts a stream. Over a stream that "
      "a partner has\n# opened to one of them it reaches the users of every domain of "
      "this server.\ns2s_access: none\n"
      "# The longest time that setting up a stream may take.\n"
      "negotiation_timeout: {} seconds\n\nhost_config:\n",
      gateway.stream_establishment_timeout->seconds());
  const std::string section = host_section(plan);
  for (const auto& domain : *gateway.domains) {
    out += "  ";
    quote::append_yaml(out, domain->unicode());
    out += ":\n";
    out += section;
  }
  return out;
}

}  // namespace fedgate::emit
