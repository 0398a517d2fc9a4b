#include "compiler/lsp/workspace.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <iterator>
#include <system_error>
#include <utility>

#include "compiler/lsp/uri.h"
#include "compiler/run.h"
#include "schema/base/failure.h"
#include "schema/source/overlay.h"
#include "schema/source/spec_files.h"

namespace fedgate::lsp {

namespace {

// A file that states the version of the spec language is the one that a spec starts from.
constexpr std::string_view kMarker = "fedgate";
constexpr std::array<std::string_view, 6> kSections = {"gateway",      "defaults", "partners",
                                                       "certificates", "dns",      "pack"};
// Of a file that is not open, so much is searched for the marker.
constexpr std::size_t kSearched = std::size_t{1} << 20U;
constexpr std::size_t kMostDocuments = 4096;

// Whether a line starts with the key. Looks at text and not at a tree, since a text that is being
// written is seldom YAML.
auto has_key(std::string_view text, std::string_view key) -> bool {
  for (std::size_t begin = 0; begin < text.size();) {
    std::string_view line = text.substr(begin, text.find('\n', begin) - begin);
    begin += line.size() + 1;
    const std::size_t start = line.find_first_not_of("{\"' ");
    // In block style a top-level key starts its line; in JSON it stands in quotes.
    if (start == std::string_view::npos || (start > 0 && line[start - 1] == ' ')) {
      continue;
    }
    line.remove_prefix(start);
    if (line.starts_with(key)) {
      line.remove_prefix(key.size());
      const std::size_t colon = line.find_first_not_of("\"' ");
      if (colon != std::string_view::npos && line[colon] == ':') {
        return true;
      }
    }
  }
  return false;
}

auto parent_of(const std::string& path) -> std::string {
  return std::filesystem::path(path).parent_path().generic_string();
}

auto path_in(const std::string& folder, const std::string& name) -> std::string {
  return (std::filesystem::path(folder) / name).generic_string();
}

auto is_spec_name(std::string_view name) -> bool {
  return name.ends_with(".yaml") || name.ends_with(".yml");
}

auto today() -> value::Date {
  return value::Date::from_days_since_epoch(
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now())
          .time_since_epoch()
          .count());
}

}  // namespace

auto Unit::file(const std::string& path) const -> std::optional<source::FileId> {
  for (std::size_t i = 0; analysis != nullptr && i < analysis->sources.size(); ++i) {
    const auto id = static_cast<source::FileId>(i);
    if (analysis->sources[id].name == path) {
      return id;
    }
  }
  return std::nullopt;
}

void Workspace::open(const std::string& path, Document document, std::string text) {
  if (documents_.size() >= kMostDocuments && !documents_.contains(path)) {
    return;
  }
  documents_[path] = std::move(document);
  texts_[path] = text.size() > source::kLargestFile ? std::string{} : std::move(text);
  refresh();
}

void Workspace::change(const std::string& path, std::int64_t version, std::string text) {
  const auto document = documents_.find(path);
  if (document == documents_.end() || text.size() > source::kLargestFile) {
    return;
  }
  document->second.version = version;
  std::string& old = texts_[path];
  // A file that becomes the start of a spec, or ceases to be it, moves the borders of specs.
  const bool moves_borders = has_key(old, kMarker) != has_key(text, kMarker);
  old = std::move(text);
  has_changes_ = true;
  if (moves_borders) {
    refresh();
    return;
  }
  const auto root = roots_.find(path);
  if (root == roots_.end() || root->second.empty()) {
    roots_.erase(path);
  } else {
    stale_.insert(root->second);
  }
}

void Workspace::close(const std::string& path) {
  documents_.erase(path);
  texts_.erase(path);
  refresh();
}

void Workspace::refresh() {
  roots_.clear();
  has_changes_ = true;
  for (const auto& [root, unit] : units_) {
    stale_.insert(root);
  }
}

auto Workspace::text(const std::string& path) const -> const std::string* {
  const auto found = texts_.find(path);
  return found == texts_.end() ? nullptr : &found->second;
}

