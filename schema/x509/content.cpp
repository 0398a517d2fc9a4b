#include "schema/x509/content.h"

#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <openssl/objects.h>
#include <openssl/rsa.h>

#include "schema/value/address.h"
#include "schema/value/describe.h"
#include "schema/x509/identifiers.h"

namespace fedgate::x509 {

namespace {

struct KnownWord {
  std::string_view theirs;
  std::string_view ours;
};

constexpr std::array<KnownWord, 6> kCurves = {{{"prime256v1", "p256"},
                                               {"P-256", "p256"},
                                               {"secp384r1", "p384"},
                                               {"P-384", "p384"},
                                               {"secp521r1", "p521"},
                                               {"P-521", "p521"}}};
constexpr std::array<KnownWord, 3> kAlgorithms = {
    {{"rsaencryption", "rsa"}, {"rsassapss", "rsa_pss"}, {"id-ecpublickey", "ecdsa"}}};
constexpr std::array<KnownWord, 3> kPurposes = {
    {{kServerAuthUsage, "server_auth"}, {kClientAuthUsage, "client_auth"}, {kAnyUsage, "any"}}};

template <std::size_t Size>
auto translate(const std::array<KnownWord, Size>& words, const std::string& theirs) -> std::string {
  for (const KnownWord& word : words) {
    if (word.theirs == theirs) {
      return std::string(word.ours);
    }
  }
  return theirs;
}

// Decodes one extension. Null and no error: it is absent.
template <typename T, auto Free>
auto decode(const STACK_OF(X509_EXTENSION) * extensions, int kind, bool& is_damaged)
    -> Owned<T, Free> {
  int state = 0;
  auto* object = static_cast<T*>(X509V3_get_d2i(extensions, kind, &state, nullptr));
  // -1: it is not there; -2: it is there more than once (X509V3_get_d2i(3)).
  is_damaged = object == nullptr && state != -1;
  return Owned<T, Free>(object);
}

auto address_text(const ASN1_OCTET_STRING* address) -> std::string {
  const std::string bytes = string_of(address);
  std::string text;
  if (bytes.size() == 4) {
    for (const char byte : bytes) {
      text += fmt::format("{}{}", text.empty() ? "" : ".", static_cast<unsigned char>(byte));
    }
    return text;
  }
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    const unsigned part = static_cast<unsigned>(static_cast<unsigned char>(bytes[i])) << 8U |
                          static_cast<unsigned char>(bytes[i + 1]);
    text += fmt::format("{}{:x}", text.empty() ? "" : ":", part);
  }
  // As common names have to write it (RFC 5952).
  const auto parsed = value::Address::parse(text);
  return parsed ? parsed->to_text() : text;
}

void add_other_name(const OTHERNAME* name, AlternativeNames& names) {
  const std::string type = identifier_of(name->type_id);
  const int tag = ASN1_TYPE_get(name->value);
  if (type == kSrvNameType && tag == V_ASN1_IA5STRING) {
    names.srv.push_back(string_of(name->value->value.ia5string));
  } else if (type == kXmppAddressType && tag == V_ASN1_UTF8STRING) {
    names.xmpp.push_back(string_of(name->value->value.utf8string));
  } else {
    names.others.push_back(type);
  }
}

void add_name(const GENERAL_NAME* name, AlternativeNames& names) {
  switch (name->type) {
    case GEN_DNS:
      names.dns.push_back(string_of(name->d.dNSName));
      return;
    case GEN_OTHERNAME:
      add_other_name(name->d.otherName, names);
      return;
    case GEN_IPADD:
      // Of no other length is it an address (RFC 5280, section 4.2.1.6).
      if (const int size = ASN1_STRING_length(name->d.iPAddress); size == 4 || size == 16) {
        names.addresses.push_back(address_text(name->d.iPAddress));
      } else {
        names.others.emplace_back("other");
      }
      return;
    case GEN_EMAIL:
      names.others.emplace_back("email");
      return;
    case GEN_URI:
      names.others.emplace_back("uri");
      return;
    case GEN_DIRNAME:
      names.others.emplace_back("directory_name");
      return;
    case GEN_RID:
      names.others.emplace_back("registered_id");
      return;
    default:
      names.others.emplace_back("other");
  }
}

auto texts_of(const X509_NAME* name, int kind) -> std::vector<std::string> {
  std::vector<std::string> texts;
  for (int at = X509_NAME_get_index_by_NID(name, kind, -1); at >= 0;
       at = X509_NAME_get_index_by_NID(name, kind, at)) {
    texts.push_back(
        utf8_of(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at))).value_or(std::string{}));
  }
  return texts;
}

using OwnedNames = Owned<GENERAL_NAMES, &GENERAL_NAMES_free>;

auto fill_names(const STACK_OF(X509_EXTENSION) * extensions, AlternativeNames& names) -> bool {
  bool is_damaged = false;
  const auto found =
      decode<GENERAL_NAMES, &GENERAL_NAMES_free>(extensions, NID_subject_alt_name, is_damaged);
  for (int i = 0; found != nullptr && i < sk_GENERAL_NAME_num(found.get()); ++i) {
    add_name(sk_GENERAL_NAME_value(found.get(), i), names);
  }
  return !is_damaged;
}

auto fill_purposes(const STACK_OF(X509_EXTENSION) * extensions, Content& content) -> bool {
  bool is_damaged = false;
  const auto found = decode<EXTENDED_KEY_USAGE, &EXTENDED_KEY_USAGE_free>(
      extensions, NID_ext_key_usage, is_damaged);
  if (found != nullptr) {
    content.extended_key_usage.emplace();
    for (int i = 0; i < sk_ASN1_OBJECT_num(found.get()); ++i) {
      content.extended_key_usage->push_back(
          translate(kPurposes, identifier_of(sk_ASN1_OBJECT_value(found.get(), i))));
    }
  }
  return !is_damaged;
}

