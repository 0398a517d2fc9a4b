#include "schema/yaml/reader.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "schema/diag/sink.h"
#include "schema/source/source_file.h"
#include "schema/yaml/print.h"
#include "tests/support/catch.h"
#include "tests/support/tree_check.h"

using namespace fedgate;
using yaml::Kind;
using yaml::Node;
using yaml::NodeId;
using yaml::Tree;

namespace {

// One file, read.
struct Reading {
  explicit Reading(std::string text, const yaml::Limits& limits = {},
                   const std::string& name = "test.yaml")
      : file(sources.add(name, std::move(text))), tree(yaml::read(sources, file, sink, limits)) {}

  [[nodiscard]] auto codes() const -> std::vector<std::string> {
    std::vector<std::string> list;
    for (const diag::Finding& finding : sink.findings()) {
      list.push_back(finding.code);
    }
    return list;
  }
  // The first value of the root.
  [[nodiscard]] auto value() const -> const Node& {
    const Node& root = tree.root();
    const NodeId first = root.first_child;
    return root.kind == Kind::mapping ? tree[tree[first].next_sibling] : tree[first];
  }
  [[nodiscard]] auto offset(const Node& node, std::uint32_t at) const -> std::uint32_t {
    return yaml::source_offset(sources, tree, node, at);
  }

  source::Sources sources;
  source::FileId file;
  diag::Sink sink;
  Tree tree;
};

using Codes = std::vector<std::string>;

}  // namespace

TEST_CASE("a file may be as large as the limit and no larger", "[yaml]") {
  yaml::Limits limits;
  limits.bytes = 10;
  CHECK(Reading("a: 3456789", limits).codes().empty());
  CHECK(Reading("a: 34567890", limits).codes() == Codes{"YML002"});
  CHECK(Reading("[1,2,3,45]", limits, "a.json").codes().empty());
  CHECK(Reading("[1,2,3,456]", limits, "a.json").codes() == Codes{"YML002"});
}

TEST_CASE("nesting is refused above the limit, before any parser's own guard", "[yaml]") {
  yaml::Limits limits;
  limits.depth = 3;
  CHECK(Reading("[[[]]]", limits).codes().empty());
  CHECK(Reading("[[[[]]]]", limits).codes() == Codes{"YML009"});
  CHECK(Reading("a:\n- - b\n", limits).codes().empty());
  CHECK(Reading("a:\n- - b: c\n", limits).codes() == Codes{"YML009"});
  CHECK(Reading("[[[[]]]]", limits, "a.json").codes() == Codes{"YML009"});
  const std::string deep(300000, '[');
  CHECK(Reading(deep).codes() == Codes{"YML009"});
  CHECK(Reading(deep, {}, "a.json").codes() == Codes{"YML009"});
  std::string dashes;
  for (int i = 0; i < 100000; ++i) {
    dashes += "- ";
  }
  CHECK(Reading(dashes).codes() == Codes{"YML009"});
}

TEST_CASE("aliases count as what they stand for", "[yaml]") {
  yaml::Limits limits;
  // The mapping, its three keys, the anchored list of two, and twice the list again: 1+3+3+3+3,
  // and one for each alias node itself.
  limits.nodes = 15;
  const std::string text = "a: &a [x, y]\nb: *a\nc: *a\n";
  CHECK(Reading(text, limits).codes().empty());
  limits.nodes = 14;
  const Reading over(text, limits);
  CHECK(over.codes() == Codes{"YML022"});
  CHECK_FALSE(over.tree.empty());
}

TEST_CASE("an alias bomb is cheap to refuse", "[yaml]") {
  std::string text = "a0: &a0 [x, x]\n";
  for (int i = 1; i < 200; ++i) {
    text += fmt::format("a{0}: &a{0} [*a{1}, *a{1}]\n", i, i - 1);
  }
  const Reading bomb(text);
  CHECK(bomb.codes() == Codes{"YML022"});
  CHECK(test::find_broken_promise(bomb.sources, bomb.tree).empty());
}

