#include "compiler/emit/pkcs10.h"

#include "compiler/emit/csr.h"

namespace fedgate::emit {

auto request_content(const compiler::CertificatePlan& certificate) -> x509::RequestContent {
  const spec::Certificate& it = *certificate.spec;
  x509::RequestContent content;
  for (const SubjectAttribute& attribute : subject_of(certificate)) {
    content.subject.emplace_back(attribute.openssl, attribute.text);
  }
  for (const value::DnsPattern& name : certificate.facts->requested) {
    content.dns.push_back(name.ascii());
  }
  content.srv = certificate.facts->srv_names;
  content.xmpp = certificate.facts->xmpp_addresses;
  for (const spec::KeyUsage usage : key_usages(it)) {
    content.extended_key_usage.emplace_back(spec::word(usage));
  }
  return content;
}

auto key_kind(const spec::Certificate& certificate) -> x509::KeyKind {
  const spec::Key& key = *certificate.key;
  x509::KeyKind kind;
  kind.is_ecdsa = *key.algorithm == spec::KeyAlgorithm::ecdsa;
  if (kind.is_ecdsa) {
    kind.curve = spec::word(*key.curve);
  } else {
    kind.bits = *key.bits;
  }
  return kind;
}

auto is_of_kind(const x509::PublicKey& key, const x509::KeyKind& kind) -> bool {
  return kind.is_ecdsa ? key.algorithm == "ecdsa" && key.curve == kind.curve
                       : key.algorithm == "rsa" && key.bits == kind.bits;
}

auto emit_pkcs10_request(const compiler::CertificatePlan& certificate, const x509::PrivateKey& key)
    -> std::string {
  return x509::make_request(request_content(certificate), key);
}

}  // namespace fedgate::emit
