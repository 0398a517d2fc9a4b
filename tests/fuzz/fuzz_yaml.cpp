// Any bytes as YAML and as JSON: no crash, no hang, findings inside the file, and a tree that keeps
// its promises.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <fmt/format.h>

#include "schema/diag/sink.h"
#include "schema/source/source_file.h"
#include "schema/yaml/print.h"
#include "schema/yaml/reader.h"
#include "tests/support/tree_check.h"

namespace {

void fail(const std::string& what) {
  static_cast<void>(std::fprintf(stderr, "broken promise: %s\n", what.c_str()));
  std::abort();
}

void read_as(const std::string& name, const std::string& bytes) {
  fedgate::source::Sources sources;
  const fedgate::source::FileId file = sources.add(name, bytes);
  fedgate::diag::Sink sink;
  const fedgate::yaml::Tree tree = fedgate::yaml::read(sources, file, sink);
  for (const fedgate::diag::Finding& finding : sink.findings()) {
    if (finding.where.file != file || finding.where.begin > finding.where.end ||
        finding.where.end > bytes.size()) {
      fail(fmt::format("the place of {} is {}-{}", finding.code, finding.where.begin,
                       finding.where.end));
    }
  }
  if (tree.empty() && !sink.has_errors()) {
    fail("there is neither a tree nor a finding");
  }
  const std::string broken = fedgate::test::find_broken_promise(sources, tree);
  if (!broken.empty()) {
    fail(broken);
  }
  static_cast<void>(fedgate::yaml::print_tree(sources, tree));
}

}  // namespace

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int {
  const std::string bytes(data, data + size);
  read_as("fuzz.yaml", bytes);
  read_as("fuzz.json", bytes);
  return 0;
}
