// Files of the repository that fedgate itself writes are what it would write now.
#include "compiler/emit/gateway_schema.h"
#include "compiler/report/rule_reference.h"
#include "rules/facts/negotiation.h"
#include "schema/describe.h"
#include "tests/support/analysis.h"
#include "tests/support/catch.h"
#include "tests/support/golden.h"

using namespace fedgate;

TEST_CASE("Generated files are fresh", "[generated]") {
  const auto schema = test::source_dir() / "schema";
  test::check_golden(schema / "spec.schema.json", spec::spec_json_schema());
  test::check_golden(schema / "gateway.schema.json", emit::gateway_json_schema());
  test::check_golden(schema / "reference.md", spec::spec_reference());
}
