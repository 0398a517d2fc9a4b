// Zone files that would give more findings than anybody reads.
#include "rules/facts/zone_check.h"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "tests/support/analysis.h"
#include "tests/support/catch.h"

using namespace fedgate;

TEST_CASE("A hundred aliases beside other records are told, whatever the zone holds", "[zones]") {
  std::string zone =
      "$TTL 3600\n@ SOA ns root 1 2 3 4 5\n@ NS ns\nns A 198.51.100.53\nsip A 198.51.100.10\n"
      "_xmpp-server._tcp SRV 0 0 5269 sip\n";
  for (int i = 0; i < 150; ++i) {
    zone += fmt::format("h{0} A 198.51.100.80\nh{0} CNAME ns\n", i);
  }
  std::string spec = test::spec_with_posture("required", "required", false);
  const std::string name = "{name: contoso.example}";
  spec.replace(spec.find(name), name.size(),
               "{name: contoso.example, ttl: 1h, zone_file: zone.db}");
  test::AnalyzeOptions options;
  options.files = {{"zone.db", zone}};
  const auto analysis = test::analyze({{"spec.yaml", spec}}, options);
  const std::vector<std::string> codes = test::codes(*analysis);
  CHECK(codes.size() == 100);
  CHECK(std::count(codes.begin(), codes.end(), "DNS031") == 100);
}
