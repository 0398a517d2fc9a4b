#include "schema/x509/writer.h"

#include <string_view>

#include <openssl/pem.h>

#include "schema/base/failure.h"
#include "schema/x509/identifiers.h"
#include "schema/x509/openssl.h"

namespace fedgate::x509 {

namespace {

using OwnedName = Owned<X509_NAME, &X509_NAME_free>;
using OwnedNames = Owned<GENERAL_NAMES, &GENERAL_NAMES_free>;
using OwnedPurposes = Owned<EXTENDED_KEY_USAGE, &EXTENDED_KEY_USAGE_free>;
using Attributes = std::vector<std::pair<std::string, std::string>>;

void require(bool holds) {
  if (!holds) {
    throw Failure("OpenSSL cannot write the certificate or request");
  }
}

auto bytes_of(const std::string& text) -> const unsigned char* {
  return reinterpret_cast<const unsigned char*>(text.data());
}

auto make_name(const Attributes& attributes) -> OwnedName {
  OwnedName name(X509_NAME_new());
  for (const auto& [type, value] : attributes) {
    const int form = type == "C" ? V_ASN1_PRINTABLESTRING : V_ASN1_UTF8STRING;
    require(X509_NAME_add_entry_by_txt(name.get(), type.c_str(), form, bytes_of(value),
                                       static_cast<int>(value.size()), -1, 0) == 1);
  }
  return name;
}

void add_dns(GENERAL_NAMES* names, const std::string& text) {
  Owned<GENERAL_NAME, &GENERAL_NAME_free> name(GENERAL_NAME_new());
  Owned<ASN1_IA5STRING, &ASN1_IA5STRING_free> value(ASN1_IA5STRING_new());
  require(name != nullptr && value != nullptr &&
          ASN1_STRING_set(value.get(), text.data(), static_cast<int>(text.size())) == 1);
  GENERAL_NAME_set0_value(name.get(), GEN_DNS, value.release());
  require(sk_GENERAL_NAME_push(names, name.get()) > 0);
  static_cast<void>(name.release());
}

void add_other(GENERAL_NAMES* names, std::string_view type, int form, const std::string& text) {
  Owned<GENERAL_NAME, &GENERAL_NAME_free> name(GENERAL_NAME_new());
  Owned<ASN1_TYPE, &ASN1_TYPE_free> value(ASN1_TYPE_new());
  Owned<ASN1_STRING, &ASN1_STRING_free> content(ASN1_STRING_type_new(form));
  require(name != nullptr && value != nullptr && content != nullptr &&
          ASN1_STRING_set(content.get(), text.data(), static_cast<int>(text.size())) == 1);
  ASN1_TYPE_set(value.get(), form, content.release());
  ASN1_OBJECT* identifier = OBJ_txt2obj(std::string(type).c_str(), 1);
  require(identifier != nullptr &&
          GENERAL_NAME_set0_othername(name.get(), identifier, value.release()) == 1);
  require(sk_GENERAL_NAME_push(names, name.get()) > 0);
  static_cast<void>(name.release());
}

auto make_names(const RequestContent& content) -> OwnedNames {
  OwnedNames names(GENERAL_NAMES_new());
  require(names != nullptr);
  for (const std::string& name : content.dns) {
    add_dns(names.get(), name);
  }
  for (const std::string& name : content.srv) {
    add_other(names.get(), kSrvNameType, V_ASN1_IA5STRING, name);
  }
  for (const std::string& name : content.xmpp) {
    add_other(names.get(), kXmppAddressType, V_ASN1_UTF8STRING, name);
  }
  return names;
}

auto has_names(const RequestContent& content) -> bool {
  return !content.dns.empty() || !content.srv.empty() || !content.xmpp.empty();
}

void add_extension(STACK_OF(X509_EXTENSION) * extensions, int kind, void* value, bool is_critical) {
  require(X509V3_add1_i2d(&extensions, kind, value, is_critical ? 1 : 0, X509V3_ADD_DEFAULT) == 1);
}

void add_key_usage(STACK_OF(X509_EXTENSION) * extensions, bool is_rsa, bool is_authority) {
  const Owned<ASN1_BIT_STRING, &ASN1_BIT_STRING_free> bits(ASN1_BIT_STRING_new());
  // The bits' numbers are those of RFC 5280, section 4.2.1.3.
  constexpr int kDigitalSignature = 0;
  constexpr int kKeyEncipherment = 2;
  constexpr int kKeyCertSign = 5;
  require(bits != nullptr && ASN1_BIT_STRING_set_bit(bits.get(), kDigitalSignature, 1) == 1);
  require(!is_rsa || ASN1_BIT_STRING_set_bit(bits.get(), kKeyEncipherment, 1) == 1);
  require(!is_authority || ASN1_BIT_STRING_set_bit(bits.get(), kKeyCertSign, 1) == 1);
  add_extension(extensions, NID_key_usage, bits.get(), true);
}

void add_purposes(STACK_OF(X509_EXTENSION) * extensions, const std::vector<std::string>& purposes) {
  const OwnedPurposes list(EXTENDED_KEY_USAGE_new());
  for (const std::string& purpose : purposes) {
    const std::string_view identifier = purpose == "server_auth"   ? kServerAuthUsage
                                        : purpose == "client_auth" ? kClientAuthUsage
                                        : purpose == "any"         ? kAnyUsage
                                                                   : std::string_view(purpose);
    ASN1_OBJECT* object = OBJ_txt2obj(std::string(identifier).c_str(), 1);
    require(object != nullptr && sk_ASN1_OBJECT_push(list.get(), object) > 0);
  }
  add_extension(extensions, NID_ext_key_usage, list.get(), false);
}

auto make_extensions(const RequestContent& content, bool is_rsa, bool is_authority)
    -> OwnedExtensions {
  OwnedExtensions extensions(sk_X509_EXTENSION_new_null());
  require(extensions != nullptr);
  if (content.key_usage) {
    add_key_usage(extensions.get(), is_rsa, is_authority);
  }
  if (!content.extended_key_usage.empty()) {
    add_purposes(extensions.get(), content.extended_key_usage);
  }
  if (has_names(content)) {
    // Critical where the subject is empty (RFC 5280, section 4.2.1.6).
    add_extension(extensions.get(), NID_subject_alt_name, make_names(content).get(),
                  content.subject.empty());
  }
  return extensions;
}

auto pem_text(BIO* bio) -> std::string {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

auto digest_for(EVP_PKEY* key) -> const EVP_MD* {
  constexpr int kP384 = 384;
  if (EVP_PKEY_get_base_id(key) != EVP_PKEY_EC || EVP_PKEY_get_bits(key) < kP384) {
    return EVP_sha256();
  }
  return EVP_PKEY_get_bits(key) == kP384 ? EVP_sha384() : EVP_sha512();
}

auto is_rsa(EVP_PKEY* key) -> bool { return EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA; }

void add_distribution_point(STACK_OF(X509_EXTENSION) * extensions) {
  Owned<X509_EXTENSION, &X509_EXTENSION_free> extension(X509V3_EXT_conf_nid(
      nullptr, nullptr, NID_crl_distribution_points, "URI:http://crl.example/ca.crl"));
  require(extension != nullptr && sk_X509_EXTENSION_push(extensions, extension.get()) > 0);
  static_cast<void>(extension.release());
}

}  // namespace

auto make_request(const RequestContent& content, const PrivateKey& key, const PrivateKey* signer)
    -> std::string {
  const ErrorScope errors;
  const OwnedRequest request(X509_REQ_new());
  require(request != nullptr);
  const OwnedExtensions extensions = make_extensions(content, is_rsa(key.get()), false);
  require(X509_REQ_set_version(request.get(), X509_REQ_VERSION_1) == 1 &&
          X509_REQ_set_subject_name(request.get(), make_name(content.subject).get()) == 1 &&
          X509_REQ_set_pubkey(request.get(), key.get()) == 1);
  require(sk_X509_EXTENSION_num(extensions.get()) == 0 ||
          X509_REQ_add_extensions(request.get(), extensions.get()) == 1);
  require(X509_REQ_sign(request.get(), (signer == nullptr ? key : *signer).get(),
                        digest_for(key.get())) > 0);
  const OwnedBio bio(BIO_new(BIO_s_mem()));
  require(bio != nullptr && PEM_write_bio_X509_REQ(bio.get(), request.get()) == 1);
  return pem_text(bio.get());
}

auto encode_alternative_names(const RequestContent& content) -> std::string {
  const ErrorScope errors;
  const OwnedNames names = make_names(content);
  unsigned char* der = nullptr;
  const int size = i2d_GENERAL_NAMES(names.get(), &der);
  const OwnedBytes owned(der);
  require(size > 0);
  return {reinterpret_cast<const char*>(der), static_cast<std::size_t>(size)};
}

auto encode_base64(std::string_view bytes) -> std::string {
  // Four characters for each three bytes, and a final NUL.
  std::string encoded((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()),
                                     reinterpret_cast<const unsigned char*>(bytes.data()),
                                     static_cast<int>(bytes.size()));
  encoded.resize(static_cast<std::size_t>(length));
  return encoded;
}

auto make_certificate(const CertificateContent& content, const PrivateKey& key,
                      const Signer& issuer) -> std::string {
  const ErrorScope errors;
  const OwnedCertificate certificate(X509_new());
  require(certificate != nullptr);
  X509* it = certificate.get();
  const OwnedExtensions extensions =
      make_extensions(content.content, is_rsa(key.get()), content.is_authority);
  if (content.is_authority) {
    const Owned<BASIC_CONSTRAINTS, &BASIC_CONSTRAINTS_free> constraints(BASIC_CONSTRAINTS_new());
    constraints->ca = 1;
    add_extension(extensions.get(), NID_basic_constraints, constraints.get(), true);
  }
  if (content.has_crl_distribution_point) {
    add_distribution_point(extensions.get());
  }
  require(X509_set_version(it, X509_VERSION_3) == 1 &&
          ASN1_INTEGER_set(X509_get_serialNumber(it), 1) == 1 &&
          ASN1_TIME_set(X509_getm_notBefore(it), content.not_before) != nullptr &&
          ASN1_TIME_set(X509_getm_notAfter(it), content.not_after) != nullptr &&
          X509_set_subject_name(it, make_name(content.content.subject).get()) == 1 &&
          X509_set_issuer_name(it, make_name(issuer.name).get()) == 1 &&
          X509_set_pubkey(it, key.get()) == 1);
  for (int i = 0; i < sk_X509_EXTENSION_num(extensions.get()); ++i) {
    require(X509_add_ext(it, sk_X509_EXTENSION_value(extensions.get(), i), -1) == 1);
  }
  const EVP_MD* digest = EVP_get_digestbyname(content.digest.c_str());
  require(digest != nullptr && X509_sign(it, issuer.key->get(), digest) > 0);
  const OwnedBio bio(BIO_new(BIO_s_mem()));
  require(bio != nullptr && PEM_write_bio_X509(bio.get(), it) == 1);
  return pem_text(bio.get());
}

}  // namespace fedgate::x509
