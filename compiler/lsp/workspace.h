// The open documents of an editor and the specs that they belong to, each analyzed as `check`
// would.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/lsp/text_index.h"
#include "compiler/pipeline.h"
#include "schema/source/file_system.h"

namespace fedgate::lsp {

struct Document {
  // As the client spells it.
  std::string uri;
  std::int64_t version = 0;
};

// One spec as it was analyzed last: a folder of files, or one file.
struct Unit {
  std::string root;
  std::unique_ptr<compiler::Analysis> analysis;
  report::Report report;
  // Why it could not be analyzed; empty where it could.
  std::string failure;

  // The file of that path in this run; none where the run did not read it.
  [[nodiscard]] auto file(const std::string& path) const -> std::optional<source::FileId>;
};

struct WorkspaceOptions {
  // Folders that the editor has open; specs are not looked for above them.
  std::vector<std::string> folders;
  // Further rule packs, files or folders.
  std::vector<std::string> rules;
  // In place of today.
  std::optional<value::Date> as_of;
};

class Workspace {
 public:
  // `disk` outlives the workspace.
  explicit Workspace(const source::FileSystem& disk) : disk_(&disk) {}

  void configure(WorkspaceOptions options) { options_ = std::move(options); }

  // Texts above the size of the largest file that is read are kept empty, and the change is lost.
  void open(const std::string& path, Document document, std::string text);
  void change(const std::string& path, std::int64_t version, std::string text);
  void close(const std::string& path);
  // Something on disk has changed.
  void refresh();
  [[nodiscard]] auto documents() const -> const std::map<std::string, Document>& {
    return documents_;
  }
  // The text of an open document; null where it is not open.
  [[nodiscard]] auto text(const std::string& path) const -> const std::string*;

  // Analyzes the specs with changes. Gives all that are there now.
  auto update() -> const std::map<std::string, Unit>&;
  [[nodiscard]] auto has_changes() const -> bool { return has_changes_; }
  // The spec that a document belongs to; null where it belongs to none.
  [[nodiscard]] auto unit_of(const std::string& path) const -> const Unit*;

 private:
  [[nodiscard]] auto find_root(const std::string& path) const -> std::string;
  [[nodiscard]] auto markers_in(const std::string& folder) const -> std::vector<std::string>;
  [[nodiscard]] auto is_marker(const std::string& path) const -> bool;
  [[nodiscard]] auto has_folder_above(const std::string& folder) const -> bool;
  void analyze(Unit& unit) const;

  const source::FileSystem* disk_;
  WorkspaceOptions options_;
  std::map<std::string, Document> documents_;
  std::map<std::string, std::string> texts_;
  // By root; and the root of each open document.
  std::map<std::string, Unit> units_;
  std::map<std::string, std::string> roots_;
  std::set<std::string> stale_;
  bool has_changes_ = false;
};

}  // namespace fedgate::lsp