auto fill_constraints(const STACK_OF(X509_EXTENSION) * extensions, Content& content) -> bool {
  bool is_damaged = false;
  const auto found = decode<BASIC_CONSTRAINTS, &BASIC_CONSTRAINTS_free>(
      extensions, NID_basic_constraints, is_damaged);
  content.is_authority = found != nullptr && found->ca != 0;
  return !is_damaged;
}

// The hash function of RSASSA-PSS: SHA-1 where the parameters name none (RFC 4055, section 3.1).
auto pss_digest(const ASN1_STRING* parameters) -> int {
  const unsigned char* der = ASN1_STRING_get0_data(parameters);
  const Owned<RSA_PSS_PARAMS, &RSA_PSS_PARAMS_free> decoded(
      d2i_RSA_PSS_PARAMS(nullptr, &der, ASN1_STRING_length(parameters)));
  if (decoded == nullptr) {
    return NID_undef;
  }
  if (decoded->hashAlgorithm == nullptr) {
    return NID_sha1;
  }
  const ASN1_OBJECT* object = nullptr;
  X509_ALGOR_get0(&object, nullptr, nullptr, decoded->hashAlgorithm);
  return OBJ_obj2nid(object);
}

// The lower-case name of a hash function; empty where there is none to name.
auto digest_word(int digest) -> std::string {
  const char* name = digest == NID_undef ? nullptr : OBJ_nid2sn(digest);
  return name == nullptr ? std::string{} : value::to_lower(name);
}

}  // namespace

auto describe(const PublicKey& key) -> std::string {
  if (key.algorithm == "rsa") {
    return fmt::format("RSA with {} bits", key.bits);
  }
  if (key.algorithm == "ecdsa") {
    return "ECDSA on " + (key.curve.empty() ? "an unnamed curve" : key.curve);
  }
  return key.algorithm;
}

auto describe_key(EVP_PKEY* key) -> PublicKey {
  PublicKey described;
  if (key == nullptr) {
    described.algorithm = "unknown";
    return described;
  }
  const int kind = EVP_PKEY_get_base_id(key);
  const char* name = OBJ_nid2ln(kind);
  described.algorithm =
      translate(kAlgorithms, value::to_lower(name == nullptr ? "unknown" : std::string_view(name)));
  described.bits = EVP_PKEY_get_bits(key);
  std::array<char, 80> group{};
  std::size_t length = 0;
  if (kind == EVP_PKEY_EC &&
      EVP_PKEY_get_group_name(key, group.data(), group.size(), &length) == 1) {
    described.curve = translate(kCurves, std::string(group.data(), length));
  }
  unsigned char* der = nullptr;
  const int size = i2d_PUBKEY(key, &der);
  const OwnedBytes owned(der);
  if (size > 0) {
    described.der.assign(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int digest_size = 0;
  if (size > 0 && EVP_Digest(der, static_cast<std::size_t>(size), digest.data(), &digest_size,
                             EVP_sha256(), nullptr) == 1) {
    for (unsigned int i = 0; i < digest_size; ++i) {
      described.digest += fmt::format("{:02x}", digest.at(i));
    }
  }
  return described;
}

auto describe_name(const X509_NAME* name) -> std::string {
  std::string text;
  for (int i = 0; i < X509_NAME_entry_count(name); ++i) {
    const X509_NAME_ENTRY* entry = X509_NAME_get_entry(name, i);
    const ASN1_OBJECT* object = X509_NAME_ENTRY_get_object(entry);
    const int kind = OBJ_obj2nid(object);
    text += fmt::format("{}{}={}", text.empty() ? "" : ", ",
                        kind == NID_undef ? identifier_of(object) : OBJ_nid2sn(kind),
                        utf8_of(X509_NAME_ENTRY_get_data(entry)).value_or("?"));
  }
  return value::shown(text);
}

auto describe_signature(const X509_ALGOR* algorithm) -> Signature {
  Signature signature;
  const ASN1_OBJECT* object = nullptr;
  int parameter_type = V_ASN1_UNDEF;
  const void* parameter = nullptr;
  X509_ALGOR_get0(&object, &parameter_type, &parameter, algorithm);
  const int kind = OBJ_obj2nid(object);
  signature.algorithm = kind == NID_undef ? identifier_of(object) : OBJ_nid2ln(kind);
  signature.is_pss = kind == NID_rsassaPss;
  int digest = NID_undef;
  if (signature.is_pss) {
    digest = parameter_type == V_ASN1_SEQUENCE
                 ? pss_digest(static_cast<const ASN1_STRING*>(parameter))
                 : NID_undef;
  } else {
    OBJ_find_sigid_algs(kind, &digest, nullptr);
  }
  signature.digest = digest_word(digest);
  return signature;
}

auto fill_content(const X509_NAME* subject, EVP_PKEY* key,
                  const STACK_OF(X509_EXTENSION) * extensions, Content& content)
    -> std::optional<std::string> {
  content.subject = describe_name(subject);
  content.common_names = texts_of(subject, NID_commonName);
  content.organizational_units = texts_of(subject, NID_organizationalUnitName);
  content.key = describe_key(key);
  if (!fill_names(extensions, content.names)) {
    return "the subject alternative name";
  }
  if (!fill_purposes(extensions, content)) {
    return "the extended key usage";
  }
  if (!fill_constraints(extensions, content)) {
    return "the basic constraints";
  }
  return std::nullopt;
}

}  // namespace fedgate::x509