TEST_CASE("reading stops where a bracket pair is too long to hold in memory", "[yaml]") {
  std::string items;
  while (items.size() < (5U << 18U)) {
    items += "contoso.com, fabrikam.example,\n";
  }
  CHECK(Reading("[" + items + "]").codes() == Codes{"YML033"});
  // Here no key can follow, so the parser tells the items one by one.
  CHECK(Reading("domains: [" + items + "]").codes().empty());
}

TEST_CASE("every undefined alias is reported, however many", "[yaml]") {
  std::string text;
  for (int i = 0; i < 20; ++i) {
    text += fmt::format("key{0}: *name{0}\n", i);
  }
  CHECK(Reading(text).codes() == Codes(20, "YML021"));
}

TEST_CASE("many aliases without anchor do not make reading quadratic", "[yaml]") {
  std::string text;
  for (int i = 0; i < 4000; ++i) {
    text += fmt::format("key{0}: *name{0}\n", i);
  }
  const Reading reading(text);
  CHECK(reading.codes().size() < 1000);
  CHECK(reading.sink.has_errors());
}

TEST_CASE("duplicate keys of a large mapping are all found", "[yaml]") {
  std::string text;
  for (int i = 0; i < 20000; ++i) {
    text += fmt::format("key{}: x\n", i % 19990);
  }
  const Reading reading(text);
  CHECK(reading.codes() == Codes(10, "YML016"));
  CHECK(reading.tree.root().size == 19990);
  CHECK(test::find_broken_promise(reading.sources, reading.tree).empty());
}

TEST_CASE("a text that stands in the file is not copied", "[yaml]") {
  const Reading plain("a: one two\nb: 'x'\nc: \"y\"\nd: |\n  one line\n");
  REQUIRE(plain.codes().empty());
  CHECK(plain.tree.owned.empty());
  const Reading folded("a: one\n  two\n");
  CHECK(folded.tree.owned.size() == 1);
}

TEST_CASE("a place inside a text is found in its written form", "[yaml]") {
  struct Row {
    std::string source;
    std::string text;
    // For each byte of the text, the place it came from.
    std::vector<std::uint32_t> offsets;
  };
  const auto row = GENERATE(values<Row>({
      {"- abc", "abc", {2, 3, 4, 5}},
      {"- a  b", "a  b", {2, 3, 4, 5, 6}},
      {"- a\n  b", "a b", {2, 3, 6, 7}},
      {"- a \n\n\n  b", "a\n\nb", {2, 3, 3, 9, 10}},
      {"- 'a''b'", "a'b", {3, 4, 6, 7}},
      {"- \"a\\tb\"", "a\tb", {3, 4, 6, 7}},
      {"- \"\\u00e4b\"",
       "\xC3\xA4"
       "b",
       {3, 3, 9, 10}},
      {"- >+\n  x\n\n \n", "x\n\n\n", {7, 11, 11, 11, 11}},
      {"- >1+ # kept\n  x\n\n- c", " x\n\n", {14, 15, 17, 17, 17}},
      {"- >\n  x\n\n\n", "x\n", {6, 7, 7}},
      {"- \"\\Nx\\_\"", "\xC2\x85x\xC2\xA0", {3, 3, 5, 6, 6, 8}},
      {"- \"\\U0001F600x\"", "\xF0\x9F\x98\x80x", {3, 3, 3, 3, 13, 14}},
      {"- \"a\\\n  b\"", "ab", {3, 8, 9}},
      {"- \"a\r\n  b\"", "a b", {3, 4, 8, 9}},
      {"- |\n  ab\n  c\n", "ab\nc\n", {6, 7, 8, 11, 12, 12}},
      {"- |\n  ab\n\n    c\n", "ab\n\n  c\n", {6, 7, 8, 9, 12, 13, 14, 15, 15}},
      {"- >\n  ab\n  c\n", "ab c\n", {6, 7, 8, 11, 12, 12}},
      {"- >-\n  ab\n\n  c\n", "ab\nc", {7, 8, 9, 13, 14}},
  }));
  INFO(row.source);
  const Reading reading(row.source);
  REQUIRE(reading.codes().empty());
  const Node& node = reading.value();
  REQUIRE(node.text == row.text);
  REQUIRE(row.offsets.size() == row.text.size() + 1);
  for (std::uint32_t i = 0; i <= row.text.size(); ++i) {
    INFO(i);
    CHECK(reading.offset(node, i) == row.offsets[i]);
  }
}

