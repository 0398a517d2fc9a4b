// Reads the master file of a zone (RFC 1035, section 5; `$TTL`: RFC 2308, section 4; unknown types
// and classes: RFC 3597, section 5), with `$ORIGIN`, `$INCLUDE`, relative names, parentheses,
// comments, escapes and classes. Names, lines and directives are read here, so that every part of a
// record knows its place; the data of records by ldns.
//
// What keeps the rest of a file from being understood is reported. The data of a record that cannot
// be read is a matter of that record alone (Record::problem): a foreign one is nobody's business.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/diag/sink.h"
#include "schema/source/source_file.h"
#include "schema/value/dns_name.h"
#include "schema/zonefile/record.h"

namespace fedgate::zonefile {

// `$INCLUDE` in a file of the text.
struct Include {
  std::string path;
  source::Span where;
};

// How deep files may include each other, and how often files are included in one zone.
inline constexpr std::size_t kDeepestInclude = 8;
inline constexpr std::size_t kMostIncludes = 1000;

// The most of all zone files of a spec, so that no file of a few lines fills the memory by
// including another one often.
inline constexpr std::size_t kMostBytes = std::size_t{256} << 20U;
inline constexpr std::size_t kMostRecords = 1'000'000;

// What may still be read; a file that is included twice counts twice.
struct Budget {
  std::size_t bytes = kMostBytes;
  std::size_t records = kMostRecords;
};

// Files that `$INCLUDE` names: the including file and the path as written, to the file.
using IncludedFiles = std::map<std::pair<source::FileId, std::string>, source::FileId>;

// The files that a master file includes, in their order. Reports nothing.
[[nodiscard]] auto find_includes(source::FileId file, std::string_view text)
    -> std::vector<Include>;

// What the zone files of one spec share. All of it outlives the reading.
struct Input {
  const source::Sources* sources = nullptr;
  const IncludedFiles* included = nullptr;
  Budget* budget = nullptr;
};

// Reads `file` of the sources as the zone `zone`; an include that `included` does not have has been
// reported and makes the result incomplete. So does the end of the budget, which is reported.
[[nodiscard]] auto read_zone(const Input& input, source::FileId file, const value::DnsName& zone,
                             diag::Sink& sink) -> ZoneFile;

}  // namespace fedgate::zonefile
