#include "rules/entities/entity_record.h"

namespace fedgate::rules {

namespace {

auto describe_posh_document() -> cel::RecordType {
  using posh::Document;
  cel::RecordType type{"posh_document", {}};
  add_fact<Document>(type, "problem", "why no peer can use it; empty: peers can",
                     [](const Document& one) -> const std::string& { return one.problem; })
      .locate = [](const void* object) { return as<Document>(object).problem_at; };
  add_fact<Document>(type, "reference",
                     "the address of the document that has the fingerprints; empty: it has them",
                     [](const Document& one) -> const std::string& { return one.reference; });
  add_fact<Document>(
      type, "digests", "SHA-256 digests of certificates, in Base64",
      [](const Document& one) -> const std::vector<std::string>& { return one.digests; })
      .locate = [](const void* object) { return as<Document>(object).fingerprints_at; };
  add_fact<Document>(type, "lacks_sha256", "whether a certificate of it has no SHA-256 digest",
                     [](const Document& one) { return one.lacks_sha256; })
      .locate = [](const void* object) { return as<Document>(object).fingerprints_at; };
  add_fact<Document>(type, "expires",
                     "for how many seconds peers may use it; absent where it does not say",
                     [](const Document& one) { return one.expires ? &*one.expires : nullptr; })
      .locate = [](const void* object) { return as<Document>(object).expires_at; };
  return type;
}

}  // namespace

template <>
auto record_of<posh::Document>() -> const cel::RecordType& {
  static const cel::RecordType kType = describe_posh_document();
  return kType;
}

}  // namespace fedgate::rules
