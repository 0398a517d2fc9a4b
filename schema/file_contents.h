// What the files hold that a spec names: bytes to plain data. Its own phase between reading the
// files and the facts; a file that holds something else is reported here and counts as absent
// later.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "schema/diag/sink.h"
#include "schema/model.h"
#include "schema/named_files.h"
#include "schema/posh/document.h"
#include "schema/x509/certificate.h"

namespace fedgate::spec {

struct IssuedFile {
  // As findings show it.
  std::string file;
  x509::CertificateFile content;
};

struct RequestFile {
  std::string file;
  x509::Request content;
};

// What the files of one certificate hold; null: no file, or one that cannot be used.
struct CertificateContents {
  const IssuedFile* issued = nullptr;
  const RequestFile* request = nullptr;
};

// Each file once, whoever names it. It can be moved and not copied: certificates point into it.
struct FileContents {
  FileContents() = default;
  FileContents(const FileContents&) = delete;
  auto operator=(const FileContents&) -> FileContents& = delete;
  FileContents(FileContents&&) = default;
  auto operator=(FileContents&&) -> FileContents& = default;
  ~FileContents() = default;

  std::deque<IssuedFile> issued;
  std::deque<RequestFile> requests;
  // Parallel to the model's list.
  std::vector<CertificateContents> certificates;
  // The POSH document of the gateway's domains.
  std::optional<posh::Document> posh;
};

// A file that cannot be used is a finding for each certificate that names it.
[[nodiscard]] auto read_file_contents(const Model& model, const NamedFiles& files,
                                      const source::Sources& sources, diag::Sink& sink)
    -> FileContents;

}  // namespace fedgate::spec
