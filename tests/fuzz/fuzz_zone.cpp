// The reader of zone files on any bytes. Beyond memory safety: every place lies inside the file,
// names have one spelling, and what was reported makes the result incomplete.
#include <cstddef>
#include <cstdint>
#include <string>

#include "schema/base/check.h"
#include "schema/diag/message.h"
#include "schema/diag/sink.h"
#include "schema/source/source_file.h"
#include "schema/value/dns_name.h"
#include "schema/zonefile/name.h"
#include "schema/zonefile/reader.h"

using namespace fedgate;

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name.
extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int {
  source::Sources sources;
  const std::string text(data, data + size);
  const source::FileId file = sources.add("zone.db", text);
  zonefile::IncludedFiles included;
  for (const zonefile::Include& include : zonefile::find_includes(file, sources[file].text)) {
    // Every include leads back here, so that loops and limits are met.
    included[{file, include.path}] = file;
  }
  diag::Sink sink;
  zonefile::Budget budget;
  const auto zone = zonefile::read_zone({&sources, &included, &budget}, file,
                                        *value::DnsName::parse("contoso.example"), sink);
  const auto is_inside = [&](const source::Span& where) {
    return where.file == file && where.begin <= where.end && where.end <= text.size();
  };
  for (const zonefile::Record& record : zone.records) {
    FEDGATE_CHECK(is_inside(record.where) && is_inside(record.owner_at), "a place in the file");
    for (const source::Span& where : record.data_at) {
      FEDGATE_CHECK(is_inside(where), "a place in the file");
    }
    FEDGATE_CHECK(record.problem.empty() || record.data.index() == 0, "a problem has no data");
    const auto again =
        zonefile::read_name(record.owner == "." ? record.owner : record.owner + ".", ".");
    FEDGATE_CHECK(again && *again == record.owner, "an owner reads back as it is");
  }
  for (const diag::Finding& finding : sink.findings()) {
    FEDGATE_CHECK(is_inside(finding.where), "a finding points into the file");
    // A record of another class is understood, and left out.
    const bool is_understood = finding.code == diag::messages::zone_class.info.code ||
                               finding.code == diag::messages::zone_more.info.code;
    FEDGATE_CHECK(is_understood || !zone.complete, "a finding makes it incomplete");
  }
  return 0;
}
