// Every code has a golden file that shows it: a finding nobody has seen is a finding nobody tested.
#include <algorithm>
#include <set>
#include <string>

#include "schema/diag/message.h"
#include "tests/support/analysis.h"
#include "tests/support/catch.h"
#include "tests/support/golden.h"

using namespace fedgate;

namespace {

// Codes without a golden, each with its reason; one that has a golden after all fails too.
struct Exemption {
  std::string_view code;
  std::string_view reason;
};
constexpr std::array kExemptions = {
    Exemption{"YML002", "a file of 64 MiB; tested with a low limit in the reader's unit tests"},
    Exemption{"SPC023", "a file of more than 1 MiB; tested in the unit tests of named files"},
    Exemption{"LYN018", "off unless it is given a severity; tested in engine_test"},
    Exemption{"LYN020", "off unless it is given a severity; tested in engine_test"},
    Exemption{"ZON010", "more than 1,000 includes; tested in the reader's unit tests"},
    Exemption{"ZON013", "a million records; tested with a low limit in the reader's unit tests"},
    Exemption{"ZON014", "65,541 words in a record; tested in the reader's unit tests"},
    Exemption{"ZON015", "more than 100 findings; tested in the reader's unit tests"},
    Exemption{"YML033", "a bracket pair of more than 1 MiB; tested in the reader's unit tests"},
};

}  // namespace

TEST_CASE("Every code has a golden", "[coverage]") {
  std::string shown;
  for (const auto& file : test::list_inputs(test::source_dir() / "tests" / "golden", {".out"})) {
    shown += test::read_file(file);
  }
  std::set<std::string> codes;
  const auto analysis =
      test::analyze({{"spec.yaml", test::spec_with_posture("required", "required", false)}});
  for (const rules::Pack& pack : analysis->rules.packs()) {
    for (const rules::Rule& rule : pack.rules) {
      codes.insert(rule.code);
    }
  }
  for (const diag::CodeInfo& info : diag::core_codes()) {
    codes.insert(std::string(info.code));
  }
  for (const std::string& code : codes) {
    const bool is_exempt =
        std::any_of(kExemptions.begin(), kExemptions.end(),
                    [&](const Exemption& exemption) { return exemption.code == code; });
    INFO(code);
    CHECK((shown.find("[" + code + " ") != std::string::npos) != is_exempt);
  }
}
