// What the files hold that a spec names: bytes to plain data. Its own phase between reading the
// files and the facts; a file that holds something else is reported here and counts as absent
// later.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/diag/sink.h"
#include "schema/model.h"
#include "schema/named_files.h"
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

struct CertificateContents {
  std::optional<IssuedFile> issued;
  std::optional<RequestFile> request;
};

struct FileContents {
  // Parallel to the model's list.
  std::vector<CertificateContents> certificates;
};

[[nodiscard]] auto read_file_contents(const Model& model, const NamedFiles& files, diag::Sink& sink)
    -> FileContents;

}  // namespace fedgate::spec
