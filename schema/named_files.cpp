#include "schema/named_files.h"

#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "schema/base/check.h"
#include "schema/diag/message.h"
#include "schema/source/spec_files.h"

namespace fedgate::spec {

namespace {

// The folder of a spec file, without the final `/`; empty: the current one.
auto folder_of(const std::string& spec_file) -> std::string {
  const std::size_t slash = spec_file.rfind('/');
  if (spec_file == source::kStandardInputName || slash == std::string::npos) {
    return {};
  }
  return slash == 0 ? "/" : spec_file.substr(0, slash);
}

auto join(const std::string& folder, const std::string& path) -> std::string {
  if (folder.empty() || folder == ".") {
    return path;
  }
  return folder.back() == '/' ? folder + path : folder + '/' + path;
}

// A file that one key names.
struct Mention {
  std::string_view key;
  const Located<value::RelativePath>* path = nullptr;
  diag::Subject subject;
  std::size_t limit = 0;
};

class Reader {
 public:
  Reader(const source::FileSystem& files, source::Sources& sources, diag::Sink& sink)
      : files_(&files), sources_(&sources), sink_(&sink) {}

  [[nodiscard]] auto read(const Mention& mention) -> std::optional<NamedFile> {
    const Located<value::RelativePath>& path = *mention.path;
    if (!path.present()) {
      return std::nullopt;
    }
    const std::string folder = folder_of((*sources_)[path.where.file].name);
    auto bytes = files_->read_below(folder, path->text(), mention.limit);
    if (bytes) {
      return NamedFile{join(folder, path->text()), *std::move(bytes)};
    }
    report(mention, folder, bytes.error());
    return std::nullopt;
  }

  [[nodiscard]] auto add_source(const Mention& mention) -> std::optional<source::FileId> {
    auto file = read(mention);
    if (!file) {
      return std::nullopt;
    }
    return sources_->add(std::move(file->name), std::move(file->bytes));
  }

 private:
  void report(const Mention& mention, const std::string& folder, const source::ReadError& error) {
    using Kind = source::ReadError::Kind;
    const std::string key(mention.key);
    const std::string& path = mention.path->value.text();
    const source::Span where = mention.path->where;
    const auto send = [&](const auto& message, const auto&... arguments) {
      auto draft = sink_->report(where, message, key, path, arguments...);
      draft.subject(mention.subject.kind, mention.subject.id);
      return draft;
    };
    switch (error.kind) {
      case Kind::missing:
        send(diag::messages::missing_named_file)
            .help(fmt::format(
                "correct the path, which counts from {}, or remove the key until "
                "the file is there",
                folder.empty() ? "the current folder" : fmt::format("the folder `{}`", folder)));
        return;
      case Kind::outside:
        send(diag::messages::file_outside_folder);
        return;
      case Kind::not_file:
        send(diag::messages::not_a_regular_file, error.detail);
        return;
      case Kind::too_large:
        send(diag::messages::oversized_named_file, mention.limit >> 20U);
        return;
      case Kind::unreadable:
        send(diag::messages::unreadable_named_file, error.detail);
        return;
    }
    FEDGATE_CHECK(false, "an unknown kind of read error");
  }

  const source::FileSystem* files_;
  source::Sources* sources_;
  diag::Sink* sink_;
};

}  // namespace

auto read_named_files(const Model& model, const source::FileSystem& files, source::Sources& sources,
                      diag::Sink& sink) -> NamedFiles {
  Reader reader(files, sources, sink);
  NamedFiles named;
  named.certificates.resize(model.certificates().size());
  for (std::size_t i = 0; i < named.certificates.size(); ++i) {
    const Certificate& it = model.certificates()[i];
    if (it.sound) {
      const diag::Subject subject{"certificate", it.name->text()};
      named.certificates[i] = {
          reader.read({"certificate_file", &it.certificate_file, subject, kLargestCertificateFile}),
          reader.read(
              {"request_check_file", &it.request_check_file, subject, kLargestCertificateFile})};
    }
  }
  named.zones.resize(model.zones().size());
  for (std::size_t i = 0; i < named.zones.size(); ++i) {
    const Zone& it = model.zones()[i];
    if (it.sound) {
      named.zones[i] = reader.add_source(
          {"zone_file", &it.zone_file, {"zone", it.name->ascii()}, kLargestZoneFile});
    }
  }
  return named;
}

}  // namespace fedgate::spec
