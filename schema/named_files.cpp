#include "schema/named_files.h"

#include <filesystem>
#include <map>
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

  // A file of a certificate: its position in `files`, to which it is added unless it is there.
  [[nodiscard]] auto read(const Mention& mention, std::vector<NamedFile>& files)
      -> std::optional<std::size_t> {
    if (!mention.path->present()) {
      return std::nullopt;
    }
    auto known = read_.find(name_of(mention));
    if (known == read_.end()) {
      auto file = fetch(mention);
      if (file) {
        files.push_back(*std::move(file));
        known = read_.emplace(name_of(mention), files.size() - 1).first;
      } else {
        known = read_.emplace(name_of(mention), Unexpected{file.error()}).first;
      }
    }
    if (!known->second) {
      report(mention, known->second.error());
      return std::nullopt;
    }
    return *known->second;
  }

  [[nodiscard]] auto add_source(const Mention& mention) -> std::optional<source::FileId> {
    if (!mention.path->present()) {
      return std::nullopt;
    }
    auto file = fetch(mention);
    if (!file) {
      report(mention, file.error());
      return std::nullopt;
    }
    return sources_->add(std::move(file->name), std::move(file->bytes));
  }

  // Reads what a zone file includes, and what that includes, each file once.
  void add_includes(source::FileId zone, const Mention& mention, zonefile::IncludedFiles& includes);

 private:
  // A file that includes others, and its path below the folder of the spec file.
  struct Includer {
    source::FileId file = source::kNoFile;
    std::string path;
  };

  [[nodiscard]] auto folder_of_spec(const Mention& mention) const -> std::string {
    return folder_of((*sources_)[mention.path->where.file].name);
  }
  // As findings show the file.
  [[nodiscard]] auto name_of(const Mention& mention) const -> std::string {
    return join(folder_of_spec(mention), mention.path->value.text());
  }
  [[nodiscard]] auto fetch(const Mention& mention) const -> Expected<NamedFile, source::ReadError> {
    auto bytes =
        files_->read_below(folder_of_spec(mention), mention.path->value.text(), mention.limit);
    if (!bytes) {
      return Unexpected{bytes.error()};
    }
    return NamedFile{name_of(mention), *std::move(bytes)};
  }

  void add_include(const std::string& folder, const Includer& includer,
                   const zonefile::Include& include, zonefile::IncludedFiles& includes);
  void report(const Mention& mention, const source::ReadError& error) {
    using Kind = source::ReadError::Kind;
    const std::string folder = folder_of_spec(mention);
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
  // What became of files of certificates, by their name in findings.
  std::map<std::string, Expected<std::size_t, source::ReadError>> read_;
  // Included files by their name in findings, and those whose own includes are still to be read.
  std::map<std::string, source::FileId> included_;
  std::vector<Includer> open_;
};

auto reason(const source::ReadError& error) -> std::string {
  using Kind = source::ReadError::Kind;
  switch (error.kind) {
    case Kind::missing:
      return "is not there";
    case Kind::outside:
      return "lies outside of the folder of the spec file";
    case Kind::not_file:
      return "is " + error.detail;
    case Kind::too_large:
      return fmt::format("is larger than {} MiB", kLargestZoneFile >> 20U);
    case Kind::unreadable:
      break;
  }
  return "cannot be read: " + error.detail;
}

void Reader::add_include(const std::string& folder, const Includer& includer,
                         const zonefile::Include& include, zonefile::IncludedFiles& includes) {
  namespace fs = std::filesystem;
  const auto refuse = [&](const std::string& why) {
    sink_->report(include.where, diag::messages::zone_include, include.path, why);
  };
  const fs::path path = (fs::path(includer.path).parent_path() / include.path).lexically_normal();
  if (path.is_absolute() || path.empty() || *path.begin() == "..") {
    refuse("lies outside of the folder of the spec file");
    return;
  }
  std::string name = join(folder, path.generic_string());
  auto known = included_.find(name);
  if (known == included_.end()) {
    if (included_.size() >= zonefile::kMostIncludes) {
      refuse(fmt::format("is one more than the {} that are read", zonefile::kMostIncludes));
      return;
    }
    auto bytes = files_->read_below(folder, path.generic_string(), kLargestZoneFile);
    if (!bytes) {
      refuse(reason(bytes.error()));
      return;
    }
    const source::FileId file = sources_->add(name, *std::move(bytes));
    known = included_.emplace(std::move(name), file).first;
    open_.push_back({file, path.generic_string()});
  }
  includes[{includer.file, include.path}] = known->second;
}

void Reader::add_includes(source::FileId zone, const Mention& mention,
                          zonefile::IncludedFiles& includes) {
  const std::string folder = folder_of_spec(mention);
  open_.push_back({zone, mention.path->value.text()});
  // A zone file that is included again is that very file.
  included_.emplace((*sources_)[zone].name, zone);
  while (!open_.empty()) {
    const Includer includer = std::move(open_.back());
    open_.pop_back();
    for (const zonefile::Include& include :
         zonefile::find_includes(includer.file, (*sources_)[includer.file].text)) {
      add_include(folder, includer, include, includes);
    }
  }
}

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
          reader.read({"certificate_file", &it.certificate_file, subject, kLargestCertificateFile},
                      named.files),
          reader.read(
              {"request_check_file", &it.request_check_file, subject, kLargestCertificateFile},
              named.files)};
    }
  }
  named.zones.resize(model.zones().size());
  for (std::size_t i = 0; i < named.zones.size(); ++i) {
    const Zone& it = model.zones()[i];
    if (it.sound) {
      const Mention mention{
          "zone_file", &it.zone_file, {"zone", it.name->ascii()}, kLargestZoneFile};
      named.zones[i] = reader.add_source(mention);
      if (named.zones[i]) {
        reader.add_includes(*named.zones[i], mention, named.includes);
      }
    }
  }
  return named;
}

auto read_zone_files(const Model& model, const NamedFiles& named, const source::Sources& sources,
                     diag::Sink& sink) -> std::vector<std::optional<zonefile::ZoneFile>> {
  std::vector<std::optional<zonefile::ZoneFile>> files(named.zones.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (named.zones[i]) {
      files[i] = zonefile::read_zone(sources, *named.zones[i], model.zones()[i].name.value,
                                     named.includes, sink);
    }
  }
  return files;
}

}  // namespace fedgate::spec
