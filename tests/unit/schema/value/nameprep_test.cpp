#include "schema/value/nameprep.h"

#include "tests/support/catch.h"

using namespace fedgate::value;

TEST_CASE("Nameprep leaves some names as they are", "[values]") {
  struct Row {
    std::string name;
    bool is_stable;
    // Where code points that Unicode 3.2 has not assigned are allowed.
    bool is_stable_unassigned;
  };
  const auto row = GENERATE(values<Row>({{"contoso.com", true, true},
                                         {"xn--bcher-kva.example", true, true},
                                         {"bücher.example", true, true},
                                         {"почта.рф", true, true},
                                         // ß and ς are mapped, and joiners dropped.
                                         {"straße.example", false, false},
                                         {"πόλις.example", false, false},
                                         // A right-to-left label beside another one.
                                         {"מבחן.il", false, false},
                                         {"مصر.com", false, false},
                                         {"מבחן.מבחן", true, true},
                                         // Tifinagh came with Unicode 4.1.
                                         {"ⴰⵎ.example", false, true}}));
  INFO("name: " << row.name);
  const auto name = DnsName::parse(row.name);
  REQUIRE(name.has_value());
  CHECK(is_stable_under_nameprep(*name, Unassigned::refused) == row.is_stable);
  CHECK(is_stable_under_nameprep(*name, Unassigned::allowed) == row.is_stable_unassigned);
}
