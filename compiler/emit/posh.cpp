#include "compiler/emit/posh.h"

#include <cstdint>

#include "schema/base/json_writer.h"

namespace fedgate::emit {

namespace {

// For how long peers may keep the document, in seconds (RFC 7711, section 6): a day, so that the
// next certificate is known soon after it is published.
constexpr std::int64_t kExpires = 86'400;

}  // namespace

auto posh_path(const value::DnsName& domain) -> std::string {
  return "posh/" + domain.ascii() + "/xmpp-server.json";
}

auto emit_posh(const compiler::CertificatePlan& certificate) -> std::string {
  std::string text;
  JsonWriter json(text);
  json.begin_object();
  json.key("fingerprints");
  json.begin_array();
  json.begin_object();
  json.member("sha-256", certificate.facts->issued->leaf().fingerprint);
  json.end_object();
  json.end_array();
  json.member("expires", kExpires);
  json.end_object();
  text.push_back('\n');
  return text;
}

}  // namespace fedgate::emit
