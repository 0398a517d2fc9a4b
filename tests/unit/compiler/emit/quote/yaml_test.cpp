#include "compiler/emit/quote/yaml.h"

#include "schema/diag/sink.h"
#include "schema/yaml/navigate.h"
#include "schema/yaml/reader.h"
#include "tests/support/catch.h"
#include "tests/unit/compiler/emit/compiled.h"

namespace fedgate {
namespace {

using emit::quote::yaml;

TEST_CASE("YAML scalars stand in double quotes") {
  using Row = std::pair<std::string, std::string>;
  const auto [text, literal] = GENERATE(values<Row>({
      {"", R"("")"},
      {"no", R"("no")"},
      {"*alias", R"("*alias")"},
      {R"(say "hi")", R"("say \"hi\"")"},
      {R"(c:\new\)", R"("c:\\new\\")"},
      {"bücher", R"("bücher")"},
  }));
  CHECK(yaml(text) == literal);
}

TEST_CASE("hostile texts come back through the YAML reader, and comments hide nothing") {
  for (const std::string& text : test::hostile_texts()) {
    source::Sources sources;
    diag::Sink sink;
    const auto file =
        sources.add("quoted.yaml", emit::quote::yaml_comment(text) + "\nvalue: " + yaml(text) +
                                       "  " + emit::quote::yaml_comment(text) + "\nbehind: it\n");
    const yaml::Tree tree = yaml::read_yaml(sources, file, sink);
    INFO(text);
    REQUIRE(sink.findings().empty());
    CHECK(yaml::find_text(tree, tree.root(), "value") == text);
    CHECK(yaml::find_text(tree, tree.root(), "behind") == "it");
  }
}

}  // namespace
}  // namespace fedgate
