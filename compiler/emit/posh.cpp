#include "compiler/emit/posh.h"

#include "schema/base/json_writer.h"
#include "schema/base/seconds.h"
#include "schema/posh/document.h"

namespace fedgate::emit {

auto posh_path(const value::DnsName& domain) -> std::string {
  return "posh/" + domain.ascii() + "/xmpp-server.json";
}

auto emit_posh(const compiler::CertificatePlan& certificate) -> std::string {
  std::string text;
  JsonWriter json(text);
  json.begin_object();
  json.key(posh::kFingerprints);
  json.begin_array();
  json.begin_object();
  json.member(posh::kSha256, certificate.facts->issued->leaf().fingerprint);
  json.end_object();
  json.end_array();
  // So that the next certificate is known soon after it is published (RFC 7711, section 6).
  json.member(posh::kExpires, kSecondsPerDay);
  json.end_object();
  text.push_back('\n');
  return text;
}

}  // namespace fedgate::emit
