// What the artifacts for a platform cannot express, in one place.
#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "compiler/emit/csr.h"
#include "compiler/emit/emit.h"
#include "compiler/emit/lync_cmdlets.h"
#include "compiler/emit/server_name.h"
#include "compiler/emit/zone.h"
#include "rules/facts/print.h"
#include "rules/platforms.h"
#include "schema/diag/message.h"
#include "schema/fields.h"
#include "schema/model.h"
#include "schema/source/source_file.h"
#include "schema/value/describe.h"

namespace fedgate::emit {

namespace {

namespace messages = diag::messages;
using source::Span;

// RFC 5280, appendix A.1, ub-common-name, in characters.
constexpr std::uint32_t kLongestCommonName = 64;

// In bytes: NAME_MAX of Linux, and what NTFS takes.
constexpr std::size_t kLongestFileName = 255;

// Names that no file can have on Windows, whatever follows a dot (Microsoft, Naming Files, Paths,
// and Namespaces).
auto is_windows_device(std::string_view name) -> bool {
  constexpr std::array<std::string_view, 4> kDevices = {"con", "prn", "aux", "nul"};
  const bool is_port = name.size() == 4 && (name.starts_with("com") || name.starts_with("lpt"));
  return std::find(kDevices.begin(), kDevices.end(), name) != kDevices.end() ||
         (is_port && value::is_digit(name.back()));
}

// A value as the spec writes it, of the types that a lost setting may be bound to.
template <typename T>
auto value_text(const T& value) -> std::string_view {
  if constexpr (std::is_same_v<T, bool>) {
    return value ? "true" : "false";
  } else if constexpr (std::is_enum_v<T>) {
    return spec::word(value);
  } else {
    return {};
  }
}

// Whether a setting with this value is one that is lost.
template <typename T>
auto is_lost(const rules::LostSetting& lost, const T& value) -> bool {
  if constexpr (std::is_same_v<T, value::Duration>) {
    return !lost.over || value.seconds() > *lost.over;
  } else {
    return lost.value.empty() || lost.value == value_text(value);
  }
}

class Checker {
 public:
  Checker(const compiler::Plan& plan, diag::Sink& sink)
      : plan_(&plan),
        sink_(&sink),
        platform_(&rules::builtin_platforms().of(*plan.gateway->platform)) {}

  void run() {
    check_lost(*plan_->gateway, plan_->gateway->name->text());
    check_gateway();
    for (const compiler::PartnerPlan& partner : plan_->partners) {
      check_lost(*partner.spec, partner.spec->domain->ascii());
    }
    check_methods();
    for (const compiler::ZonePlan& zone : plan_->zones) {
      check_lost(*zone.spec, zone.spec->name->ascii());
      check_zone(*zone.spec);
    }
    for (const compiler::CertificatePlan& certificate : plan_->certificates) {
      check_subject(certificate);
      check_file_name(*certificate.spec);
      if (has_powershell_request(*plan_, certificate)) {
        check_cmdlet(certificate);
      }
    }
  }

 private:
  // Every setting of the entity that the table of platforms has as lost.
  template <typename Entity>
  void check_lost(const Entity& entity, const std::string& id);
  void check_methods();
  void check_shared_methods();
  void check_gateway();
  void check_zone(const spec::Zone& zone);
  void check_subject(const compiler::CertificatePlan& certificate);
  void check_file_name(const spec::Certificate& certificate);
  void check_cmdlet(const compiler::CertificatePlan& certificate);

  // The setting exists elsewhere, but not on this platform.
  void unsupported(Span where, const diag::Subject& subject, std::string_view setting,
                   std::string_view reason) {
    sink_
        ->report(where, messages::unsupported_setting, std::string(setting), platform_text(),
                 std::string(reason))
        .subject(subject.kind, subject.id);
  }
  // What the artifact is made from is not there.
  void check_issued(const spec::Located<bool>& setting, const diag::Subject& subject,
                    std::string_view key, std::string_view artifact) {
    const compiler::CertificatePlan* certificate = *setting ? plan_->presented() : nullptr;
    if (*setting && !plan_->is_presented_unread &&
        (certificate == nullptr || !certificate->facts->issued)) {
      sink_
          ->report(setting.where, messages::no_issued_certificate, std::string(key),
                   std::string(artifact))
          .subject(subject.kind, subject.id);
    }
  }

