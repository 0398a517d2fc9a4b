#include "schema/zonefile/reader.h"

#include <string>
#include <vector>

#include <fmt/format.h>

#include "schema/source/source_file.h"
#include "schema/value/describe.h"
#include "schema/zonefile/name.h"
#include "tests/support/catch.h"

using namespace fedgate;

namespace {

struct ReadZone {
  source::Sources sources;
  zonefile::ZoneFile zone;
  std::vector<std::string> codes;
};

auto read_text(const std::string& text) -> ReadZone {
  ReadZone result;
  diag::Sink sink;
  const source::FileId file = result.sources.add("zone.db", text);
  const zonefile::IncludedFiles included;
  zonefile::Budget budget;
  result.zone = zonefile::read_zone({&result.sources, &included, &budget}, file,
                                    *value::DnsName::parse("contoso.example"), sink);
  for (const diag::Finding& finding : sink.take_sorted()) {
    result.codes.push_back(finding.code);
  }
  return result;
}

// `owner ttl type data` of each record, or its problem.
auto records(const std::string& text) -> std::vector<std::string> {
  const ReadZone result = read_text(text);
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
      {"a number without a unit after one with a unit",
       "a 1h30 A 192.0.2.1\n",
       {"a.contoso.example 0 1H30 PROBLEM `1h30` is no record type"}},
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
      {"the origin as a target",
       "$ORIGIN eu\na 60 SRV 0 0 1 @\n",
       {"a.eu.contoso.example 60 SRV 0 0 1 [eu.contoso.example]"}},
      {"a relative label `@`",
       "a 60 SRV 0 0 1 \\@\n",
       {"a.contoso.example 60 SRV 0 0 1 [\\064.contoso.example]"}},
      {"an absolute label `@`", "a 60 NS @.\n", {"a.contoso.example 60 NS [\\064]"}},
      {"a name that begins with a label `@`",
       "a 60 CNAME @.b.\n",
       {"a.contoso.example 60 CNAME [\\064.b]"}},
      {"a label `@` as octets",
       "a 60 CNAME \\# 3 014000\n",
       {"a.contoso.example 60 CNAME [\\064]"}},
      {"a string with everything",
       "@ 60 CAA 0 ISSUE \"ca.test; (a=\\\"b\\\\\\065\"\n",
       {"contoso.example 60 CAA 0 issue [ca.test; (a=\"b\\A]"}},
      {"TLSA in two words", "@ 60 TLSA 3 1 1 00FF EE\n", {"contoso.example 60 TLSA 3 1 1 00ffee"}},
      {"nested parentheses",
       "a 60 ( SRV ( 0 ( 0\n 5269 )\n t.test. )\n)\n",
       {"a.contoso.example 60 SRV 0 0 5269 [t.test]"}},
      {"a class by number", "a CLASS1 60 A 192.0.2.1\n", {"a.contoso.example 60 A 192.0.2.1"}},
      {"an unknown type", "a 60 TYPE65400 \\# 1 00\n", {"a.contoso.example 60 TYPE65400 "}},
      {"an unquoted CAA value",
       "@ 60 CAA 0 issue ca.test\\;a\n",
       {"contoso.example 60 CAA 0 issue [ca.test;a]"}},
      {"a CAA record by number",
       "@ 60 TYPE257 0 issue ca.test\n",
       {"contoso.example 60 CAA 0 issue [ca.test]"}},
      {"CAA as octets",
       "@ 60 CAA \\# 8 0005 69737375 6561\n",
       {"contoso.example 60 CAA 0 issue [a]"}},
      {"TLSA as octets", "@ 60 TYPE52 \\# 4 030101ff\n", {"contoso.example 60 TLSA 3 1 1 ff"}},
      {"SRV as octets in words",
       "a 60 SRV \\# ( 9 0001 0002\n 0003 016200 )\n",
       {"a.contoso.example 60 SRV 1 2 3 [b]"}},
      {"an address as octets", "a 60 TYPE1 \\# 4 C0000201\n", {"a.contoso.example 60 A 192.0.2.1"}},
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
      {"a type above the largest",
       "a 60 IN TYPE65536 0\n",
       {"a.contoso.example 60 TYPE65536 PROBLEM `TYPE65536` is no record type"}},
      {"a type far above the largest",
       "a 60 IN TYPE338616d70 0\n",
       {"a.contoso.example 60 TYPE338616D70 PROBLEM `TYPE338616d70` is no record type"}},
      {"a type by number with a sign",
       "a 60 IN TYPE+1 192.0.2.1\n",
       {"a.contoso.example 60 TYPE+1 PROBLEM `TYPE+1` is no record type"}},
      {"a type by number with more behind it",
       "a 60 IN TYPE1x 192.0.2.1\n",
       {"a.contoso.example 60 TYPE1X PROBLEM `TYPE1x` is no record type"}},
      {"characters that nobody sees",
       "a 60 IN S\x1b[2J\u2028 0\n",
       {"a.contoso.example 60 S<U+001B>[2J<U+2028> PROBLEM `S<U+001B>[2J<U+2028>` is no record "
        "type"}},
      {"quotes around a host",
       "a 60 SRV 0 0 1 \"b\"\n",
       {"a.contoso.example 60 SRV PROBLEM `\"b\"` is in quotes, which only texts may be"}},
      {"octets that are too few",
       "a 60 A \\# 3 c00002\n",
       {"a.contoso.example 60 A PROBLEM its data is not an IPv4 address"}},
      {"octets that are none",
       "a 60 A \\# 0\n",
       {"a.contoso.example 60 A PROBLEM its data is not an IPv4 address"}},
      {"octets behind the data",
       "a 60 SRV \\# 10 00010002000301620000\n",
       {"a.contoso.example 60 SRV PROBLEM its data is not priority, weight, port, target"}},
      {"a pointer where no message is",
       "a 60 SRV \\# 8 000100020003c000\n",
       {"a.contoso.example 60 SRV PROBLEM its data is not priority, weight, port, target"}},
      {"a CAA record without a tag",
       "@ 60 CAA \\# 3 0000ff\n",
       {"contoso.example 60 CAA PROBLEM its tag is not one of letters and digits"}},
      {"a CAA record without a value",
       "@ 60 CAA 0 issue\n",
       {"contoso.example 60 CAA PROBLEM it has 2 fields where CAA has 3 (flags, tag, value)"}},
      {"a CAA value in two words",
       "@ 60 CAA 0 issue a \"b\"\n",
       {"contoso.example 60 CAA PROBLEM it has 4 fields where CAA has 3 (flags, tag, value)"}},
      {"a TLSA record without a digest",
       "@ 60 TLSA \\# 3 030101\n",
       {"contoso.example 60 TLSA PROBLEM its data is not usage, selector, matching type, "
        "association"}},
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
                                         {"a 60 ( A ( 192.0.2.1 ) ) )\n", "ZON001"},
                                         {"\"a\" 60 A 192.0.2.1\n", "ZON007"},
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
  const ReadZone result = read_text(row.text + "b 60 IN A 192.0.2.2\n");
  CHECK(result.codes == std::vector<std::string>{row.code});
  CHECK_FALSE(result.zone.complete);
  REQUIRE(result.zone.records.size() == 1);
  CHECK(result.zone.records[0].owner == "b.contoso.example");
}

TEST_CASE("a record of another class is reported and left out", "[zonefile]") {
  const auto* const text = GENERATE("a 60 CH TXT \"x\"\n", "a CLASS3 60 TYPE16 \\# 1 00\n",
                                    "a 60 class65535 A 192.0.2.1\n");
  CAPTURE(text);
  const ReadZone result = read_text(std::string(text) + "b 60 IN A 192.0.2.2\n");
  CHECK(result.codes == std::vector<std::string>{"ZON012"});
  CHECK(result.zone.complete);
  REQUIRE(result.zone.records.size() == 1);
  CHECK(result.zone.records[0].owner == "b.contoso.example");
}

TEST_CASE("findings show no byte of a zone file that a terminal obeys", "[zonefile]") {
  source::Sources sources;
  const source::FileId file =
      sources.add("zone.db", "b\x1b[2J\u2028..c 60 A 192.0.2.1\n$\x1b]0;x\x07\n$TTL \xff\n");
  const zonefile::IncludedFiles included;
  zonefile::Budget budget;
  diag::Sink sink;
  static_cast<void>(zonefile::read_zone({&sources, &included, &budget}, file,
                                        *value::DnsName::parse("contoso.example"), sink));
  REQUIRE(sink.findings().size() == 3);
  for (const diag::Finding& finding : sink.findings()) {
    CHECK_FALSE(value::find_hidden(finding.message));
  }
}

TEST_CASE("a zone file has no more findings than people read", "[zonefile]") {
  std::string text;
  for (int i = 0; i < 250; ++i) {
    text += "a 60 A 192.0.2.1 )\n";
  }
  const ReadZone result = read_text(text);
  REQUIRE(result.codes.size() == 101);
  CHECK(result.codes.back() == "ZON015");
  CHECK_FALSE(result.zone.complete);
}

TEST_CASE("what is read of zone files has bounds", "[zonefile]") {
  source::Sources sources;
  const source::FileId file = sources.add("zone.db", "$INCLUDE a\n$INCLUDE a\nb 60 A 192.0.2.2\n");
  const std::string text = "a 60 A 192.0.2.1\n";
  const zonefile::IncludedFiles included = {{{file, "a"}, sources.add("a", text)}};
  const auto zone = *value::DnsName::parse("contoso.example");
  const auto read_within = [&](zonefile::Budget budget) {
    diag::Sink sink;
    const auto result = zonefile::read_zone({&sources, &included, &budget}, file, zone, sink);
    std::vector<std::string> codes;
    for (const diag::Finding& finding : sink.take_sorted()) {
      codes.push_back(finding.code);
    }
    CHECK(result.complete == codes.empty());
    return std::pair(result.records.size(), codes);
  };
  using Outcome = std::pair<std::size_t, std::vector<std::string>>;
  const std::size_t bytes = sources[file].text.size() + 2 * text.size();
  CHECK(read_within({bytes, 3}) == Outcome{3, {}});
  CHECK(read_within({bytes, 2}) == Outcome{2, {"ZON013"}});
  CHECK(read_within({bytes - 1, 3}) == Outcome{1, {"ZON013"}});
}

TEST_CASE("a record has no more words than data has octets", "[zonefile]") {
  std::string text = "a 60 IN TXT (";
  for (int i = 0; i < 70'000; ++i) {
    text += " x";
  }
  const ReadZone result = read_text(text + " )\nb 60 A 192.0.2.2\n");
  CHECK(result.codes == std::vector<std::string>{"ZON014"});
  CHECK_FALSE(result.zone.complete);
}

TEST_CASE("parts of a record know their place", "[zonefile]") {
  const ReadZone result = read_text("; first\n_x._tcp 60 IN SRV 0 (\n 0 5269 sip )\n");
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
  const zonefile::IncludedFiles files = {{{many, "a"}, included}};
  zonefile::Budget budget;
  const auto zone = zonefile::read_zone({&sources, &files, &budget}, many,
                                        *value::DnsName::parse("contoso.example"), sink);
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
