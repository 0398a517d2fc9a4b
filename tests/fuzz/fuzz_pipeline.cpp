// The whole pipeline on any bytes: read, bind, resolve, derive, evaluate, plan, emit, report.
// Nothing may crash, and a spec without an error must compile.
#include <cstddef>
#include <cstdint>
#include <string>

#include "compiler/emit/emit.h"
#include "compiler/pipeline.h"
#include "compiler/report/report.h"
#include "schema/base/check.h"

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int {
  using namespace fedgate;
  compiler::Analysis analysis;
  const source::FileId file =
      analysis.sources.add("input.yaml", std::string(reinterpret_cast<const char*>(data), size));
  compiler::load(analysis, {file}, {});
  compiler::AnalysisOptions options;
  options.as_of = *value::Date::parse("2026-11-22");
  compiler::analyze(analysis, source::MemoryFileSystem({}), options);
  if (analysis.has_world && !analysis.sink.has_errors()) {
    FEDGATE_CHECK(!emit::emit_all(compiler::plan_of(analysis)).empty(), "no artifact");
  }
  const report::Report report = compiler::take_report(analysis, options.as_of);
  FEDGATE_CHECK(!report::to_human(report, true).empty(), "no report");
  FEDGATE_CHECK(!report::to_json(report).empty(), "no report");
  return 0;
}
