// A POSH document as a web server publishes it (RFC 7711, section 3), from JSON to plain data. The
// phase between reading named files and the facts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/diag/sink.h"
#include "schema/source/source_file.h"

namespace fedgate::posh {

// The members of a document and the name of SHA-256 in it (RFC 7711, section 3).
inline constexpr std::string_view kFingerprints = "fingerprints";
inline constexpr std::string_view kUrl = "url";
inline constexpr std::string_view kExpires = "expires";
inline constexpr std::string_view kSha256 = "sha-256";

// All texts are safe to show.
struct Document {
  source::Span where;
  // Why no peer can use it, as a sentence without its end; empty: peers can. What else it says is
  // then not read.
  std::string problem;
  source::Span problem_at;
  // Of a reference document: where the fingerprints are; else empty.
  std::string reference;
  // SHA-256 digests of certificates, in Base64.
  std::vector<std::string> digests;
  source::Span fingerprints_at;
  // A certificate of it has no SHA-256 digest.
  bool lacks_sha256 = false;
  // For how many seconds peers may use it; none: the document does not say.
  std::optional<std::int64_t> expires;
  source::Span expires_at;
};

// What is no JSON is reported, and gives none.
[[nodiscard]] auto read_document(const source::Sources& sources, source::FileId file,
                                 diag::Sink& sink) -> std::optional<Document>;

}  // namespace fedgate::posh
