// What the artifacts for a platform cannot express, in one place.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/emit/csr.h"
#include "compiler/emit/emit.h"
#include "compiler/emit/lync_cmdlets.h"
#include "schema/diag/message.h"
#include "schema/source/source_file.h"

namespace fedgate::emit {

namespace {

namespace messages = diag::messages;
using source::Span;

// RFC 5280, appendix A.1, ub-common-name, in characters.
constexpr std::uint32_t kLongestCommonName = 64;

class Checker {
 public:
  Checker(const compiler::Plan& plan, diag::Sink& sink) : plan_(&plan), sink_(&sink) {}

  void run() {
    check_gateway();
    for (const compiler::ZonePlan& zone : plan_->zones) {
      check_zone(*zone.spec);
    }
    for (const compiler::CertificatePlan& certificate : plan_->certificates) {
      check_subject(certificate);
      if (has_powershell_request(*plan_, certificate)) {
        check_cmdlet(certificate);
      }
    }
  }

 private:
  void check_gateway();
  void check_zone(const spec::Zone& zone);
  void check_subject(const compiler::CertificatePlan& certificate);
  void check_cmdlet(const compiler::CertificatePlan& certificate);

  // The setting exists elsewhere, but not on this platform.
  void unsupported(Span where, const diag::Subject& subject, std::string_view setting,
                   std::string_view reason) {
    const auto platform = static_cast<std::size_t>(*plan_->gateway->platform);
    sink_
        ->report(where, messages::unsupported_setting, std::string(setting),
                 std::string(spec::kWords<spec::Platform>.at(platform).description),
                 std::string(reason))
        .subject(subject.kind, subject.id);
  }
  // The setting is of the spec language, but this version writes no artifact for it.
  void uncompiled(Span where, const diag::Subject& subject, std::string_view setting,
                  std::string_view artifact) {
    sink_->report(where, messages::uncompiled_setting, std::string(setting), std::string(artifact))
        .subject(subject.kind, subject.id);
  }

  const compiler::Plan* plan_;
  diag::Sink* sink_;
};

void Checker::check_gateway() {
  const spec::Gateway& gateway = *plan_->gateway;
  const diag::Subject subject{"gateway", gateway.name->text()};
  if (*gateway.access_edge->port != kXmppPort) {
    unsupported(gateway.access_edge->port.where, subject, "access_edge.port",
                "partners reach its XMPP gateway on port 5269");
  }
  if (*gateway.posh) {
    uncompiled(gateway.posh.where, subject, "posh", "the files that RFC 7711 asks for");
  }
}

void Checker::check_zone(const spec::Zone& zone) {
  const diag::Subject subject{"zone", zone.name->ascii()};
  if (*zone.direct_tls) {
    unsupported(zone.direct_tls.where, subject, "direct_tls",
                "it accepts streams that start with STARTTLS only");
  }
  if (*zone.tlsa) {
    uncompiled(zone.tlsa.where, subject, "tlsa", "TLSA records");
  }
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
