#include "schema/zonefile/reader.h"

#include <string>
#include <vector>

#include <fmt/format.h>

#include "schema/source/source_file.h"
#include "schema/zonefile/name.h"
#include "tests/support/catch.h"

using namespace fedgate;

namespace {

struct Result {
  source::Sources sources;
  zonefile::ZoneFile zone;
  std::vector<std::string> codes;
};

auto read(const std::string& text) -> Result {
  Result result;
  diag::Sink sink;
  const source::FileId file = result.sources.add("zone.db", text);
  result.zone = zonefile::read_zone(result.sources, file, *value::DnsName::parse("contoso.example"),
                                    {}, sink);
  for (const diag::Finding& finding : sink.take_sorted()) {
    result.codes.push_back(finding.code);
  }
  return result;
}

// `owner ttl type data` of each record, or its problem.
auto records(const std::string& text) -> std::vector<std::string> {
  const Result result = read(text);
  CHECK(result.codes == std::vector<std::string>{});
  std::vector<std::string> lines;
  for (const zonefile::Record& record : result.zone.records) {
    std::string data = record.problem.empty() ? record.written : "PROBLEM " + record.problem;
    if (const auto* srv = std::get_if<zonefile::Srv>(&record.data)) {
      data = fmt::format("{} {} {} [{}]", srv->priority, srv->weight, srv->port, srv->target);
    } else if (const auto* name = std::get_if<zonefile::NameData>(&record.data)) {
      data = fmt::format("[{}]", name->name);
    } else if (const auto* caa = std::get_if<zonefile::Caa>(&record.data)) {
      data = fmt::format("{} {} [{}]", caa->flags, caa->tag, caa->value);
    } else if (const auto* tlsa = std::get_if<zonefile::Tlsa>(&record.data)) {
      data = fmt::format("{} {} {} {}", tlsa->usage, tlsa->selector, tlsa->matching,
                         tlsa->association);
    } else if (const auto* address = std::get_if<value::Address>(&record.data)) {
      data = address->to_text();
    }
    lines.push_back(fmt::format("{} {} {} {}", record.owner, record.ttl, record.type, data));
  }
  return lines;
}

}  // namespace

TEST_CASE("a master file gives absolute records", "[zonefile]") {
  struct Row {
    std::string about;
    std::string text;
    std::vector<std::string> records;
  };
  const auto row = GENERATE(values<Row>({
      {"the origin", "@ 60 IN A 192.0.2.1\n", {"contoso.example 60 A 192.0.2.1"}},
      {"a relative name", "a 60 IN CNAME b\n", {"a.contoso.example 60 CNAME [b.contoso.example]"}},
      {"an absolute name", "a.test. 60 IN NS B.test.\n", {"a.test 60 NS [b.test]"}},
      {"the root", ". 60 IN NS .\n", {". 60 NS [.]"}},
      {"upper case", "A.TEST. 60 in srv 1 2 3 T.Test.\n", {"a.test 60 SRV 1 2 3 [t.test]"}},
      {"class before TTL", "a IN 60 A 192.0.2.1\n", {"a.contoso.example 60 A 192.0.2.1"}},
      {"units", "a 1h30m A 192.0.2.1\n", {"a.contoso.example 5400 A 192.0.2.1"}},
      {"the owner before",
       "a 60 A 192.0.2.1\n\t A 192.0.2.2\n",
       {"a.contoso.example 60 A 192.0.2.1", "a.contoso.example 60 A 192.0.2.2"}},
      {"a default TTL", "$TTL 2h\na A 192.0.2.1\n", {"a.contoso.example 7200 A 192.0.2.1"}},
      {"an origin",
       "$ORIGIN eu\n$TTL 1\na A 192.0.2.1\n@ A 192.0.2.2\n",
       {"a.eu.contoso.example 1 A 192.0.2.1", "eu.contoso.example 1 A 192.0.2.2"}},
      {"parentheses over lines",
       "a 60 ( IN ; comment )\n SRV 0\n 0 5269 ) t.test.\n",
       {"a.contoso.example 60 SRV 0 0 5269 [t.test]"}},
      {"escapes in names",
       "a\\.b\\032c 60 CNAME \\100.test.\n",
       {"a\\046b\\032c.contoso.example 60 CNAME [d.test]"}},
      {"a string with everything",
       "@ 60 CAA 0 ISSUE \"ca.test; (a=\\\"b\\\\\\065\"\n",
       {"contoso.example 60 CAA 0 issue [ca.test; (a=\"b\\A]"}},
      {"TLSA in two words", "@ 60 TLSA 3 1 1 00FF EE\n", {"contoso.example 60 TLSA 3 1 1 00ffee"}},
      {"another class",
       "a 60 CH TXT \"x\"\nb 60 A 192.0.2.1\n",
       {"b.contoso.example 60 A 192.0.2.1"}},
      {"an unknown type", "a 60 TYPE65400 \\# 1 00\n", {"a.contoso.example 60 TYPE65400 \\# 1 00"}},
      {"a known type by number", "a 60 TYPE5 \\# 3 016200\n", {"a.contoso.example 60 CNAME [b]"}},
      {"CRLF and no last line end",
       "a 60 A 192.0.2.1\r\nb 60 A 192.0.2.2",
       {"a.contoso.example 60 A 192.0.2.1", "b.contoso.example 60 A 192.0.2.2"}},
      {"a record that cannot be read",
       "a 60 SRV 0 0 65536 t.test.\n",
       {"a.contoso.example 60 SRV PROBLEM `65536` stands where a number from 0 to 65535 is due"}},
      {"no type at all",
       "a 60 IN SVR 0\n",
       {"a.contoso.example 60 SVR PROBLEM `SVR` is no record type"}},
  }));
  CAPTURE(row.about);
  CHECK(records(row.text) == row.records);
}

