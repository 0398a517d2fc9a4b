#include "schema/file_contents.h"

#include <string_view>
#include <utility>

#include "schema/diag/message.h"

namespace fedgate::spec {

namespace {

void report(const Certificate& certificate, std::string_view key,
            const Located<value::RelativePath>& path, const x509::FileDefect& defect,
            diag::Sink& sink) {
  sink.report(path.where, diag::messages::unusable_file, std::string(key), path->text(),
              defect.message)
      .subject("certificate", certificate.name->text())
      .help(defect.help);
}

auto read_one(const Certificate& certificate, const CertificateFiles& files, diag::Sink& sink)
    -> CertificateContents {
  CertificateContents contents;
  if (files.issued) {
    auto content = x509::read_certificates(files.issued->bytes);
    if (content) {
      contents.issued = {files.issued->name, *std::move(content)};
    } else {
      report(certificate, "certificate_file", certificate.certificate_file, content.error(), sink);
    }
  }
  if (files.request) {
    auto content = x509::read_request(files.request->bytes);
    if (content) {
      contents.request = {files.request->name, *std::move(content)};
    } else {
      report(certificate, "request_check_file", certificate.request_check_file, content.error(),
             sink);
    }
  }
  return contents;
}

}  // namespace

auto read_file_contents(const Model& model, const NamedFiles& files, diag::Sink& sink)
    -> FileContents {
  FileContents contents;
  contents.certificates.reserve(files.certificates.size());
  for (std::size_t i = 0; i < files.certificates.size(); ++i) {
    contents.certificates.push_back(read_one(model.certificates()[i], files.certificates[i], sink));
  }
  return contents;
}

}  // namespace fedgate::spec
