#include "schema/resolve.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "schema/base/suggest.h"
#include "schema/diag/message.h"
#include "schema/edit/edit.h"
#include "schema/fields.h"
#include "schema/value/describe.h"

namespace fedgate::spec {

namespace {

namespace messages = diag::messages;
using source::Span;

// Of the place where something that stands at `again` stood first.
auto first_note(Span first, Span again) -> std::string {
  return first == again ? "an alias takes these lines a second time" : "first given here";
}

class Resolver {
 public:
  Resolver(Model& model, diag::Sink& sink, const source::Sources* sources)
      : model_(&model), sink_(&sink), sources_(sources) {}

  void run() {
    inherit_defaults();
    derive_gateway();
    claim_domains();
    name_certificates();
    derive_service_names();
    name_zones();
    check_keys();
    check_request_files();
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
  void report_unknown_certificate();
  void derive_service_names();
  void check_keys();
  void check_country(Certificate& certificate);
  void check_command_words(Certificate& certificate);
  void check_request_files();
  void check_lists();
  void check_secret();
  // Takes the item at `index`, a double, out of a list that is written in the spec.
  template <typename T>
  auto fix_double(const Located<List<T>>& list, std::size_t index, std::string_view text) const
      -> std::optional<diag::Fix>;

  // Where a domain was claimed first, and by which partner; the gateway's own have no partner.
  struct Claim {
    Span where;
    std::size_t partner = kOwn;
  };
  static constexpr std::size_t kOwn = static_cast<std::size_t>(-1);

  Model* model_;
  diag::Sink* sink_;
  const source::Sources* sources_;
  // Views into the model's names, which stay where they are.
  std::unordered_map<std::string_view, Claim> claims_;
};

void Resolver::inherit_defaults() {
  const Located<Defaults>& defaults = model_->spec.defaults;
  const Partner& shared = defaults->partner.value;
  const bool is_shared_known = defaults.is_known() && defaults->partner.is_known() && shared.sound;
  const Located<std::int64_t>& limit = model_->gateway().partner_connection_limit;
  const Origin limit_origin = limit.present() ? Origin::defaulted : Origin::unreadable;
  for (Partner& partner : model_->spec.partners.value) {
    partner.sound = partner.sound && is_shared_known;
    for_each_field<Partner>([&](const auto& field) {
      auto& own = partner.*field.member;
      const auto& inherited = shared.*field.member;
      if (own.given() || !own.is_known()) {
        return;
      }
      if (inherited.given()) {
        own = inherited;
        own.origin = Origin::inherited;
      } else if (!inherited.is_known()) {
        own.origin = Origin::unreadable;
        partner.sound = partner.sound && field.about.stands_alone;
      }
    });
    if (partner.connection_limit.origin == Origin::absent) {
      partner.connection_limit = {*limit, partner.where, limit_origin};
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
  std::size_t names = model_->gateway().domains->size() + model_->gateway().sip_domains->size();
  for (const Partner& partner : model_->partners()) {
    names += 1 + partner.additional_domains->size();
  }
  claims_.reserve(names);
  for (const auto* own : {&model_->gateway().domains, &model_->gateway().sip_domains}) {
    for (const auto& domain : own->value) {
      claims_.try_emplace(domain->ascii(), Claim{domain.where, kOwn});
    }
  }
  for (std::size_t i = 0; i < model_->partners().size(); ++i) {
    claim_partner_domains(i);
  }
}

template <typename T>
auto Resolver::fix_double(const Located<List<T>>& list, std::size_t index,
                          std::string_view text) const -> std::optional<diag::Fix> {
  if (sources_ == nullptr || !list.given() || index == 0) {
    return std::nullopt;
  }
  return edit::as_fix(fmt::format("remove the second `{}`", text),
                      edit::remove_item(*sources_, list.where, list.value[index - 1].where,
                                        list.value[index].where));
}

void Resolver::claim_partner_domains(std::size_t index) {
  Partner& partner = model_->spec.partners.value[index];
  const auto& others = partner.additional_domains;
  // The partner's own domain, or the item `place` of the additional ones.
  const auto claim = [&](const Located<value::DnsName>& domain, std::optional<std::size_t> place) {
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
    draft.subject("partner", partner.domain->ascii())
        .note(first->second.where, first_note(first->second.where, domain.where));
    if (place && first->second.partner == index) {
      draft.fix(fix_double(others, *place, domain->display()));
    }
  };
  claim(partner.domain, std::nullopt);
  for (std::size_t i = 0; i < others->size(); ++i) {
    claim(others.value[i], i);
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
          .note(first->second, first_note(first->second, certificate.name.where));
    }
  }
  choose_certificate();
}

void Resolver::report_unknown_certificate() {
  const Located<value::Name>& reference = model_->gateway().certificate;
  auto draft = sink_->report(reference.where, messages::unknown_reference, "gateway.certificate",
                             reference->text());
  draft.subject("gateway", model_->gateway().name->text());
  std::vector<std::string_view> names;
  for (const Certificate& certificate : model_->certificates()) {
    names.push_back(certificate.name->text());
  }
  const auto near = nearest(reference->text(), names);
  if (!near) {
    return;
  }
  draft.help(fmt::format("did you mean `{}`?", *near));
  if (sources_ != nullptr && has_one_near(reference->text(), names)) {
    draft.fix(edit::as_fix(fmt::format("write `{}`", *near),
                           edit::replace_scalar(*sources_, reference.where, *near)));
  }
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
      report_unknown_certificate();
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

// RFC 6120, section 13.7.1.2.1, wants SRV-IDs; public authorities must not issue them (TLS Baseline
// Requirements, section 7.1.2.7.12), and the cmdlet of the Lync platforms cannot ask for them.
void Resolver::derive_service_names() {
  for (std::size_t i = 0; i < model_->spec.certificates->size(); ++i) {
    Certificate& certificate = model_->spec.certificates.value[i];
    if (!certificate.srv_names.present()) {
      const bool is_default = model_->gateway_certificate == i &&
                              *certificate.issuer->trust == Trust::private_ca &&
                              !is_lync(*model_->gateway().platform);
      certificate.srv_names = {is_default, certificate.where, Origin::defaulted};
    }
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
          .note(first->second, first_note(first->second, zone.name.where));
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
    if (certificate.subject_alternative_names.given() && certificate.additional_names.given() &&
        !certificate.additional_names->empty()) {
      refuse(certificate.additional_names.where, "additional_names",
             "a certificate whose whole list is in `subject_alternative_names`");
    }
    check_country(certificate);
    check_command_words(certificate);
  }
}

// What becomes a word of a command line of Windows, where no quoting is understood by all programs:
// a `"` or an ending `\` ends the word, and a `-` in front makes an option of it. In a template's
// name, which becomes a request attribute of certreq, `\n` and `:` separate attributes.
void Resolver::check_command_words(Certificate& certificate) {
  const auto check = [&](Located<value::Text>& word, std::string_view key,
                         std::string_view refused) {
    if (!word.given()) {
      return;
    }
    const std::string& text = word->text();
    std::string problem;
    if (const std::size_t at = text.find_first_of(refused); at != std::string::npos) {
      problem = fmt::format(
          "`{}` is not allowed here: Windows' programs take it for more than text", text[at]);
    } else if (text.front() == '-') {
      problem = "a word that begins with `-` is an option to the program that gets it";
    } else if (text.back() == '\\') {
      problem = "it ends with `\\`, so that it names a folder";
    } else {
      return;
    }
    word.origin = Origin::unreadable;
    sink_->report(word.where, messages::invalid_value, std::string(key), problem)
        .subject("certificate", certificate.name->text())
        .help("write a plain name, such as `WebServer` for a template or `edge.req` for a file");
  };
  check(certificate.template_name, "template", "\"\\:");
  check(certificate.request_file, "request_file", "\"");
}

// Requests go into files of their own, beside the certificate's key and the answer.
void Resolver::check_request_files() {
  std::unordered_map<std::string, Span> taken;
  for (const Certificate& certificate : model_->certificates()) {
    const std::string& name = certificate.name->text();
    for (const char* const ending : {".key", ".cer"}) {
      taken.emplace(name + ending, certificate.name.where);
    }
  }
  for (Certificate& certificate : model_->spec.certificates.value) {
    if (!certificate.request_file.given()) {
      continue;
    }
    const auto [first, is_new] = taken.try_emplace(
        value::to_lower(certificate.request_file->text()), certificate.request_file.where);
    if (!is_new) {
      certificate.request_file.origin = Origin::unreadable;
      sink_
          ->report(certificate.request_file.where, messages::invalid_value, "request_file",
                   fmt::format("`{}` would hold something else too", first->first))
          .subject("certificate", certificate.name->text())
          .note(first->second, "of this")
          .help("give each request a file of its own, such as `" + certificate.name->text() +
                ".req`");
    }
  }
}

void Resolver::check_country(Certificate& certificate) {
  const Located<value::Text>& country = certificate.subject->country;
  if (!country.present()) {
    return;
  }
  std::string upper;
  bool has_letters_only = true;
  for (const char c : country->text()) {
    upper += value::is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
    has_letters_only = has_letters_only && value::is_letter(c);
  }
  const bool is_code = has_letters_only && upper.size() == 2;
  if (is_code && upper == country->text()) {
    return;
  }
  certificate.sound = false;
  auto draft = sink_->report(
      country.where, messages::invalid_value, "country",
      fmt::format("`{}` is not a country code of two upper-case letters", country->text()));
  draft.subject("certificate", certificate.name->text())
      .help("write the ISO 3166-1 alpha-2 code, such as `US`");
  if (is_code && sources_ != nullptr) {
    draft.fix(edit::as_fix(fmt::format("write `{}`", upper),
                           edit::replace_scalar(*sources_, country.where, upper)));
  }
}

// Doubles inside one list; partner domains have been claimed already.
void Resolver::check_lists() {
  const auto check = [&](const auto& list, std::string_view key, auto text_of,
                         const diag::Subject& subject) {
    std::unordered_map<std::string, Span> seen;
    bool is_sound = true;
    for (std::size_t i = 0; i < list->size(); ++i) {
      const auto& item = list.value[i];
      const auto [first, is_new] = seen.try_emplace(text_of(item.value), item.where);
      if (!is_new && list.given()) {
        is_sound = false;
        sink_->report(item.where, messages::duplicate_item, std::string(key), first->first)
            .subject(subject.kind, subject.id)
            .note(first->second, "first given here")
            .fix(fix_double(list, i, first->first));
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
  if (!reference.given() || reference->env.given() != reference->file.given()) {
    return;
  }
  const bool has_both = reference->env.given();
  auto draft = sink_->report(reference.where, messages::unclear_secret, "dialback_passphrase",
                             has_both ? "both `env` and `file`" : "neither `env` nor `file`");
  draft.subject("gateway", gateway.name->text());
  if (!has_both) {
    draft.help("write `{env: NAME}` or `{file: PATH}`");
  }
  gateway.dialback_passphrase.origin = Origin::unreadable;
}

}  // namespace

auto resolve(Spec spec, diag::Sink& sink, const ResolveOptions& options) -> Model {
  Model model;
  model.spec = std::move(spec);
  if (options.platform) {
    model.spec.gateway.value.platform = {*options.platform, model.gateway().platform.where,
                                         Origin::given};
  }
  Resolver(model, sink, options.sources).run();
  return model;
}

}  // namespace fedgate::spec