auto Workspace::is_marker(const std::string& path) const -> bool {
  if (const std::string* open = text(path)) {
    return has_key(*open, kMarker);
  }
  const auto found = disk_->read(path, kSearched);
  return found && has_key(*found, kMarker);
}

auto Workspace::markers_in(const std::string& folder) const -> std::vector<std::string> {
  std::set<std::string> paths;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (is_spec_name(name) && !name.starts_with('.')) {
      paths.insert(path_in(folder, name));
    }
  }
  for (const auto& [path, document] : documents_) {
    if (is_file(path) && parent_of(path) == folder && is_spec_name(path)) {
      paths.insert(path);
    }
  }
  std::vector<std::string> markers;
  std::copy_if(paths.begin(), paths.end(), std::back_inserter(markers),
               [&](const std::string& path) { return is_marker(path); });
  return markers;
}

auto Workspace::has_folder_above(const std::string& folder) const -> bool {
  return folder != "/" &&
         std::any_of(options_.folders.begin(), options_.folders.end(),
                     [&](const std::string& open) { return folder.starts_with(open + "/"); });
}

// The nearest folder upwards in which exactly one file states the version; several in one folder
// are specs of one file each.
auto Workspace::find_root(const std::string& path) const -> std::string {
  const std::string& own = *text(path);
  const bool is_start = has_key(own, kMarker);
  const bool is_part = is_start || std::any_of(kSections.begin(), kSections.end(),
                                               [&](auto key) { return has_key(own, key); });
  if (!is_file(path) || !is_spec_name(path)) {
    return is_part ? path : std::string{};
  }
  for (std::string folder = parent_of(path);; folder = parent_of(folder)) {
    const std::vector<std::string> markers = markers_in(folder);
    if (markers.size() == 1) {
      return folder;
    }
    if (markers.size() > 1 || is_start || !has_folder_above(folder)) {
      break;
    }
  }
  return is_part ? path : std::string{};
}

void Workspace::analyze(Unit& unit) const {
  unit.failure.clear();
  unit.report = {};
  unit.analysis = std::make_unique<compiler::Analysis>();
  const source::OverlayFileSystem files(*disk_, texts_);
  try {
    const auto specs = source::find_spec_files(files, std::array{unit.root});
    if (!specs) {
      unit.failure = specs.error().message();
      return;
    }
    compiler::RunFiles run{*specs, {}, {}};
    if (!options_.rules.empty()) {
      const auto rules = source::find_spec_files(files, options_.rules);
      if (!rules) {
        unit.failure = rules.error().message();
        return;
      }
      run.rules = *rules;
    }
    compiler::load_files(*unit.analysis, files, std::move(run));
    compiler::AnalysisOptions options;
    options.as_of = options_.as_of.value_or(today());
    compiler::analyze(*unit.analysis, files, options);
    unit.report = compiler::take_report(*unit.analysis, options.as_of);
  } catch (const Failure& failure) {
    unit.failure = failure.what();
  }
}

auto Workspace::update() -> const std::map<std::string, Unit>& {
  if (!has_changes_) {
    return units_;
  }
  has_changes_ = false;
  std::set<std::string> used;
  for (const auto& [path, document] : documents_) {
    auto root = roots_.find(path);
    if (root == roots_.end()) {
      root = roots_.emplace(path, find_root(path)).first;
    }
    if (!root->second.empty()) {
      used.insert(root->second);
    }
  }
  std::erase_if(units_, [&](const auto& entry) { return !used.contains(entry.first); });
  for (const std::string& root : used) {
    Unit& unit = units_[root];
    if (unit.analysis == nullptr || stale_.contains(root)) {
      unit.root = root;
      analyze(unit);
    }
  }
  stale_.clear();
  return units_;
}

auto Workspace::unit_of(const std::string& path) const -> const Unit* {
  if (const auto root = roots_.find(path); root != roots_.end()) {
    const auto unit = units_.find(root->second);
    return unit == units_.end() ? nullptr : &unit->second;
  }
  return nullptr;
}

}  // namespace fedgate::lsp
