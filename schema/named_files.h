// Reads the files that a spec names: issued certificates, requests, zone files, POSH documents. Its
// own phase between model and facts, so that no other one reads anything.
//
// A path counts from the folder of the spec file that names it (of a spec on standard input: from
// the current folder), so that it means the same whichever way a run is given that spec file. The
// file must lie below that folder, also after symbolic links, and be a regular file of limited
// size.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "schema/diag/sink.h"
#include "schema/model.h"
#include "schema/source/file_system.h"
#include "schema/source/source_file.h"
#include "schema/zonefile/reader.h"
#include "schema/zonefile/record.h"

namespace fedgate::spec {

// The most bytes of a file with certificates or a request that are read. A chain of ten with the
// largest keys takes a fiftieth.
inline constexpr std::size_t kLargestCertificateFile = std::size_t{1} << 20U;
// The same of a POSH document. One of a hundred certificates takes a hundredth.
inline constexpr std::size_t kLargestPoshFile = std::size_t{1} << 20U;
// The same of a zone file.
inline constexpr std::size_t kLargestZoneFile = std::size_t{64} << 20U;

// A file with bytes that no report quotes.
struct NamedFile {
  // As findings show it: the folder of the spec file, and the path.
  std::string name;
  std::string bytes;
};

// Positions in NamedFiles::files.
struct CertificateFiles {
  std::optional<std::size_t> issued;
  std::optional<std::size_t> request;
};

// Each list but that of files is parallel to that of the model; absent: not named, or not readable
// and reported.
struct NamedFiles {
  // Files of certificates, each once, whoever names it.
  std::vector<NamedFile> files;
  std::vector<CertificateFiles> certificates;
  // The POSH document and the zone files are text of `sources`, so that findings can point into
  // them.
  std::optional<source::FileId> posh;
  std::vector<std::optional<source::FileId>> zones;
  // What the zone files include, below the folder of the spec file as they are.
  zonefile::IncludedFiles includes;
};

// Files of entities that are not sound are left alone. An unreadable file makes its entity's rules
// see no file; the finding is an error.
[[nodiscard]] auto read_named_files(const Model& model, const source::FileSystem& files,
                                    source::Sources& sources, diag::Sink& sink) -> NamedFiles;

// The zone files that were read, as records, parallel to the zones of the model.
[[nodiscard]] auto read_zone_files(const Model& model, const NamedFiles& named,
                                   const source::Sources& sources, diag::Sink& sink)
    -> std::vector<std::optional<zonefile::ZoneFile>>;

}  // namespace fedgate::spec
