// The whole way from source files to findings and artifacts, phase by phase. Reads no clock and no
// environment, and files only through the file system that it is given, in one phase of their own:
// the command line, the tests and the fuzzers hand everything in.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/plan.h"
#include "compiler/report/report.h"
#include "rules/cel/environment.h"
#include "rules/engine.h"
#include "rules/entities.h"
#include "rules/pack.h"
#include "schema/bind.h"
#include "schema/diag/sink.h"
#include "schema/file_contents.h"
#include "schema/model.h"
#include "schema/named_files.h"
#include "schema/source/file_system.h"
#include "schema/source/source_file.h"
#include "schema/value/date.h"
#include "schema/yaml/tree.h"

namespace fedgate::compiler {

struct AnalysisOptions {
  // The day that dated rules use.
  value::Date as_of;
  // In place of the spec's own platform.
  std::optional<spec::Platform> platform;
  // By name of a certificate, the digest of the public half of its private key
  // (x509::PublicKey::digest), where the user named one.
  std::map<std::string, std::string, std::less<>> keys = {};
  rules::EngineOptions engine;
};

// Everything that one run knows. Stays where it is: its parts point to each other.
struct Analysis {
  source::Sources sources;
  diag::Sink sink;
  rules::NegotiationMatrix matrix;
  cel::Environment environment;
  rules::RuleSet rules;
  // One for each file read, in their order; those of packs have moved into `rules`.
  std::vector<yaml::Tree> trees;
  // Files that hold a part of the spec, and the trees of those that could be read.
  std::vector<source::FileId> spec_files;
  std::vector<spec::Document> documents;
  spec::Model model;
  // The content of the files that the model names.
  spec::NamedFiles named_files;
  spec::FileContents file_contents;
  std::vector<std::optional<zonefile::ZoneFile>> zone_files;
  rules::Facts facts;
  rules::World world;
  rules::Evaluation evaluation;
  // Of what is sound in the spec; without its hash, which plan_of() adds.
  std::optional<Plan> plan;
  // The gateway could be read, so that facts and world are there.
  bool has_world = false;

  Analysis();
  Analysis(const Analysis&) = delete;
  auto operator=(const Analysis&) -> Analysis& = delete;
  Analysis(Analysis&&) = delete;
  auto operator=(Analysis&&) -> Analysis& = delete;
  ~Analysis() = default;
};

// Parses `files` of `analysis.sources` (in parallel) and loads the built-in packs and those among
// the files; the rest are kept as documents of the spec. Findings gather in `analysis.sink`.
void load(Analysis& analysis, const std::vector<source::FileId>& files,
          const std::set<source::FileId>& packs);

// After load(): binds, resolves, reads the files that the spec names from `files`, derives facts,
// evaluates all rules, and asks what the platform's artifacts cannot express. Without any part of a
// spec in the files there is a finding too.
void analyze(Analysis& analysis, const source::FileSystem& files, const AnalysisOptions& options);

// Takes the findings out of the analysis, which the report then points to.
[[nodiscard]] auto take_report(Analysis& analysis, value::Date as_of) -> report::Report;

// After take_report(): frees the trees and the documents on them, which writing artifacts does not
// need; with many partners they are the largest part of an analysis.
void release_trees(Analysis& analysis);

// SHA-256 over the spec's files in their order, in hexadecimal; their names do not count.
[[nodiscard]] auto spec_hash(const Analysis& analysis) -> std::string;

// The plan of an analysis without an error, with the hash of its spec; it points into the analysis.
[[nodiscard]] auto plan_of(const Analysis& analysis) -> Plan;

}  // namespace fedgate::compiler