TEST_CASE("what cannot be understood is reported and the rest is read", "[zonefile]") {
  struct Row {
    std::string text;
    std::string code;
  };
  const auto row = GENERATE(values<Row>({{"a 60 A 192.0.2.1 )\n", "ZON001"},
                                         {"a 60 ( A ( 192.0.2.1 ) )\n", "ZON001"},
                                         {"a 60 TXT \"open\n", "ZON002"},
                                         {"$BASE x\n", "ZON003"},
                                         {"$TTL\n", "ZON004"},
                                         {"$TTL 3600 1\n", "ZON004"},
                                         {"$TTL -1\n", "ZON004"},
                                         {" A 192.0.2.1\n", "ZON005"},
                                         {"a 60 IN\n", "ZON006"},
                                         {"a..b 60 A 192.0.2.1\n", "ZON007"},
                                         {"\\300 60 A 192.0.2.1\n", "ZON007"},
                                         {"$GENERATE 1-2 a$ A 192.0.2.$\n", "ZON008"}}));
  CAPTURE(row.text);
  const Result result = read(row.text + "b 60 IN A 192.0.2.2\n");
  CHECK(result.codes == std::vector<std::string>{row.code});
  CHECK_FALSE(result.zone.complete);
  REQUIRE(result.zone.records.size() == 1);
  CHECK(result.zone.records[0].owner == "b.contoso.example");
}

TEST_CASE("parts of a record know their place", "[zonefile]") {
  const Result result = read("; first\n_x._tcp 60 IN SRV 0 (\n 0 5269 sip )\n");
  REQUIRE(result.zone.records.size() == 1);
  const zonefile::Record& record = result.zone.records[0];
  CHECK(result.sources.text(record.owner_at) == "_x._tcp");
  REQUIRE(record.data_at.size() == 4);
  CHECK(result.sources.text(record.data_at[3]) == "sip");
  CHECK(result.sources.text(record.where) == "_x._tcp 60 IN SRV 0 (\n 0 5269 sip");
}

TEST_CASE("includes are counted", "[zonefile]") {
  source::Sources sources;
  const source::FileId many = sources.add(
      "zone.db", fmt::format("{}", fmt::join(std::vector<std::string>(1001, "$INCLUDE a"), "\n")));
  const source::FileId included = sources.add("a", "a 60 A 192.0.2.1\n");
  diag::Sink sink;
  const auto zone = zonefile::read_zone(sources, many, *value::DnsName::parse("contoso.example"),
                                        {{{many, "a"}, included}}, sink);
  CHECK(zone.records.size() == zonefile::kMostIncludes);
  REQUIRE(sink.findings().size() == 1);
  CHECK(sink.findings()[0].code == "ZON010");
}

TEST_CASE("names compare in one spelling", "[zonefile]") {
  CHECK(*zonefile::read_name("A.b", "c") == "a.b.c");
  CHECK(*zonefile::read_name("a.", "c") == "a");
  CHECK(*zonefile::read_name("a", ".") == "a");
  CHECK(*zonefile::read_name("@", ".") == ".");
  CHECK(*zonefile::read_name(std::string(63, 'a'), "c") == std::string(63, 'a') + ".c");
  CHECK_FALSE(zonefile::read_name(std::string(64, 'a'), "c"));
  CHECK_FALSE(zonefile::read_name(".a", "c"));
  CHECK_FALSE(zonefile::read_name("a\\", "c"));
  CHECK_FALSE(zonefile::read_name("a\\25", "c"));
  const std::string longest =
      fmt::format("{0}.{0}.{0}.{1}.", std::string(63, 'a'), std::string(61, 'a'));
  CHECK(zonefile::read_name(longest, "."));
  CHECK_FALSE(zonefile::read_name("a" + longest, "."));
  CHECK(zonefile::is_within("a.b", "b"));
  CHECK(zonefile::is_within("b", "b"));
  CHECK_FALSE(zonefile::is_within("ab", "b"));
}
