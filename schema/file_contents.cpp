#include "schema/file_contents.h"

#include <cstddef>
#include <map>
#include <optional>
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

// Reads files of one kind, each once.
template <typename File, auto Read>
class Contents {
 public:
  Contents(std::deque<File>& read, const NamedFiles& files, diag::Sink& sink)
      : read_(&read), files_(&files), sink_(&sink) {}

  [[nodiscard]] auto read(const Certificate& certificate, std::string_view key,
                          const Located<value::RelativePath>& path,
                          const std::optional<std::size_t>& file) -> const File* {
    if (!file) {
      return nullptr;
    }
    auto known = known_.find(*file);
    if (known == known_.end()) {
      known = known_.emplace(*file, add(files_->files[*file])).first;
    }
    if (!known->second) {
      report(certificate, key, path, known->second.error(), *sink_);
      return nullptr;
    }
    return *known->second;
  }

 private:
  auto add(const NamedFile& file) -> Expected<const File*, x509::FileDefect> {
    auto content = Read(file.bytes);
    if (!content) {
      return Unexpected{content.error()};
    }
    read_->push_back({file.name, *std::move(content)});
    return &read_->back();
  }

  std::deque<File>* read_;
  const NamedFiles* files_;
  diag::Sink* sink_;
  std::map<std::size_t, Expected<const File*, x509::FileDefect>> known_;
};

}  // namespace

auto read_file_contents(const Model& model, const NamedFiles& files, const source::Sources& sources,
                        diag::Sink& sink) -> FileContents {
  FileContents contents;
  Contents<IssuedFile, &x509::read_certificates> issued(contents.issued, files, sink);
  Contents<RequestFile, &x509::read_request> requests(contents.requests, files, sink);
  contents.certificates.reserve(files.certificates.size());
  for (std::size_t i = 0; i < files.certificates.size(); ++i) {
    const Certificate& it = model.certificates()[i];
    const CertificateFiles& named = files.certificates[i];
    contents.certificates.push_back(
        {issued.read(it, "certificate_file", it.certificate_file, named.issued),
         requests.read(it, "request_check_file", it.request_check_file, named.request)});
  }
  if (files.posh) {
    contents.posh = posh::read_document(sources, *files.posh, sink);
  }
  return contents;
}

}  // namespace fedgate::spec
