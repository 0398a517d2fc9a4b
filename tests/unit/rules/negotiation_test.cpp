// The 18 combinations of TLS, SASL and dialback against Microsoft's matrix: verdict, methods,
// findings and what compiles, on both Lync platforms. The expectations are written down here on
// their own and not read from the table that the program uses.
#include "rules/facts/negotiation.h"

#include <algorithm>

#include "compiler/emit/emit.h"
#include "rules/facts/print.h"
#include "rules/tables.h"
#include "tests/support/analysis.h"
#include "tests/support/catch.h"

using namespace fedgate;

namespace {

struct PostureRow {
  const char* tls;
  const char* sasl;
  bool dialback;
  const char* verdict;
  const char* methods;
  // Findings of grade error.
  std::vector<std::string> errors;
};

const std::vector<PostureRow> kRows = {
    {"required", "required", true, "warning", "sasl_tls", {}},
    {"required", "required", false, "valid", "sasl_tls", {}},
    {"optional", "required", true, "warning", "sasl_tls, tls_dialback, tcp_dialback", {}},
    {"optional", "required", false, "warning", "sasl_tls", {}},
    {"not_supported", "required", true, "warning", "tcp_dialback", {"NEG004"}},
    {"not_supported", "required", false, "invalid", "none", {"NEG002"}},
    {"required", "optional", true, "valid", "sasl_tls, tls_dialback", {}},
    {"required", "optional", false, "valid", "sasl_tls", {}},
    {"optional", "optional", true, "warning", "sasl_tls, tls_dialback, tcp_dialback", {}},
    {"optional", "optional", false, "warning", "sasl_tls", {}},
    {"not_supported", "optional", true, "warning", "tcp_dialback", {"NEG004"}},
    {"not_supported", "optional", false, "invalid", "none", {"NEG002"}},
    {"required", "not_supported", true, "valid", "tls_dialback", {}},
    {"required", "not_supported", false, "invalid", "none", {"NEG002"}},
    {"optional", "not_supported", true, "valid", "tls_dialback, tcp_dialback", {}},
    {"optional", "not_supported", false, "invalid", "none", {"NEG002"}},
    {"not_supported", "not_supported", true, "valid", "tcp_dialback", {}},
    {"not_supported", "not_supported", false, "invalid", "none", {"NEG002"}}};

auto error_codes(compiler::Analysis& analysis) -> std::vector<std::string> {
  std::vector<std::string> codes;
  for (const diag::Finding& finding : analysis.sink.findings()) {
    if (finding.severity == diag::Severity::error) {
      codes.push_back(finding.code);
    }
  }
  return codes;
}

auto parse_negotiation(std::string_view text) -> spec::Negotiation {
  for (std::size_t i = 0; i < spec::kWords<spec::Negotiation>.size(); ++i) {
    if (spec::kWords<spec::Negotiation>[i].text == text) {
      return static_cast<spec::Negotiation>(i);
    }
  }
  FAIL("unknown word " << text);
  return spec::Negotiation::required;
}

}  // namespace

TEST_CASE("The negotiation matrix", "[rules]") {
  const rules::NegotiationMatrix matrix = rules::load_negotiation_matrix();
  for (const PostureRow& row : kRows) {
    const rules::Posture posture{parse_negotiation(row.tls), parse_negotiation(row.sasl),
                                 row.dialback};
    INFO(rules::to_text(posture));
    CHECK(rules::word(matrix.row(posture).verdict) == row.verdict);
    CHECK(rules::to_text(matrix.row(posture).methods) == row.methods);
  }
}

TEST_CASE("All 18 combinations on both Lync platforms", "[rules]") {
  const auto platform =
      GENERATE(spec::Platform::lync_server_2013, spec::Platform::skype_for_business_2015);
  for (const PostureRow& row : kRows) {
    INFO(spec::word(platform) << " " << row.tls << "/" << row.sasl << "/" << row.dialback);
    test::AnalyzeOptions options;
    options.platform = platform;
    const test::Files files = {
        {"spec.yaml", test::spec_with_posture(row.tls, row.sasl, row.dialback)}};
    const auto analysis = test::analyze(files, options);
    CHECK(error_codes(*analysis) == row.errors);
    options.engine.severities["NEG004"] = diag::Severity::warning;
    const auto lowered = test::analyze(files, options);
    const bool is_invalid = std::string_view(row.verdict) == "invalid";
    CHECK(lowered->sink.has_errors() == is_invalid);
    if (!is_invalid) {
      const auto artifacts = emit::emit_all(compiler::plan_of(*lowered));
      CHECK(artifacts.size() >= 8);
    }
  }
}

TEST_CASE("NEG004 is a warning where no Lync gateway runs", "[rules]") {
  test::AnalyzeOptions options;
  options.platform = spec::Platform::prosody;
  const auto analysis = test::analyze(
      {{"spec.yaml", test::spec_with_posture("not_supported", "optional", true)}}, options);
  CHECK(!analysis->sink.has_errors());
  const auto codes = test::codes(*analysis);
  CHECK(std::count(codes.begin(), codes.end(), "NEG004") == 1);
}

TEST_CASE("What two ends agree on", "[rules]") {
  using rules::Method;
  const std::vector<Method> all = {Method::sasl_tls, Method::tls_dialback, Method::tcp_dialback};
  CHECK(rules::agreed_methods(all, {Method::tcp_dialback, Method::sasl_tls}) ==
        std::vector<Method>{Method::sasl_tls, Method::tcp_dialback});
  CHECK(rules::agreed_methods({Method::sasl_tls}, {Method::tcp_dialback}).empty());
  CHECK(rules::agreed_methods({}, all).empty());
}
