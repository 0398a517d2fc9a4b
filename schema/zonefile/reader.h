// Reads the master file of a zone (RFC 1035, section 5; `$TTL`: RFC 2308, section 4), with
// `$ORIGIN`,
// `$INCLUDE`, relative names, parentheses, comments, escapes and classes. Names, lines and
// directives are read here, so that every part of a record knows its place; the data of records by
// ldns.
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

// Files that `$INCLUDE` names: the including file and the path as written, to the file.
using IncludedFiles = std::map<std::pair<source::FileId, std::string>, source::FileId>;

// The files that a master file includes, in their order. Reports nothing.
[[nodiscard]] auto find_includes(source::FileId file, std::string_view text)
    -> std::vector<Include>;

// Reads `file` of `sources` as the zone `zone`; an include that `included` does not have has been
// reported and makes the result incomplete.
[[nodiscard]] auto read_zone(const source::Sources& sources, source::FileId file,
                             const value::DnsName& zone, const IncludedFiles& included,
                             diag::Sink& sink) -> ZoneFile;

}  // namespace fedgate::zonefile
