#include "schema/x509/container.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/pkcs7.h>

#include "schema/value/describe.h"

namespace fedgate::x509 {

namespace {

enum class Kind { certificate, request, private_key, encrypted, pkcs12, pkcs7, other };

struct KindPhrase {
  std::string_view holds;
  std::string_view help;
};

// In the order of Kind.
constexpr std::array<KindPhrase, 7> kPhrases = {{
    {"it holds a certificate", "name the issued certificate in `certificate_file`"},
    {"it holds a certificate request", "name requests in `request_check_file`"},
    {"it holds a private key, which has no place in a folder that others read",
     "remove the key from the file and from the folder, and think about replacing it"},
    {"it holds a private key that is encrypted; keys have no place here",
     "write a file with the certificates alone"},
    {"it is a PKCS #12 container, which holds a private key",
     "write its certificates to a file of their own: openssl pkcs12 -nokeys -in FILE"},
    {"it is a PKCS #7 container",
     "write its certificates as PEM: openssl pkcs7 -print_certs -in FILE"},
    {"it holds PEM of another kind", "write a file with nothing but what the key is for"},
}};

auto defect_of(Kind kind) -> FileDefect {
  const KindPhrase& phrase = kPhrases.at(static_cast<std::size_t>(kind));
  return {std::string(phrase.holds), std::string(phrase.help)};
}

auto damaged(std::string what) -> FileDefect {
  return {std::move(what), "get the file again from the authority, or write it again"};
}

struct Block {
  Kind kind = Kind::other;
  std::string der;
};

auto kind_of(std::string_view name) -> Kind {
  if (name == PEM_STRING_X509 || name == PEM_STRING_X509_OLD || name == PEM_STRING_X509_TRUSTED) {
    return Kind::certificate;
  }
  if (name == PEM_STRING_X509_REQ || name == PEM_STRING_X509_REQ_OLD) {
    return Kind::request;
  }
  return name == PEM_STRING_PKCS7 || name == PEM_STRING_PKCS7_SIGNED || name == PEM_STRING_CMS
             ? Kind::pkcs7
             : Kind::other;
}

auto is_pem(std::string_view bytes) -> bool {
  return bytes.find("-----BEGIN ") != std::string_view::npos;
}

// The blocks of a PEM file (RFC 7468), or what is wrong with it.
auto read_blocks(std::string_view bytes) -> Expected<std::vector<Block>, FileDefect> {
  const OwnedBio bio = memory_bio(bytes);
  std::vector<Block> blocks;
  for (;;) {
    char* name = nullptr;
    char* header = nullptr;
    unsigned char* data = nullptr;
    long length = 0;
    const bool is_read = PEM_read_bio(bio.get(), &name, &header, &data, &length) == 1;
    const OwnedText owned_name(name);
    const OwnedText owned_header(header);
    const OwnedBytes owned_data(data);
    if (!is_read) {
      if (ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE) {
        return blocks;
      }
      return Unexpected{
          damaged(fmt::format("its PEM block number {} is damaged or cut off", blocks.size() + 1))};
    }
    const std::size_t size = length > 0 ? static_cast<std::size_t>(length) : 0;
    blocks.push_back({kind_of(name), {reinterpret_cast<const char*>(data), size}});
    if (blocks.size() > kMostCertificates) {
      return Unexpected{
          FileDefect{fmt::format("it holds more than {} PEM blocks", kMostCertificates),
                     "keep the certificate and its chain"}};
    }
  }
}

// Reads one value at the beginning of `der` and moves behind it.
template <typename T, typename Read>
auto take(Read read, std::string_view& der) -> T* {
  const auto* begin = reinterpret_cast<const unsigned char*>(der.data());
  const unsigned char* end = begin;
  T* object = read(nullptr, &end, static_cast<long>(der.size()));
  if (object != nullptr) {
    der.remove_prefix(static_cast<std::size_t>(end - begin));
  }
  return object;
}

auto take_certificate(std::string_view& der) -> OwnedCertificate {
  return OwnedCertificate(take<X509>(&d2i_X509, der));
}

auto take_request(std::string_view& der) -> OwnedRequest {
  return OwnedRequest(take<X509_REQ>(&d2i_X509_REQ, der));
}

// What a DER file holds that is not what was looked for.
auto other_der(std::string_view bytes) -> FileDefect {
  std::string_view der = bytes;
  if (take_certificate(der) != nullptr) {
    return defect_of(Kind::certificate);
  }
  if (take_request(der) != nullptr) {
    return defect_of(Kind::request);
  }
  if (Owned<PKCS12, &PKCS12_free>(take<PKCS12>(&d2i_PKCS12, der)) != nullptr) {
    return defect_of(Kind::pkcs12);
  }
  if (Owned<PKCS7, &PKCS7_free>(take<PKCS7>(&d2i_PKCS7, der)) != nullptr) {
    return defect_of(Kind::pkcs7);
  }
  if (Owned<X509_SIG, &X509_SIG_free>(take<X509_SIG>(&d2i_X509_SIG, der)) != nullptr) {
    return defect_of(Kind::encrypted);
  }
  const auto* begin = reinterpret_cast<const unsigned char*>(bytes.data());
  if (OwnedKey(d2i_AutoPrivateKey(nullptr, &begin, static_cast<long>(bytes.size()))) != nullptr) {
    return defect_of(Kind::private_key);
  }
  long length = 0;
  int tag = 0;
  int tag_class = 0;
  const auto* start = reinterpret_cast<const unsigned char*>(bytes.data());
  const int state =
      ASN1_get_object(&start, &length, &tag, &tag_class, static_cast<long>(bytes.size()));
  if ((state & 0x80) != 0 && (state & V_ASN1_CONSTRUCTED) != 0 && tag == V_ASN1_SEQUENCE) {
    return damaged("it is cut off: its DER announces more bytes than there are");
  }
  return damaged("it is neither PEM nor DER of a certificate or request");
}

// Why a file without PEM is no DER either, where that can be seen at once.
auto foreign_bytes(std::string_view bytes) -> std::optional<FileDefect> {
  if (bytes.empty()) {
    return FileDefect{"it is empty", "write the file, or remove the key until it is there"};
  }
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    return FileDefect{"it is UTF-16 text", "save it as ASCII, or in DER"};
  }
  return std::nullopt;
}

// Whether a text holds a private key. What PEM readers take for text may still be one, in a block
// that is indented or cut off, so that the words of its label count wherever they stand.
auto key_kind(std::string_view text) -> std::optional<Kind> {
  const std::string lower = value::to_lower(text);
  if (lower.find("private key") == std::string::npos) {
    return std::nullopt;
  }
  return lower.find("encrypted") == std::string::npos ? Kind::private_key : Kind::encrypted;
}

// The blocks that are of the wanted kind, if all are.
auto wanted_blocks(std::string_view bytes, Kind wanted)
    -> Expected<std::vector<Block>, FileDefect> {
  if (const auto key = key_kind(bytes)) {
    return Unexpected{defect_of(*key)};
  }
  auto blocks = read_blocks(bytes);
  if (!blocks) {
    return blocks;
  }
  for (const Block& block : *blocks) {
    if (block.kind != wanted) {
      return Unexpected{defect_of(block.kind)};
    }
  }
  if (blocks->empty()) {
    return Unexpected{damaged("its PEM has a begin and no end")};
  }
  return blocks;
}

// All certificates of DER values that follow each other.
auto decode_der(std::string_view bytes) -> Expected<std::vector<OwnedCertificate>, FileDefect> {
  std::vector<OwnedCertificate> certificates;
  for (std::string_view rest = bytes; !rest.empty();) {
    OwnedCertificate certificate = take_certificate(rest);
    if (certificate == nullptr) {
      return Unexpected{certificates.empty()
                            ? other_der(bytes)
                            : damaged("bytes that are no certificate follow its last one")};
    }
    certificates.push_back(std::move(certificate));
    if (certificates.size() > kMostCertificates) {
      return Unexpected{
          FileDefect{fmt::format("it holds more than {} certificates", kMostCertificates),
                     "keep the certificate and its chain"}};
    }
  }
  return certificates;
}

}  // namespace

