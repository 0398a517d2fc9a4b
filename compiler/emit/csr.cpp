#include "compiler/emit/csr.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "compiler/emit/lync_cmdlets.h"
#include "compiler/emit/pkcs10.h"
#include "compiler/emit/quote/inf.h"
#include "compiler/emit/quote/line.h"
#include "compiler/emit/quote/openssl_config.h"
#include "compiler/emit/quote/powershell.h"
#include "compiler/emit/quote/shell.h"
#include "schema/base/ascii_word.h"
#include "schema/x509/identifiers.h"

namespace fedgate::emit {

namespace {

auto is_ecdsa(const spec::Certificate& certificate) -> bool {
  return *certificate.key->algorithm == spec::KeyAlgorithm::ecdsa;
}

// The words of the three tools for what the spec's enumerations say, in their order.
constexpr std::array<std::string_view, 2> kOpensslUsages = {"serverAuth", "clientAuth"};
constexpr std::array<std::string_view, 2> kUsageIdentifiers = {x509::kServerAuthUsage,
                                                               x509::kClientAuthUsage};
constexpr std::array<std::string_view, 3> kOpensslCurves = {"P-256", "P-384", "P-521"};
constexpr std::array<std::string_view, 3> kCertreqCurves = {"ECDSA_P256", "ECDSA_P384",
                                                            "ECDSA_P521"};
constexpr std::array<std::string_view, 3> kCmdletCurves = {"ECDH_P256", "ECDH_P384", "ECDH_P521"};
constexpr std::array<int, 3> kCurveBits = {256, 384, 521};

template <typename Word, std::size_t Size, typename Enum>
auto word_of(const std::array<Word, Size>& words, Enum value) -> Word {
  return words.at(static_cast<std::size_t>(value));
}

// The options of `openssl req` that make the key.
auto openssl_key(const spec::Key& key) -> std::string {
  return *key.algorithm == spec::KeyAlgorithm::ecdsa
             ? fmt::format("-newkey ec -pkeyopt ec_paramgen_curve:{}",
                           word_of(kOpensslCurves, *key.curve))
             : fmt::format("-newkey rsa:{}", *key.bits);
}

// CertStrToName (wincrypt.h) with these flags separates at commas only, takes `+` for itself and
// encodes as UTF8String what is no PrintableString (RFC 5280, section 4.1.2.4).
constexpr std::string_view kNameFlags = "0x24040000";

auto certreq_subject(const compiler::CertificatePlan& certificate) -> std::string {
  std::vector<SubjectAttribute> attributes = subject_of(certificate);
  // Microsoft's tools write names from the narrowest attribute to the widest.
  std::reverse(attributes.begin(), attributes.end());
  std::string name;
  for (const SubjectAttribute& attribute : attributes) {
    name += fmt::format("{}{}={}", name.empty() ? "" : ",", attribute.certreq,
                        quote::x500_value(attribute.text));
  }
  return name;
}

// The key that certreq makes, and what it may be used for (RFC 5280, section 4.2.1.3: 0x80 is
// digitalSignature, 0x20 keyEncipherment, which only RSA can do).
auto certreq_key(const spec::Key& key) -> std::string {
  if (*key.algorithm == spec::KeyAlgorithm::ecdsa) {
    return fmt::format(
        "KeyAlgorithm = {}\nKeyLength = {}\n"
        "ProviderName = \"Microsoft Software Key Storage Provider\"\nKeyUsage = 0x80\n",
        word_of(kCertreqCurves, *key.curve), word_of(kCurveBits, *key.curve));
  }
  return fmt::format(
      "KeyAlgorithm = RSA\nKeyLength = {}\nKeySpec = 1\n"
      "ProviderName = \"Microsoft RSA SChannel Cryptographic Provider\"\nProviderType = 12\n"
      "KeyUsage = 0xa0\n",
      *key.bits);
}

// The alternative names as an extension. Its text form has no otherNames, so that with them the
// extension's DER stands there in Base64, and its names in comments.
auto certreq_names(const compiler::CertificatePlan& certificate) -> std::string {
  const rules::CertificateFacts& facts = *certificate.facts;
  if (facts.requested.empty() && !has_other_names(certificate)) {
    return {};
  }
  std::string text = "\n[Extensions]\n; Subject alternative names\n";
  if (!has_other_names(certificate)) {
    text += "2.5.29.17 = \"{text}\"\n";
    for (const value::DnsPattern& name : facts.requested) {
      text += fmt::format("_continue_ = {}\n", quote::inf("dns=" + name.ascii() + "&"));
    }
    return text;
  }
  for (const value::DnsPattern& name : facts.requested) {
    text += fmt::format(";   dNSName {}\n", name.ascii());
  }
  for (const std::string& name : facts.srv_names) {
    text += fmt::format(";   SRVName {}\n", name);
  }
  for (const std::string& name : facts.xmpp_addresses) {
    text += fmt::format(";   XmppAddr {}\n", name);
  }
  constexpr std::size_t kLine = 64;
  const std::string encoded =
      x509::encode_base64(x509::encode_alternative_names(request_content(certificate)));
  for (std::size_t at = 0; at < encoded.size(); at += kLine) {
    text += fmt::format("{} = \"{}\"\n", at == 0 ? "2.5.29.17" : "_continue_",
                        encoded.substr(at, kLine));
  }
  return text;
}

auto joined_names(const compiler::CertificatePlan& certificate) -> std::string {
  std::string joined;
  for (const value::DnsPattern& name : certificate.facts->requested) {
    joined += joined.empty() ? "" : ",";
    joined += name.ascii();
  }
  return joined;
}

// The lines of the hashtable that the cmdlet gets, `    Name = value`.
auto cmdlet_arguments(const compiler::CertificatePlan& certificate) -> std::string {
  const spec::Certificate& it = *certificate.spec;
  const spec::DistinguishedName& subject = *it.subject;
  std::string lines;
  const auto put = [&lines](std::string_view name, std::string_view value) {
    lines += fmt::format("    {} = {}\n", name, value);
  };
  const auto put_text = [&put](std::string_view name, const spec::Located<value::Text>& text) {
    if (text.present()) {
      put(name, quote::powershell(text->text()));
    }
  };
  put("New", "$true");
  put("Type", kExternalEdgeTypes);
  put("DomainName", quote::powershell(joined_names(certificate)));
  put_text("Organization", subject.organization);
  put_text("OU", subject.organizational_unit);
  put_text("City", subject.locality);
  put_text("State", subject.state);
  put_text("Country", subject.country);
  put_text("FriendlyName", it.friendly_name);
  if (is_ecdsa(it)) {
    put("KeyAlg", quote::powershell(word_of(kCmdletCurves, *it.key->curve)));
  } else {
    put("KeyAlg", "'RSA'");
    put("KeySize", fmt::to_string(*it.key->bits));
  }
  put("PrivateKeyExportable", *it.key->exportable ? "$true" : "$false");
  const std::vector<spec::KeyUsage> usages = key_usages(it);
  const bool is_client =
      std::find(usages.begin(), usages.end(), spec::KeyUsage::client_auth) != usages.end();
  put("ClientEKU", is_client ? "$true" : "$false");
  if (asks_for_template(it)) {
    put_text("Template", it.template_name);
  }
  put("Output", "$output");
  return lines;
}

}  // namespace

auto subject_of(const compiler::CertificatePlan& certificate) -> std::vector<SubjectAttribute> {
  const spec::DistinguishedName& subject = *certificate.spec->subject;
  std::vector<SubjectAttribute> attributes;
  const auto add = [&attributes](std::string_view openssl, std::string_view certreq,
                                 const spec::Located<value::Text>& text) {
    if (text.present()) {
      attributes.push_back({openssl, certreq, text->text()});
    }
  };
  add("C", "C", subject.country);
  add("ST", "S", subject.state);
  add("L", "L", subject.locality);
  add("O", "O", subject.organization);
  add("OU", "OU", subject.organizational_unit);
  if (!certificate.facts->common_name.empty()) {
    attributes.push_back({"CN", "CN", certificate.facts->common_name});
  }
  return attributes;
}

auto key_usages(const spec::Certificate& certificate) -> std::vector<spec::KeyUsage> {
  std::vector<spec::KeyUsage> usages;
  for (const auto& usage : *certificate.extended_key_usage) {
    usages.push_back(*usage);
  }
  std::sort(usages.begin(), usages.end());
  usages.erase(std::unique(usages.begin(), usages.end()), usages.end());
  return usages;
}

auto asks_for_template(const spec::Certificate& certificate) -> bool {
  return certificate.template_name.present() &&
         (certificate.template_name.given() ||
          *certificate.issuer->trust == spec::Trust::private_ca);
}

auto has_other_names(const compiler::CertificatePlan& certificate) -> bool {
  return !certificate.facts->srv_names.empty() || !certificate.facts->xmpp_addresses.empty();
}

auto request_file(const spec::Certificate& certificate) -> std::string {
  return certificate.request_file.present() ? certificate.request_file->text()
                                            : certificate.name->text() + ".req";
}

auto has_powershell_request(const compiler::Plan& plan,
                            const compiler::CertificatePlan& certificate) -> bool {
  return spec::is_lync(*plan.gateway->platform) && certificate.facts->is_presented &&
         !has_other_names(certificate);
}

auto openssl_command(const spec::Certificate& certificate, std::string_view configuration,
                     std::string_view request) -> std::string {
  return fmt::format("openssl req -new -config {} {} -nodes -keyout {}.key -out {}",
                     quote::shell(configuration), openssl_key(*certificate.key),
                     certificate.name->text(), quote::shell(request));
}

auto emit_openssl_request(const compiler::Plan& plan, const compiler::CertificatePlan& certificate)
    -> std::string {
  const spec::Certificate& it = *certificate.spec;
  const std::string& name = it.name->text();
  std::string text = fmt::format(
      "# Certificate request {0} of gateway {1}, compiled by fedgate: change the spec, not this "
      "file.\n"
      "# To make a new key (-nodes leaves it without a passphrase) and the request, with a copy "
      "of\n"
      "# this file in a folder of your own:\n"
      "#   {2}\n\n"
      "[req]\nprompt = no\nutf8 = yes\nstring_mask = utf8only\ndefault_md = sha256\n",
      name, plan.gateway->name->text(), openssl_command(it, name + ".cnf", name + ".req"));
  if (!is_ecdsa(it)) {
    text += fmt::format("default_bits = {}\n", *it.key->bits);
  }
  text += "distinguished_name = subject\nreq_extensions = extensions\n\n[subject]\n";
  for (const SubjectAttribute& attribute : subject_of(certificate)) {
    text += fmt::format("{} = {}\n", attribute.openssl, quote::openssl_config(attribute.text));
  }
  text += fmt::format("\n[extensions]\nkeyUsage = critical, digitalSignature{}\n",
                      is_ecdsa(it) ? "" : ", keyEncipherment");
  text += "extendedKeyUsage = ";
  std::string_view separator;
  for (const spec::KeyUsage usage : key_usages(it)) {
    text += fmt::format("{}{}", separator, word_of(kOpensslUsages, usage));
    separator = ", ";
  }
  text += '\n';
  if (!certificate.facts->requested.empty()) {
    text += "subjectAltName = @alternative_names\n\n[alternative_names]\n";
  }
  std::size_t number = 0;
  for (const value::DnsPattern& alternative : certificate.facts->requested) {
    text += fmt::format("DNS.{} = {}\n", ++number, quote::openssl_config(alternative.ascii()));
  }
  number = 0;
  for (const std::string& other : certificate.facts->srv_names) {
    text += fmt::format(
        "otherName.{} = {}\n", ++number,
        quote::openssl_config(fmt::format("{};IA5STRING:{}", x509::kSrvNameType, other)));
  }
  for (const std::string& other : certificate.facts->xmpp_addresses) {
    text += fmt::format("otherName.{} = {}\n", ++number,
                        quote::openssl_config(
                            fmt::format("{};FORMAT:UTF8,UTF8:{}", x509::kXmppAddressType, other)));
  }
  return text;
}

auto emit_certreq_request(const compiler::Plan& plan, const compiler::CertificatePlan& certificate)
    -> std::string {
  const spec::Certificate& it = *certificate.spec;
  const std::string& name = it.name->text();
  std::string text = fmt::format(
      "; Certificate request {0} of gateway {1}, compiled by fedgate: change the spec, not this "
      "file.\n"
      "; As an administrator, to make a new key and the request, with a copy of this file in a\n"
      "; folder of your own:\n"
      ";   certreq -new {0}.inf {0}.req\n\n"
      "[Version]\nSignature = \"$Windows NT$\"\n\n[NewRequest]\nRequestType = PKCS10\n",
      name, plan.gateway->name->text());
  text += fmt::format("Subject = {}\nX500NameFlags = {}\n",
                      quote::inf(certreq_subject(certificate)), kNameFlags);
  text += certreq_key(*it.key);
  text +=
      fmt::format("HashAlgorithm = sha256\nExportable = {}\nMachineKeySet = TRUE\nSMIME = FALSE\n",
                  *it.key->exportable ? "TRUE" : "FALSE");
  if (it.friendly_name.present()) {
    text += fmt::format("FriendlyName = {}\n", quote::inf(it.friendly_name->text()));
  }
  text += "\n[EnhancedKeyUsageExtension]\n";
  for (const spec::KeyUsage usage : key_usages(it)) {
    text += fmt::format("OID = {}\n", word_of(kUsageIdentifiers, usage));
  }
  text += certreq_names(certificate);
  if (asks_for_template(it)) {
    text += fmt::format("\n[RequestAttributes]\nCertificateTemplate = {}\n",
                        quote::inf(it.template_name->text()));
  }
  return is_all_ascii(text) ? text : quote::to_utf16_file(text);
}

auto emit_powershell_request(const compiler::Plan& plan,
                             const compiler::CertificatePlan& certificate) -> std::string {
  const std::string head = fmt::format(
      "# Requests certificate {} of gateway {}. Compiled by fedgate: change the spec, not this "
      "file.\n"
      "#\n"
      "# Run it on the Edge Server, in the {}, as an administrator.\n"
      "# The cmdlet takes the common name from the topology, which has to give {}.\n",
      certificate.spec->name->text(), plan.gateway->name->text(),
      management_shell(*plan.gateway->platform), plan.gateway->access_edge->fqdn->ascii());
  const std::string body = fmt::format(
      "Set-StrictMode -Version 2.0\n$ErrorActionPreference = 'Stop'\n\n"
      "# As a full path, because the cmdlet does not know the shell's current folder.\n"
      "$output = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath({})\n"
      "$request = @{{\n{}}}\nRequest-CsCertificate @request\n"
      "Write-Host \"The request is in $output; send it to the certificate authority.\"\n",
      quote::powershell(request_file(*certificate.spec)), cmdlet_arguments(certificate));
  return finish_script(head, body);
}

}  // namespace fedgate::emit
