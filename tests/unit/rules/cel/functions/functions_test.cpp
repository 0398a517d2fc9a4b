// The standard functions and the extensions, in typed mode where nothing is said.
#include <string_view>

#include "tests/support/catch.h"
#include "tests/unit/rules/cel/run.h"

namespace fedgate::cel {
namespace {

struct CallRow {
  std::string_view expression;
  std::string_view value;
};

TEST_CASE("conversions between types") {
  const auto row = GENERATE(values<CallRow>({
      {"int(3.99)", "3"},
      {"int(-3.99)", "-3"},
      {"int(9223372036854775808u)", "error"},
      {"int(-9223372036854775808.0)", "error"},
      {"int(9223372036854774784.0)", "9223372036854774784"},
      {"int(double('NaN'))", "error"},
      {"int('+5')", "5"},
      {"int('5 ')", "error"},
      {"int('+-5')", "error"},
      {"int(timestamp('1970-01-01T00:01:00Z'))", "60"},
      {"uint(1.9)", "1u"},
      {"uint(-1)", "error"},
      {"uint(18446744073709551616.0)", "error"},
      {"uint('-1')", "error"},
      {"double('1e3')", "1000.0"},
      {"double('-Infinity')", "-Infinity"},
      {"double('nan')", "error"},
      {"double('')", "error"},
      {"double('1e999')", "error"},
      {"string(1.0)", R"("1")"},
      {"string(-4.5e-3)", R"("-0.0045")"},
      {"string(1e25)", R"("1e+25")"},
      {"string(0.00001)", R"("1e-05")"},
      {"string(9876u)", R"("9876")"},
      {"string(b'\\xff')", "error"},
      {"string(duration('1h0.5s'))", R"("3600.5s")"},
      {"string(duration('-1ms'))", R"("-0.001s")"},
      {"string(timestamp('2026-11-22T10:00:00.120+01:00'))", R"("2026-11-22T09:00:00.12Z")"},
      {"bytes('é')", "b\"é\""},
      {"bool('t')", "true"},
      {"bool('FALSE')", "false"},
      {"bool('yes')", "error"},
      {"type([])", "type(list)"},
      {"size('aé😀')", "3"},
      {"b'é'.size()", "2"},
      {"{1: 2}.size()", "1"},
  }));
  CAPTURE(row.expression);
  CHECK(run_typed(row.expression) == row.value);
}

TEST_CASE("timestamps and durations") {
  const auto row = GENERATE(values<CallRow>({
      {"timestamp('2024-02-29T23:59:59Z') + duration('1s')", "timestamp(2024-03-01T00:00:00Z)"},
      {"duration('1s') + timestamp(0)", "timestamp(1970-01-01T00:00:01Z)"},
      {"timestamp(0) - duration('1ns')", "timestamp(1969-12-31T23:59:59.999999999Z)"},
      {"timestamp(10) - timestamp(70)", "duration(-60s)"},
      {"timestamp('9999-12-31T23:59:59Z') + duration('1s')", "error"},
      {"timestamp('0001-01-01T00:00:00Z') - duration('1ns')", "error"},
      {"timestamp('2023-02-29T00:00:00Z')", "error"},
      {"timestamp('2023-01-01T24:00:00Z')", "error"},
      {"timestamp('2023-01-01')", "error"},
      {"timestamp('2023-01-01T00:00:00')", "error"},
      {"timestamp('2023-01-01T00:00:00+0100')", "error"},
      {"duration('1h30m') - duration('90m')", "duration(0s)"},
      {"duration('1.5h')", "duration(5400s)"},
      {"duration('.5ms')", "duration(0.0005s)"},
      {"duration('1us1ns')", "duration(0.000001001s)"},
      {"duration('0')", "duration(0s)"},
      {"duration('-1h1m')", "duration(-3660s)"},
      {"duration('1')", "error"},
      {"duration('')", "error"},
      {"duration('1d')", "error"},
      {"duration('.s')", "error"},
      {"duration('9223372036s') + duration('854775807ns')", "duration(9223372036.854775807s)"},
      {"duration('9223372036s') + duration('854775808ns')", "error"},
      {"duration('-9223372036854775808ns')", "duration(-9223372036.854775808s)"},
      {"duration('9223372036854775808ns')", "error"},
      {"timestamp('2026-11-22T10:20:30.456Z').getMilliseconds()", "456"},
      {"timestamp('2026-11-22T10:20:30Z').getFullYear()", "2026"},
      {"timestamp('2026-11-22T10:20:30Z').getMonth()", "10"},
      {"timestamp('2026-11-22T10:20:30Z').getDate()", "22"},
      {"timestamp('2026-11-22T10:20:30Z').getDayOfMonth()", "21"},
      {"timestamp('2026-11-22T10:20:30Z').getDayOfWeek()", "0"},
      {"timestamp('2026-01-01T00:00:00Z').getDayOfYear()", "0"},
      {"timestamp('2024-12-31T00:00:00Z').getDayOfYear()", "365"},
      {"timestamp('2026-11-22T23:20:30Z').getHours('+01:30')", "0"},
      {"timestamp('2026-11-22T23:20:30Z').getMinutes('-00:30')", "50"},
      {"timestamp('2026-07-01T12:00:00Z').getHours('Europe/Berlin')", "14"},
      {"timestamp('2026-12-01T12:00:00Z').getHours('Europe/Berlin')", "13"},
      {"timestamp(0).getSeconds('02:00')", "0"},
      {"timestamp(0).getSeconds('Mars/Olympus')", "error"},
      {"timestamp(0).getSeconds('+25:00')", "error"},
      {"timestamp(0).getSeconds('localtime')", "error"},
      {"timestamp(0).getSeconds('zone.tab')", "error"},
      {"timestamp(0).getSeconds('../../../etc/passwd')", "error"},
      {"duration('-90m').getHours()", "-1"},
      {"duration('90m').getMinutes()", "90"},
      {"duration('123.321s').getMilliseconds()", "321"},
  }));
  CAPTURE(row.expression);
  CHECK(run_typed(row.expression) == row.value);
}

TEST_CASE("strings count code points") {
  const auto row = GENERATE(values<CallRow>({
      {"'añb'.charAt(1)", "\"ñ\""},
      {"'añb'.charAt(3)", "\"\""},
      {"'añb'.charAt(4)", "error"},
      {"'añb'.charAt(-1)", "error"},
      {"'ñandú ñu'.indexOf('ñ')", "0"},
      {"'ñandú ñu'.indexOf('ñ', 1)", "6"},
      {"'abc'.indexOf('')", "0"},
      {"'abc'.indexOf('', 3)", "3"},
      {"'abc'.indexOf('c', 4)", "error"},
      {"'abcabc'.lastIndexOf('bc')", "4"},
      {"'abcabc'.lastIndexOf('bc', 3)", "1"},
      {"'abc'.lastIndexOf('')", "3"},
      {"'abc'.lastIndexOf('x')", "-1"},
      {"['a', 'b'].join()", R"("ab")"},
      {"[].join(',')", "\"\""},
      {"'ÀB'.lowerAscii()", "\"Àb\""},
      {"'àb'.upperAscii()", "\"àB\""},
      {"'aaa'.replace('a', 'b', 2)", R"("bba")"},
      {"'aña'.replace('', '-')", "\"-a-ñ-a-\""},
      {"'aña'.replace('', '-', 2)", "\"-a-ña\""},
      {"'a'.replace('a', 'b', 0)", R"("a")"},
      {"'a,b,c'.split(',')", R"(["a", "b", "c"])"},
      {"'a,b,c'.split(',', 2)", R"(["a", "b,c"])"},
      {"'a,b,c'.split(',', 0)", "[]"},
      {"'a,b,c'.split(',', -1)", R"(["a", "b", "c"])"},
      {"'añ'.split('')", "[\"a\", \"ñ\"]"},
      {"''.split('')", "[]"},
      {"''.split(',')", R"([""])"},
      {"'añb'.substring(1)", "\"ñb\""},
      {"'añb'.substring(1, 2)", "\"ñ\""},
      {"'añb'.substring(3)", "\"\""},
      {"'añb'.substring(2, 1)", "error"},
      {"'añb'.substring(0, 4)", "error"},
      {"'\\u2003\\t x \\u00a0'.trim()", R"("x")"},
      {"'añb'.reverse()", "\"bña\""},
      {R"(strings.quote('a"\n\\b'))", R"(""a\"\n\\b"")"},
      {"'abc'.matches('^a.c$')", "true"},
      {"matches('xabc', 'b')", "true"},
      {"'é'.matches('^.$')", "true"},
      {"'a'.matches('(a' + ')')", "true"},
      {"'a'.matches('(' + 'a')", "error"},
      {"'añb'.contains('ñ') && 'añb'.startsWith('a') && 'añb'.endsWith('b')", "true"},
  }));
  CAPTURE(row.expression);
  CHECK(run_typed(row.expression) == row.value);
}

TEST_CASE("format") {
  const auto row = GENERATE(values<CallRow>({
      {"'%s|%s|%s'.format(['a', 1u, null])", R"("a|1|null")"},
      {"'%s'.format([[1, 'a', [b'b'], 2.50]])", R"("[1, a, [b], 2.5]")"},
      {"'%s'.format([{'b': 1, 'a': [true]}])", R"("{a: [true], b: 1}")"},
      {"'%s %s'.format([type(1), duration('90s')])", R"("int 90s")"},
      {"'%d %d'.format([-5, 7u])", R"("-5 7")"},
      {"'%d'.format(['a'])", "error"},
      {"'%f %.1f %.0f'.format([1.5, 2, 2.5])", R"("1.500000 2.0 2")"},
      {"'%e'.format([123456.789])", R"("1.234568e+05")"},
      {"'%f'.format([double('-Infinity')])", R"("-Infinity")"},
      {"'%x %X %x'.format([255, 255u, -255])", R"("ff FF -ff")"},
      {"'%x %X'.format(['az', b'\\xff'])", R"("617a FF")"},
      {"'%o %b %b'.format([8, 5, true])", R"("10 101 1")"},
      {"'100%%'.format([])", R"("100%")"},
      {"'%s'.format([])", "error"},
      {"'%q'.format([1])", "error"},
      {"'%'.format([1])", "error"},
      {"'%.2'.format([1])", "error"},
      {"'%.1000f'.format([1.0])", "error"},
      {"'a'.format([1])", R"("a")"},
  }));
  CAPTURE(row.expression);
  CHECK(run_typed(row.expression) == row.value);
}

TEST_CASE("math") {
  const auto row = GENERATE(values<CallRow>({
      {"math.greatest(1, 3, 2)", "3"},
      {"math.greatest(1, 2.5)", "2.5"},
      {"math.greatest(1, 1.0)", "1"},
      {"math.greatest([1u, 3u])", "3u"},
      {"math.least(-1, 2u, 0.5)", "-1"},
      {"math.least([2.0, 1.0])", "1.0"},
      {"math.least([])", "error"},
      {"math.ceil(1.2) + math.floor(-1.2)", "0.0"},
      {"math.round(-1.5)", "-2.0"},
      {"math.round(2.5)", "3.0"},
      {"math.trunc(-1.9)", "-1.0"},
      {"math.isNaN(0.0 / 0.0) && math.isInf(1.0 / 0.0) && math.isFinite(1.0)", "true"},
      {"math.abs(-5)", "5"},
      {"math.abs(-9223372036854775808)", "error"},
      {"math.abs(-1.5)", "1.5"},
      {"math.sign(-2)", "-1"},
      {"math.sign(0u)", "0u"},
      {"math.sign(-0.5)", "-1.0"},
      {"math.sqrt(16)", "4.0"},
      {"math.bitAnd(6, 3)", "2"},
      {"math.bitOr(6u, 3u)", "7u"},
      {"math.bitXor(6, 3)", "5"},
      {"math.bitNot(0)", "-1"},
      {"math.bitShiftLeft(1, 63)", "-9223372036854775808"},
      {"math.bitShiftLeft(1, 64)", "0"},
      {"math.bitShiftRight(-1, 63)", "1"},
      {"math.bitShiftRight(8u, 3)", "1u"},
      {"math.bitShiftRight(8, -1)", "error"},
  }));
  CAPTURE(row.expression);
  CHECK(run_typed(row.expression) == row.value);
}

TEST_CASE("encoders") {
  const auto row = GENERATE(values<CallRow>({
      {"base64.encode(b'')", "\"\""},
      {"base64.encode(b'a')", R"("YQ==")"},
      {"base64.encode(b'abcd')", R"("YWJjZA==")"},
      {"base64.decode('YWJj')", R"(b"abc")"},
      {"base64.decode('YQ==')", R"(b"a")"},
      {"base64.decode('YQ')", R"(b"a")"},
      {"base64.decode('YQ=')", "error"},
      {"base64.decode('Y')", "error"},
      {"base64.decode('Y*==')", "error"},
  }));
  CAPTURE(row.expression);
  CHECK(run_typed(row.expression) == row.value);
}

TEST_CASE("addresses and networks") {
  const auto row = GENERATE(values<CallRow>({
      {"ip('192.0.2.1')", "address(192.0.2.1)"},
      {"ip('2001:DB8:0:0:1:0:0:1')", "address(2001:db8::1:0:0:1)"},
      {"ip('::')", "address(::)"},
      {"ip('1::')", "address(1::)"},
      {"ip('1:0:2:3:4:5:6:7')", "address(1:0:2:3:4:5:6:7)"},
      {"ip('::ffff:c000:201') == ip('192.0.2.1')", "true"},
      {"isIP('::ffff:192.0.2.1')", "false"},
      {"isIP('fe80::1%eth0')", "false"},
      {"isIP('192.0.2.01')", "false"},
      {"isIP('192.0.2')", "false"},
      {"isIP('192.0.2.256')", "false"},
      {"isIP('1:2:3:4:5:6:7:8')", "true"},
      {"isIP('1:2:3:4:5:6:7::8')", "false"},
      {"isIP('1::2::3')", "false"},
      {"isIP(':1::')", "false"},
      {"isIP('12345::')", "false"},
      {"isIP('')", "false"},
      {"ip('x')", "error"},
      {"ip.isCanonical('2001:db8::1')", "true"},
      {"ip.isCanonical('2001:DB8::1')", "false"},
      {"ip.isCanonical('x')", "error"},
      {"[ip('1.1.1.1').family(), ip('::1').family()]", "[4, 6]"},
      {"ip('127.9.9.9').isLoopback() && ip('::1').isLoopback()", "true"},
      {"ip('0.0.0.0').isUnspecified() && ip('::').isUnspecified()", "true"},
      {"ip('169.254.1.1').isLinkLocalUnicast() && ip('febf::1').isLinkLocalUnicast()", "true"},
      {"ip('224.0.0.9').isLinkLocalMulticast() && ip('ff12::1').isLinkLocalMulticast()", "true"},
      {"ip('ff05::1').isLinkLocalMulticast()", "false"},
      {"ip('10.0.0.1').isGlobalUnicast() && ip('2001:db8::1').isGlobalUnicast()", "true"},
      {"ip('239.1.1.1').isGlobalUnicast() || ip('::1').isGlobalUnicast()", "false"},
      {"cidr('192.0.2.77/24')", "address(192.0.2.77/24)"},
      {"cidr('192.0.2.77/24').masked()", "address(192.0.2.0/24)"},
      {"cidr('2001:db8:ffff::/33').masked()", "address(2001:db8:8000::/33)"},
      {"cidr('192.0.2.77/24').ip()", "address(192.0.2.77)"},
      {"cidr('192.0.2.0/24').prefixLength()", "24"},
      {"cidr('192.0.2.0/24').containsIP('192.0.2.255')", "true"},
      {"cidr('192.0.2.0/24').containsIP(ip('192.0.3.0'))", "false"},
      {"cidr('0.0.0.0/0').containsIP('::1')", "false"},
      {"cidr('192.0.2.0/24').containsIP('x')", "error"},
      {"cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16')", "true"},
      {"cidr('10.1.0.0/16').containsCIDR(cidr('10.0.0.0/8'))", "false"},
      {"isCIDR('10.0.0.0/33')", "false"},
      {"isCIDR('10.0.0.0/08')", "false"},
      {"isCIDR('10.0.0.0')", "false"},
      {"isCIDR('::/128')", "true"},
      {"type(ip('::')) == net.IP && type(cidr('::/0')) == net.CIDR", "true"},
  }));
  CAPTURE(row.expression);
  CHECK(run_typed(row.expression) == row.value);
}

}  // namespace
}  // namespace fedgate::cel
