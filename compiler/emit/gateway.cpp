#include "compiler/emit/gateway.h"

#include <map>
#include <string_view>
#include <vector>

#include "schema/base/json_writer.h"

namespace fedgate::emit {

namespace {

// A partner takes 600 to 800 bytes.
constexpr std::size_t kBytesPerObject = 800;

class Emitter {
 public:
  explicit Emitter(const compiler::Plan& plan) : plan_(&plan), json_(text_) {
    text_.reserve((plan.partners.size() + 4) * kBytesPerObject);
  }

  auto run() -> std::string {
    json_.begin_object();
    json_.member("version", std::int64_t{1});
    json_.key("gateway");
    write_gateway();
    json_.key("partners");
    json_.begin_array();
    for (const compiler::PartnerPlan& partner : plan_->partners) {
      write_partner(partner);
    }
    json_.end_array();
    json_.key("unicode");
    write_unicode();
    json_.end_object();
    text_.push_back('\n');
    return std::move(text_);
  }

 private:
  void write_gateway();
  void write_edges(const spec::Gateway& gateway);
  void write_secret(const spec::SecretReference& secret);
  void write_partner(const compiler::PartnerPlan& partner);
  void write_posture(std::string_view tls, std::string_view sasl, bool dialback);
  void write_peer(const compiler::PartnerPlan& partner);
  void write_unicode();

  void name(const value::DnsName& name) {
    if (name.has_unicode()) {
      unicode_.try_emplace(name.ascii(), name.unicode());
    }
    json_.string(name.ascii());
  }
  void name(std::string_view key, const value::DnsName& value) {
    json_.key(key);
    name(value);
  }
  void names(std::string_view key, const spec::List<value::DnsName>& values) {
    json_.key(key);
    json_.begin_array();
    for (const auto& value : values) {
      name(*value);
    }
    json_.end_array();
  }
  void methods(std::string_view key, const std::vector<rules::Method>& values) {
    json_.key(key);
    json_.begin_array();
    for (const rules::Method method : values) {
      json_.string(rules::word(method));
    }
    json_.end_array();
  }

  const compiler::Plan* plan_;
  std::string text_;
  JsonWriter json_;
  // Views into the model's names, which outlive this object.
  std::map<std::string_view, std::string_view> unicode_;
};

void Emitter::write_gateway() {
  const spec::Gateway& gateway = *plan_->gateway;
  json_.begin_object();
  json_.member("name", gateway.name->text());
  json_.member("platform", spec::word(*gateway.platform));
  names("domains", *gateway.domains);
  names("sip_domains", *gateway.sip_domains);
  write_edges(gateway);
  if (const compiler::CertificatePlan* certificate = plan_->presented()) {
    json_.member("certificate", certificate->spec->name->text());
  }
  json_.key("limits");
  json_.begin_object();
  json_.member("connection_limit", *gateway.connection_limit);
  json_.member("partner_connection_limit", *gateway.partner_connection_limit);
  json_.end_object();
  json_.key("timeouts");
  json_.begin_object();
  json_.member("keep_alive_interval", gateway.keep_alive_interval->seconds());
  json_.member("stream_establishment_timeout", gateway.stream_establishment_timeout->seconds());
  json_.member("stream_inactivity_timeout", gateway.stream_inactivity_timeout->seconds());
  json_.member("subscription_refresh_interval", gateway.subscription_refresh_interval->seconds());
  json_.end_object();
  json_.member("log_message_bodies", *gateway.log_message_bodies);
  if (gateway.dialback_passphrase.present()) {
    write_secret(*gateway.dialback_passphrase);
  }
  json_.end_object();
}

void Emitter::write_edges(const spec::Gateway& gateway) {
  const spec::AccessEdge& edge = *gateway.access_edge;
  json_.key("access_edge");
  json_.begin_object();
  name("fqdn", *edge.fqdn);
  json_.key("addresses");
  json_.begin_array();
  for (const auto& address : *edge.addresses) {
    json_.string(address->to_text());
  }
  json_.end_array();
  json_.member("port", *edge.port);
  json_.end_object();
  if (gateway.web_conferencing_edge.present()) {
    json_.key("web_conferencing_edge");
    json_.begin_object();
    name("fqdn", *gateway.web_conferencing_edge->fqdn);
    json_.end_object();
  }
}

void Emitter::write_secret(const spec::SecretReference& secret) {
  json_.key("dialback_passphrase");
  json_.begin_object();
  if (secret.env.present()) {
    json_.member("env", secret.env->text());
  } else {
    json_.member("file", secret.file->text());
  }
  json_.end_object();
}

void Emitter::write_partner(const compiler::PartnerPlan& partner) {
  const spec::Partner& it = *partner.spec;
  json_.begin_object();
  name("domain", *it.domain);
  json_.key("additional_domains");
  json_.begin_array();
  for (const value::DnsName* domain : partner.additional_domains) {
    name(*domain);
  }
  json_.end_array();
  if (it.description.present()) {
    json_.member("description", it.description->text());
  }
  json_.member("type", spec::word(*it.type));
  const compiler::Permissions permissions = compiler::permissions_of(*it.type);
  json_.key("permissions");
  json_.begin_object();
  json_.member("add_contacts_without_consent", permissions.add_contacts_without_consent);
  json_.member("message_without_consent", permissions.message_without_consent);
  json_.member("see_status_notes", permissions.see_status_notes);
  json_.end_object();
  write_posture(spec::word(*it.tls), spec::word(*it.sasl), *it.dialback);
  methods("methods", partner.facts->row->methods);
  write_peer(partner);
  json_.member("connection_limit", *it.connection_limit);
  json_.member("keep_alive", *it.keep_alive);
  if (it.proxy_fqdn.present()) {
    name("proxy_fqdn", *it.proxy_fqdn);
  }
  if (it.agreement_until.present()) {
    json_.member("agreement_until", it.agreement_until->to_text());
  }
  json_.end_object();
}

void Emitter::write_posture(std::string_view tls, std::string_view sasl, bool dialback) {
  json_.member("tls", tls);
  json_.member("sasl", sasl);
  json_.member("dialback", dialback);
}

void Emitter::write_peer(const compiler::PartnerPlan& partner) {
  if (!partner.facts->agreed) {
    return;
  }
  const spec::Peer& peer = *partner.spec->peer;
  json_.key("peer");
  json_.begin_object();
  write_posture(spec::word(*peer.tls), spec::word(*peer.sasl), *peer.dialback);
  json_.end_object();
  methods("agreed_methods", *partner.facts->agreed);
}

void Emitter::write_unicode() {
  json_.begin_object();
  for (const auto& [ascii, unicode] : unicode_) {
    json_.member(ascii, unicode);
  }
  json_.end_object();
}

}  // namespace

auto emit_gateway(const compiler::Plan& plan) -> std::string { return Emitter(plan).run(); }

}  // namespace fedgate::emit
