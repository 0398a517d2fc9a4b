#include "schema/named_files.h"

#include <algorithm>
#include <compare>
#include <filesystem>
#include <map>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "schema/base/check.h"
#include "schema/diag/message.h"
#include "schema/source/spec_files.h"
#include "schema/value/describe.h"

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
  // The most bytes of any such file, and of this one.
  std::size_t largest = 0;
  std::size_t limit = largest;
};

auto most_zone_bytes() -> std::string { return fmt::format("{} MiB", zonefile::kMostBytes >> 20U); }

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
    auto file = fetch_or_report(mention);
    if (!file) {
      return std::nullopt;
    }
    return sources_->add(std::move(file->name), std::move(file->bytes));
  }

  // Reads a zone file, what it includes, and what that includes; each file once, however often it
  // is named.
  [[nodiscard]] auto read_zone_file(const Mention& mention, zonefile::IncludedFiles& includes)
      -> std::optional<source::FileId>;

 private:
  // A path below the folder of a spec file.
  struct PlacedPath {
    std::string folder;
    std::string path;

    friend auto operator<=>(const PlacedPath&, const PlacedPath&) -> std::strong_ordering = default;
  };
  // A file that includes others.
  struct Includer {
    source::FileId file = source::kNoFile;
    PlacedPath path;
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
  [[nodiscard]] auto fetch_or_report(const Mention& mention) -> std::optional<NamedFile> {
    auto file = fetch(mention);
    if (!file) {
      report(mention, file.error());
      return std::nullopt;
    }
    return *std::move(file);
  }

  void add_include(const Includer& includer, const zonefile::Include& include,
                   zonefile::IncludedFiles& includes);
  // The most bytes that a zone file may have.
  [[nodiscard]] auto zone_file_limit() const -> std::size_t {
    return std::min(kLargestZoneFile, zonefile::kMostBytes - zone_bytes_);
  }
  auto keep_zone_file(PlacedPath path, NamedFile file) -> source::FileId;
  void report(const Mention& mention, const source::ReadError& error) {
    using ErrorKind = source::ReadError::Kind;
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
      case ErrorKind::missing:
        send(diag::messages::missing_named_file)
            .help(fmt::format(
                "correct the path, which counts from {}, or remove the key until "
                "the file is there",
                folder.empty() ? "the current folder" : fmt::format("the folder `{}`", folder)));
        return;
      case ErrorKind::outside:
        send(diag::messages::file_outside_folder);
        return;
      case ErrorKind::not_file:
        send(diag::messages::not_a_regular_file, error.detail);
        return;
      case ErrorKind::too_large:
        if (mention.limit < mention.largest) {
          sink_->report(where, diag::messages::zone_limit, most_zone_bytes());
        } else {
          send(diag::messages::oversized_named_file, mention.largest >> 20U);
        }
        return;
      case ErrorKind::unreadable:
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
  // Zone files and what they include, and those whose own includes are still to be read.
  std::map<PlacedPath, source::FileId> zone_files_;
  std::vector<Includer> open_;
  std::size_t includes_ = 0;
  std::size_t zone_bytes_ = 0;
};

auto reason(const source::ReadError& error, std::size_t limit) -> std::string {
  using ErrorKind = source::ReadError::Kind;
  switch (error.kind) {
    case ErrorKind::missing:
      return "is not there";
    case ErrorKind::outside:
      return "lies outside of the folder of the spec file";
    case ErrorKind::not_file:
      return "is " + error.detail;
    case ErrorKind::too_large:
      return limit < kLargestZoneFile
                 ? fmt::format("makes the zone files of the spec more than {}", most_zone_bytes())
                 : fmt::format("is larger than {} MiB", kLargestZoneFile >> 20U);
    case ErrorKind::unreadable:
      break;
  }
  return "cannot be read: " + error.detail;
}

auto Reader::keep_zone_file(PlacedPath path, NamedFile file) -> source::FileId {
  zone_bytes_ += file.bytes.size();
  const source::FileId added = sources_->add(std::move(file.name), std::move(file.bytes));
  open_.push_back({added, path});
  zone_files_.emplace(std::move(path), added);
  return added;
}

void Reader::add_include(const Includer& includer, const zonefile::Include& include,
                         zonefile::IncludedFiles& includes) {
  namespace fs = std::filesystem;
  const auto refuse = [&](const std::string& why) {
    sink_->report(include.where, diag::messages::zone_include, value::shown(include.path), why);
  };
  const fs::path path =
      (fs::path(includer.path.path).parent_path() / include.path).lexically_normal();
  if (path.is_absolute() || path.empty() || *path.begin() == "..") {
    refuse("lies outside of the folder of the spec file");
    return;
  }
  PlacedPath placed{includer.path.folder, path.generic_string()};
  const auto known = zone_files_.find(placed);
  if (known != zone_files_.end()) {
    includes[{includer.file, include.path}] = known->second;
    return;
  }
  if (includes_ == zonefile::kMostIncludes) {
    refuse(fmt::format("is one more than the {} that are read", zonefile::kMostIncludes));
    return;
  }
  const std::size_t limit = zone_file_limit();
  auto bytes = files_->read_below(placed.folder, placed.path, limit);
  if (!bytes) {
    refuse(reason(bytes.error(), limit));
    return;
  }
  ++includes_;
  std::string name = join(placed.folder, placed.path);
  includes[{includer.file, include.path}] =
      keep_zone_file(std::move(placed), {std::move(name), *std::move(bytes)});
}

auto Reader::read_zone_file(const Mention& mention, zonefile::IncludedFiles& includes)
    -> std::optional<source::FileId> {
  const Located<value::RelativePath>& path = *mention.path;
  if (!path.present()) {
    return std::nullopt;
  }
  PlacedPath placed{folder_of_spec(mention),
                    std::filesystem::path(path->text()).lexically_normal().generic_string()};
  if (const auto known = zone_files_.find(placed); known != zone_files_.end()) {
    return known->second;
  }
  Mention limited = mention;
  limited.limit = zone_file_limit();
  auto file = fetch_or_report(limited);
  if (!file) {
    return std::nullopt;
  }
  const source::FileId zone = keep_zone_file(std::move(placed), *std::move(file));
  while (!open_.empty()) {
    const Includer includer = std::move(open_.back());
    open_.pop_back();
    for (const zonefile::Include& include :
         zonefile::find_includes(includer.file, (*sources_)[includer.file].text)) {
      add_include(includer, include, includes);
    }
  }
  return zone;
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
  if (model.gateway().sound) {
    named.posh = reader.add_source({"posh_file",
                                    &model.gateway().posh_file,
                                    {"gateway", model.gateway().name->text()},
                                    kLargestPoshFile});
  }
  named.zones.resize(model.zones().size());
  for (std::size_t i = 0; i < named.zones.size(); ++i) {
    const Zone& it = model.zones()[i];
    if (it.sound) {
      const Mention mention{
          "zone_file", &it.zone_file, {"zone", it.name->ascii()}, kLargestZoneFile};
      named.zones[i] = reader.read_zone_file(mention, named.includes);
    }
  }
  return named;
}

auto read_zone_files(const Model& model, const NamedFiles& named, const source::Sources& sources,
                     diag::Sink& sink) -> std::vector<std::optional<zonefile::ZoneFile>> {
  std::vector<std::optional<zonefile::ZoneFile>> files(named.zones.size());
  zonefile::Budget budget;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (named.zones[i]) {
      files[i] = zonefile::read_zone({&sources, &named.includes, &budget}, *named.zones[i],
                                     model.zones()[i].name.value, sink);
    }
  }
  return files;
}

}  // namespace fedgate::spec