auto decode_certificates(std::string_view bytes)
    -> Expected<std::vector<OwnedCertificate>, FileDefect> {
  if (auto defect = foreign_bytes(bytes)) {
    return Unexpected{*std::move(defect)};
  }
  if (!is_pem(bytes)) {
    return decode_der(bytes);
  }
  const auto blocks = wanted_blocks(bytes, Kind::certificate);
  if (!blocks) {
    return Unexpected{blocks.error()};
  }
  std::vector<OwnedCertificate> certificates;
  for (const Block& block : *blocks) {
    // A block of OpenSSL's own kind, TRUSTED CERTIFICATE, has more behind the certificate.
    std::string_view der = block.der;
    certificates.push_back(take_certificate(der));
    if (certificates.back() == nullptr) {
      return Unexpected{damaged(fmt::format("what its PEM block number {} holds is no certificate",
                                            certificates.size()))};
    }
  }
  return certificates;
}

auto decode_request(std::string_view bytes) -> Expected<OwnedRequest, FileDefect> {
  if (auto defect = foreign_bytes(bytes)) {
    return Unexpected{*std::move(defect)};
  }
  std::string der(bytes);
  if (is_pem(bytes)) {
    auto blocks = wanted_blocks(bytes, Kind::request);
    if (!blocks) {
      return Unexpected{blocks.error()};
    }
    if (blocks->size() != 1) {
      return Unexpected{FileDefect{fmt::format("it holds {} requests", blocks->size()),
                                   "keep one request in a file"}};
    }
    der = std::move((*blocks).front().der);
  }
  std::string_view rest = der;
  OwnedRequest request = take_request(rest);
  if (request == nullptr) {
    return Unexpected{is_pem(bytes) ? damaged("what its PEM block holds is no request")
                                    : other_der(bytes)};
  }
  if (!rest.empty()) {
    return Unexpected{damaged("bytes that are no part of the request follow it")};
  }
  return request;
}

}  // namespace fedgate::x509
