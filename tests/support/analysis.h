// The whole pipeline on texts in memory, for tests of what comes after the reader.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "compiler/pipeline.h"

namespace fedgate::test {

// The day of every test that does not name another.
inline constexpr std::string_view kTestDay = "2026-11-22";

using Files = std::vector<std::pair<std::string, std::string>>;

struct AnalyzeOptions {
  std::string as_of = std::string(kTestDay);
  rules::EngineOptions engine;
  std::optional<spec::Platform> platform;
  // Files that the spec may name, path to content, and symbolic links, path to target.
  std::map<std::string, std::string> files = {};
  std::map<std::string, std::string> links = {};
  // By name of a certificate, the digest of the public half of the private key that was given.
  std::map<std::string, std::string, std::less<>> keys = {};
};

// Names and texts of files, in their order.
[[nodiscard]] auto analyze(const Files& files, const AnalyzeOptions& options = {})
    -> std::unique_ptr<compiler::Analysis>;

// The report of the run on kTestDay.
[[nodiscard]] auto report_of(compiler::Analysis& analysis) -> report::Report;

// The codes of all findings, sorted by place.
[[nodiscard]] auto codes(compiler::Analysis& analysis) -> std::vector<std::string>;

// A complete spec for Lync Server 2013 whose only partner has this posture. Nothing else in it
// gives a finding.
[[nodiscard]] auto spec_with_posture(std::string_view tls, std::string_view sasl, bool dialback)
    -> std::string;

}  // namespace fedgate::test