TEST_CASE("a surrogate pair of JSON is one place", "[yaml][json]") {
  const Reading reading("[\"\\ud83d\\ude00x\"]", {}, "a.json");
  const Node& node = reading.value();
  REQUIRE(node.text == "\xF0\x9F\x98\x80x");
  CHECK(reading.offset(node, 0) == 2);
  CHECK(reading.offset(node, 3) == 2);
  CHECK(reading.offset(node, 4) == 14);
}

TEST_CASE("the ending of the name decides between YAML and JSON", "[yaml][json]") {
  CHECK(Reading("a: 1", {}, "a.yaml").codes().empty());
  CHECK(Reading("a: 1", {}, "<stdin>").codes().empty());
  CHECK(Reading("a: 1", {}, "a.json").codes() == Codes{"YML034"});
  CHECK(Reading("{\"a\": 1}", {}, "a.json").codes().empty());
}

TEST_CASE("files read together are as if read one by one", "[yaml]") {
  source::Sources sources;
  std::vector<source::FileId> files;
  for (int i = 0; i < 40; ++i) {
    std::string text = fmt::format("key{}: x\n", i);
    for (int j = 0; j < 200; ++j) {
      text += fmt::format("k{}: value number {}\n", j % 199, j);
    }
    files.push_back(sources.add(fmt::format("{}.yaml", i), std::move(text)));
  }
  diag::Sink together;
  const std::vector<Tree> trees = yaml::read_all(sources, files, together);
  REQUIRE(trees.size() == files.size());
  diag::Sink single;
  for (const source::FileId file : files) {
    const Tree tree = yaml::read(sources, file, single);
    CHECK(trees[file].file == file);
    CHECK(yaml::print_tree(sources, tree) == yaml::print_tree(sources, trees[file]));
  }
  REQUIRE(together.findings().size() == files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    CHECK(together.findings()[i].where == single.findings()[i].where);
  }
}

TEST_CASE("no cut of a file makes the reader fail", "[yaml][property]") {
  const std::string text =
      "%YAML 1.2\n---\n&a key: &b [x, {y: *b2, 'z': \"q\\u00e4\"}] # c\nlist:\n  - |+\n    t\n\n"
      "  - !!str 1\n? k\n: >-\n  f\n  g\n...\n";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    INFO(size);
    const Reading reading(text.substr(0, size));
    CHECK(test::find_broken_promise(reading.sources, reading.tree).empty());
    CHECK((!reading.tree.empty() || reading.sink.has_errors()));
  }
}

TEST_CASE("findings are the same with each kind of line end", "[yaml][property]") {
  const std::string lines =
      "a: 1\na: 2\ntext: |\n  x\n\n  y\nquoted: \"a\n  b\"\nlist: [1, ,\n  2]\n<<: x\nb: *b\n";
  std::string crlf;
  for (const char byte : lines) {
    crlf += byte == '\n' ? std::string("\r\n") : std::string(1, byte);
  }
  const Reading with_lf(lines);
  const Reading with_crlf(crlf);
  CHECK(with_lf.codes() == with_crlf.codes());
  CHECK(with_lf.codes().size() == 4);
  CHECK(yaml::print_tree(with_lf.sources, with_lf.tree) ==
        yaml::print_tree(with_crlf.sources, with_crlf.tree));
}