  [[nodiscard]] auto platform_text() const -> std::string {
    const auto platform = static_cast<std::size_t>(*plan_->gateway->platform);
    return std::string(spec::kWords<spec::Platform>.at(platform).description);
  }

  const compiler::Plan* plan_;
  diag::Sink* sink_;
  const rules::PlatformSupport* platform_;
  // Settings in `defaults` are reported once, and not for each partner that inherits them.
  std::set<std::pair<std::string_view, Span>> reported_;
};

template <typename Entity>
void Checker::check_lost(const Entity& entity, const std::string& id) {
  for (const rules::LostSetting& lost : platform_->lost) {
    if (lost.entity != spec::kEntity<Entity>.kind) {
      continue;
    }
    const auto check_field = [&](const auto& field) {
      const auto& setting = entity.*field.member;
      const bool is_written =
          setting.origin == spec::Origin::given || setting.origin == spec::Origin::inherited;
      if (field.key == lost.key && is_written && is_lost(lost, setting.value) &&
          reported_.emplace(field.key, setting.where).second) {
        unsupported(setting.where, {std::string(lost.entity), id}, lost.key, lost.reason);
      }
    };
    std::apply([&](const auto&... fields) { (check_field(fields), ...); }, spec::kFields<Entity>);
  }
}

// Each partner's set of methods, on its own and beside the others.
void Checker::check_methods() {
  bool is_expressible = true;
  for (const compiler::PartnerPlan& partner : plan_->partners) {
    const std::vector<rules::Method>& methods = partner.facts->row->methods;
    const rules::MethodSupport* support = platform_->find(methods);
    if (support == nullptr || !support->by.empty()) {
      continue;
    }
    is_expressible = false;
    const std::string& domain = partner.spec->domain->display();
    sink_
        ->report(partner.spec->sasl.where, messages::inexpressible_methods, domain,
                 rules::to_text(methods), platform_text(), support->reason)
        .subject("partner", partner.spec->domain->ascii());
  }
  if (is_expressible && platform_->scope == rules::MethodScope::domain) {
    check_shared_methods();
  }
}

// One set for all: every partner whose set is not that of the most partners is named, beside the
// first one that has it.
void Checker::check_shared_methods() {
  using Partners = std::vector<const compiler::PartnerPlan*>;
  std::vector<Partners> groups;
  for (const compiler::PartnerPlan& partner : plan_->partners) {
    // A posture without a method is a finding of its own.
    if (partner.facts->row->methods.empty()) {
      continue;
    }
    const auto group = std::find_if(groups.begin(), groups.end(), [&](const Partners& one) {
      return one.front()->facts->row->methods == partner.facts->row->methods;
    });
    (group == groups.end() ? groups.emplace_back() : *group).push_back(&partner);
  }
  if (groups.empty()) {
    return;
  }
  const auto largest =
      std::max_element(groups.begin(), groups.end(),
                       [](const auto& a, const auto& b) { return a.size() < b.size(); });
  for (const Partners& group : groups) {
    if (&group == &*largest) {
      continue;
    }
    const compiler::PartnerPlan& other = *largest->front();
    const std::string& other_domain = other.spec->domain->display();
    for (const compiler::PartnerPlan* partner : group) {
      sink_
          ->report(partner->spec->domain.where, messages::mixed_methods,
                   partner->spec->domain->display(), rules::to_text(partner->facts->row->methods),
                   other_domain, rules::to_text(other.facts->row->methods), platform_text())
          .subject("partner", partner->spec->domain->ascii())
          .note(other.spec->domain.where, "partner `" + other_domain + "` stands here");
    }
  }
}

void Checker::check_gateway() {
  const spec::Gateway& gateway = *plan_->gateway;
  const diag::Subject subject{"gateway", gateway.name->text()};
  if (spec::is_lync(*gateway.platform) && *gateway.access_edge->port != kXmppPort) {
    unsupported(gateway.access_edge->port.where, subject, "access_edge.port",
                "partners reach its XMPP gateway on port 5269");
  }
  if (!spec::is_lync(*gateway.platform)) {
    for (const auto& domain : *gateway.domains) {
      if (!keeps_unicode(*gateway.platform, *domain)) {
        unsupported(domain.where, subject, "domains",
                    "it prepares names with Nameprep (RFC 3491), which takes `" +
                        domain->unicode() + "` for another name or for none");
      }
    }
  }
  // It is read again at each reload, and by then Prosody's working folder is that of its data.
  const spec::SecretReference& secret = *gateway.dialback_passphrase;
  if (*gateway.platform == spec::Platform::prosody && secret.file.present() &&
      !secret.file->text().starts_with('/')) {
    unsupported(secret.file.where, subject, "dialback_passphrase.file",
                "after its start it has another working folder, so that it needs an absolute path");
  }
  check_issued(gateway.posh, subject, "posh", "POSH documents");
}

void Checker::check_zone(const spec::Zone& zone) {
  const std::size_t length = zone_path(zone).size() - (zone_path(zone).rfind('/') + 1);
  if (length > kLongestFileName) {
    unsupported(zone.name.where, {"zone", zone.name->ascii()}, "name",
                fmt::format("the file of its fragment would have a name of {} bytes, and {} are "
                            "the most that file systems take",
                            length, kLongestFileName));
  }
  const std::string label = zone.name->ascii().substr(0, zone.name->ascii().find('.'));
  if (spec::is_lync(*plan_->gateway->platform) && is_windows_device(label)) {
    unsupported(zone.name.where, {"zone", zone.name->ascii()}, "name",
                "Windows keeps `" + label +
                    "` for a device, whatever follows a dot, and the file of the fragment cannot "
                    "be called so there");
  }
  check_issued(zone.tlsa, {"zone", zone.name->ascii()}, "tlsa", "TLSA records");
}

// What no tool can put into a request.
void Checker::check_subject(const compiler::CertificatePlan& certificate) {
  const spec::Certificate& it = *certificate.spec;
  const spec::DistinguishedName& subject = *it.subject;
  const auto refuse = [&](Span where, const std::string& what, const std::string& why) {
    sink_->report(where, messages::unrequestable_certificate, it.name->text(), what, why)
        .subject("certificate", it.name->text());
  };
  const std::string& common_name = certificate.facts->common_name;
  if (common_name.empty() && !subject.organization.present() &&
      !subject.organizational_unit.present() && !subject.locality.present() &&
      !subject.state.present() && !subject.country.present()) {
    refuse(it.where, "an empty subject", "a certificate for XMPP names its subject");
  }
  if (source::count_code_points(common_name) > kLongestCommonName) {
    refuse(it.subject.where, "the common name `" + common_name + "`",
           "it has more than the 64 characters that X.520 allows");
  }
}

// The files of a request have the certificate's name.
void Checker::check_file_name(const spec::Certificate& certificate) {
  const std::string& name = certificate.name->text();
  if (spec::is_lync(*plan_->gateway->platform) && is_windows_device(name)) {
    unsupported(certificate.name.where, {"certificate", name}, "name",
                "Windows keeps `" + name + "` for a device, and no file there can be called so");
  }
}

// What Request-CsCertificate cannot ask for (Microsoft, Request-CsCertificate).
void Checker::check_cmdlet(const compiler::CertificatePlan& certificate) {
  const spec::Certificate& it = *certificate.spec;
  const diag::Subject subject{"certificate", it.name->text()};
  if (*it.key->algorithm == spec::KeyAlgorithm::rsa && *it.key->bits != 2048 &&
      *it.key->bits != 4096) {
    unsupported(it.key->bits.where, subject, "key.bits",
                "its Request-CsCertificate makes RSA keys of 1024, 2048 or 4096 bits");
  }
  const std::vector<spec::KeyUsage> usages = key_usages(it);
  if (std::find(usages.begin(), usages.end(), spec::KeyUsage::server_auth) == usages.end()) {
    unsupported(it.extended_key_usage.where, subject, "extended_key_usage",
                "its Request-CsCertificate always asks for server_auth");
  }
  const value::DnsName& edge = *plan_->gateway->access_edge->fqdn;
  const auto common_name = value::DnsName::parse(certificate.facts->common_name);
  if (!common_name || *common_name != edge) {
    unsupported(it.subject->common_name.where, subject, "subject.common_name",
                "its Request-CsCertificate takes the Access Edge's FQDN, `" + edge.ascii() + "`");
  }
}

}  // namespace

void check_platform(const compiler::Plan& plan, diag::Sink& sink) { Checker(plan, sink).run(); }

}  // namespace fedgate::emit
