// What the issued certificate and the request say that a spec names, and how that compares with
// what the spec needs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/facts/name_set.h"
#include "rules/facts/renewal.h"
#include "rules/facts/required_name.h"
#include "schema/file_contents.h"
#include "schema/spec.h"
#include "schema/value/dns_name.h"
#include "schema/value/duration.h"

namespace fedgate::rules {

// The DNS-IDs that a file presents, by RFC 9525, section 6.3. Texts are shown ones.
struct PresentedNames {
  // Well-formed, in lower case, each once, wildcards with their `*.`.
  std::vector<std::string> names;
  // The same, to be compared with others.
  NameSet set;
  // What matches no name at all: no A-labels in preferred name syntax.
  std::vector<std::string> malformed;
  // Names that stand there more than once.
  std::vector<std::string> duplicates;
  // Required names that none covers.
  std::vector<RequiredName> missing;
  // Names that the spec requests without requiring them, and that none covers.
  std::vector<std::string> omitted;
  // Names that the spec neither requires nor requests.
  std::vector<std::string> surplus;
  std::vector<std::string> srv;
  // SRVNames that the spec requests and the file lacks.
  std::vector<std::string> missing_srv;
  std::vector<std::string> xmpp;
  // Kinds of names beside DNS names and addresses, each once.
  std::vector<std::string> others;
  std::vector<std::string> common_names;
  std::vector<std::string> organizational_units;
};

struct IssuedFacts {
  const spec::IssuedFile* document = nullptr;
  PresentedNames presented;
  // From the first to the last second, both counted; the longest duration of CEL, some 292 years,
  // where it is longer.
  value::Duration validity;
  // Days of 86,400 seconds; a part counts as a whole one (TLS Baseline Requirements,
  // section 6.3.2).
  std::int64_t validity_days = 0;
  Renewal renewal;
  // Whether it is for the private key that the user named; none: no key was named.
  std::optional<bool> matches_key;

  [[nodiscard]] auto leaf() const -> const x509::Certificate& {
    return document->content.certificates.front();
  }
};

struct RequestFacts {
  const spec::RequestFile* document = nullptr;
  PresentedNames presented;
  std::optional<bool> matches_key;
};

// What the spec wants of a certificate.
struct Wanted {
  const spec::Certificate* certificate = nullptr;
  const std::vector<RequiredName>* required = nullptr;
  const std::vector<value::DnsPattern>* requested = nullptr;
  // The names of the required, and those of the request.
  const NameSet* required_set = nullptr;
  const NameSet* requested_set = nullptr;
  // SRVNames that the request asks for, in lower case.
  const std::vector<std::string>* srv_names = nullptr;
};

// `document` must outlive the facts. `key` is the digest of the public half of the private key that
// the user named, if any.
[[nodiscard]] auto derive_issued_facts(const spec::IssuedFile& document, const Wanted& wanted,
                                       const std::optional<std::string>& key) -> IssuedFacts;
[[nodiscard]] auto derive_request_facts(const spec::RequestFile& document, const Wanted& wanted,
                                        const std::optional<std::string>& key) -> RequestFacts;

}  // namespace fedgate::rules
