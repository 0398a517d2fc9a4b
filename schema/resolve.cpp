#include "schema/resolve.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "schema/diag/message.h"
#include "schema/fields.h"

namespace fedgate::spec {

namespace {

namespace messages = diag::messages;
using source::Span;

class Resolver {
 public:
  Resolver(Model& model, diag::Sink& sink) : model_(&model), sink_(&sink) {}

  void run() {
    inherit_defaults();
    derive_gateway();
    claim_domains();
    name_certificates();
    name_zones();
    check_keys();
    check_lists();
    check_secret();
  }

 private:
  void inherit_defaults();
  void derive_gateway();
  void claim_domains();
  void claim_partner_domains(std::size_t index);
  void name_certificates();
  void name_zones();
  void choose_certificate();
  void check_keys();
  void check_lists();
  void check_secret();

  // Where a domain was claimed first, and by which partner; the gateway's own have no partner.
  struct Claim {
    Span where;
    std::size_t partner = kOwn;
  };
  static constexpr std::size_t kOwn = static_cast<std::size_t>(-1);

  Model* model_;
  diag::Sink* sink_;
  // Views into the model's names, which stay where they are.
  std::unordered_map<std::string_view, Claim> claims_;
};

void Resolver::inherit_defaults() {
  const Partner& shared = model_->spec.defaults->partner.value;
  std::int64_t limit = model_->gateway().partner_connection_limit.value;
  for (Partner& partner : model_->spec.partners.value) {
    for_each_field<Partner>([&](const auto& field) {
      auto& own = partner.*field.member;
      const auto& inherited = shared.*field.member;
      if (!own.given() && inherited.given()) {
        own = inherited;
        own.origin = Origin::inherited;
      }
    });
    if (!partner.connection_limit.present()) {
      partner.connection_limit = {limit, partner.where, Origin::defaulted};
    }
  }
}

void Resolver::derive_gateway() {
  Gateway& gateway = model_->spec.gateway.value;
  if (!gateway.sip_domains.present()) {
    gateway.sip_domains = {gateway.domains.value, gateway.domains.where, Origin::defaulted};
  }
}

void Resolver::claim_domains() {
  std::size_t names = model_->gateway().domains->size();
  for (const Partner& partner : model_->partners()) {
    names += 1 + partner.additional_domains->size();
  }
  claims_.reserve(names);
  for (const auto& domain : model_->gateway().domains.value) {
    claims_.try_emplace(domain->ascii(), Claim{domain.where, kOwn});
  }
  for (std::size_t i = 0; i < model_->partners().size(); ++i) {
    claim_partner_domains(i);
  }
}

void Resolver::claim_partner_domains(std::size_t index) {
  Partner& partner = model_->spec.partners.value[index];
  const auto claim = [&](const Located<value::DnsName>& domain) {
    if (domain->ascii().empty()) {
      return;
    }
    const auto [first, is_new] = claims_.try_emplace(domain->ascii(), Claim{domain.where, index});
    if (is_new) {
      return;
    }
    partner.sound = false;
    auto draft = first->second.partner == kOwn
                     ? sink_->report(domain.where, messages::own_domain, domain->display())
                     : sink_->report(domain.where, messages::duplicate_domain, domain->display(),
                                     model_->partners()[first->second.partner].domain->display());
    draft.subject("partner", partner.domain->ascii()).note(first->second.where, "first given here");
  };
  claim(partner.domain);
  for (const auto& domain : partner.additional_domains.value) {
    claim(domain);
  }
}

void Resolver::name_certificates() {
  std::unordered_map<std::string_view, Span> names;
  for (Certificate& certificate : model_->spec.certificates.value) {
    const auto [first, is_new] =
        names.try_emplace(certificate.name->text(), certificate.name.where);
    if (!is_new && certificate.name.present()) {
      certificate.sound = false;
      sink_
          ->report(certificate.name.where, messages::duplicate_name, "certificate",
                   certificate.name->text())
          .subject("certificate", certificate.name->text())
          .note(first->second, "first given here");
    }
  }
  choose_certificate();
}

void Resolver::choose_certificate() {
  Gateway& gateway = model_->spec.gateway.value;
  const auto certificates = model_->certificates();
  if (gateway.certificate.given()) {
    const auto named = std::find_if(
        certificates.begin(), certificates.end(),
        [&](const Certificate& one) { return one.name.value == gateway.certificate.value; });
    if (named == certificates.end()) {
      gateway.sound = false;
      sink_
          ->report(gateway.certificate.where, messages::unknown_reference, "gateway.certificate",
                   gateway.certificate->text())
          .subject("gateway", gateway.name->text());
      return;
    }
    model_->gateway_certificate = static_cast<std::size_t>(named - certificates.begin());
  } else if (certificates.size() == 1) {
    model_->gateway_certificate = 0;
    gateway.certificate = {certificates[0].name.value, gateway.where, Origin::defaulted};
  } else if (certificates.size() > 1 && model_->spec.gateway.given() && gateway.sound) {
    gateway.sound = false;
    sink_->report(gateway.where, messages::ambiguous_certificate, certificates.size())
        .subject("gateway", gateway.name->text());
  }
}

void Resolver::name_zones() {
  std::unordered_map<std::string_view, Span> names;
  for (Zone& zone : model_->spec.dns.value.zones.value) {
    const auto [first, is_new] = names.try_emplace(zone.name->ascii(), zone.name.where);
    if (!is_new && zone.name.present()) {
      zone.sound = false;
      sink_->report(zone.name.where, messages::duplicate_name, "zone", zone.name->display())
          .subject("zone", zone.name->ascii())
          .note(first->second, "first given here");
    }
  }
}

void Resolver::check_keys() {
  for (Certificate& certificate : model_->spec.certificates.value) {
    const Key& key = certificate.key.value;
    const auto refuse = [&](Span where, std::string_view name, std::string_view kind) {
      certificate.sound = false;
      sink_->report(where, messages::inapplicable_key, std::string(name), std::string(kind))
          .subject("certificate", certificate.name->text());
    };
    if (key.algorithm.value == KeyAlgorithm::rsa && key.curve.given()) {
      refuse(key.curve.where, "curve", "an RSA key");
    }
    if (key.algorithm.value == KeyAlgorithm::ecdsa && key.bits.given()) {
      refuse(key.bits.where, "bits", "an ECDSA key");
    }
    const Located<value::Text>& country = certificate.subject->country;
    const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (country.present() &&
        (country->text().size() != 2 ||
         !std::all_of(country->text().begin(), country->text().end(), is_upper))) {
      certificate.sound = false;
      sink_
          ->report(
              country.where, messages::invalid_value, "country",
              fmt::format("`{}` is not a country code of two upper-case letters", country->text()))
          .subject("certificate", certificate.name->text())
          .help("write the ISO 3166-1 alpha-2 code, such as `US`");
    }
  }
}

// Doubles inside one list; partner domains have been claimed already.
void Resolver::check_lists() {
  const auto check = [&](const auto& list, std::string_view key, auto text_of,
                         const diag::Subject& subject) {
    std::unordered_map<std::string, Span> seen;
    bool is_sound = true;
    for (const auto& item : list.value) {
      const auto [first, is_new] = seen.try_emplace(text_of(item.value), item.where);
      if (!is_new && list.given()) {
        is_sound = false;
        sink_->report(item.where, messages::duplicate_item, std::string(key), first->first)
            .subject(subject.kind, subject.id)
            .note(first->second, "first given here");
      }
    }
    return is_sound;
  };
  const auto name_text = [](const value::DnsName& name) { return name.display(); };
  const auto pattern_text = [](const value::DnsPattern& name) { return name.display(); };
  Gateway& gateway = model_->spec.gateway.value;
  const diag::Subject us{"gateway", gateway.name->text()};
  const bool domains = check(gateway.domains, "domains", name_text, us);
  const bool sip_domains = check(gateway.sip_domains, "sip_domains", name_text, us);
  const bool addresses = check(
      gateway.access_edge->addresses, "addresses",
      [](const value::Address& address) { return address.to_text(); }, us);
  gateway.sound = gateway.sound && domains && sip_domains && addresses;
  for (Certificate& certificate : model_->spec.certificates.value) {
    const diag::Subject it{"certificate", certificate.name->text()};
    const bool names =
        check(certificate.subject_alternative_names, "subject_alternative_names", pattern_text, it);
    const bool additional =
        check(certificate.additional_names, "additional_names", pattern_text, it);
    certificate.sound = certificate.sound && names && additional;
  }
}

void Resolver::check_secret() {
  Gateway& gateway = model_->spec.gateway.value;
  const auto& reference = gateway.dialback_passphrase;
  if (reference.given() && reference->env.given() == reference->file.given()) {
    gateway.sound = false;
    sink_
        ->report(reference.where, messages::unclear_secret, "dialback_passphrase",
                 reference->env.given() ? "both `env` and `file`" : "neither `env` nor `file`")
        .subject("gateway", gateway.name->text());
  }
}

}  // namespace

auto resolve(Spec spec, diag::Sink& sink, const ResolveOptions& options) -> Model {
  Model model;
  model.spec = std::move(spec);
  if (options.platform) {
    model.spec.gateway.value.platform = {*options.platform, model.gateway().platform.where,
                                         Origin::given};
  }
  Resolver(model, sink).run();
  return model;
}

}  // namespace fedgate::spec
