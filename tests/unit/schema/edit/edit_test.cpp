// Edits keep everything around them: comments, blank lines, quotes, line ends.
#include "schema/edit/edit.h"

#include "compiler/fixes.h"
#include "tests/support/catch.h"

using namespace fedgate;

namespace {

// A text with places marked: ⟦…⟧ is the first place, ⟪…⟫ the second, ⟨…⟩ the third.
struct Marked {
  source::Sources sources;
  std::array<source::Span, 3> places;

  explicit Marked(std::string text, std::string name = "spec.yaml") {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kMarks = {
        {{"⟦", "⟧"}, {"⟪", "⟫"}, {"⟨", "⟩"}}};
    struct Mark {
      std::size_t place;
      bool is_end;
      std::size_t at;
    };
    std::string plain;
    for (std::size_t i = 0; i < text.size();) {
      bool is_mark = false;
      for (std::size_t place = 0; place < kMarks.size(); ++place) {
        for (const bool is_end : {false, true}) {
          const std::string_view mark = is_end ? kMarks[place].second : kMarks[place].first;
          if (text.compare(i, mark.size(), mark) == 0) {
            auto& span = places[place];
            (is_end ? span.end : span.begin) = static_cast<std::uint32_t>(plain.size());
            span.file = 0;
            i += mark.size();
            is_mark = true;
          }
        }
      }
      if (!is_mark) {
        plain += text[i++];
      }
    }
    sources.add(std::move(name), plain);
  }

  // The text with the edits applied; "none" where there are none.
  [[nodiscard]] auto with(const std::optional<std::vector<diag::Edit>>& edits) const
      -> std::string {
    return edits ? compiler::apply_edits(sources[0].text, *edits) : "none";
  }
};

struct EditRow {
  std::string name;
  std::string before;
  std::string after;
};

}  // namespace

TEST_CASE("A scalar keeps its quotes", "[edit]") {
  const auto row = GENERATE(values<EditRow>({
      {"plain", "tls: ⟦Required⟧ # c\n", "tls: required # c\n"},
      {"double quotes", "tls: ⟦\"Required\"⟧\n", "tls: \"required\"\n"},
      {"single quotes", "tls: ⟦'Required'⟧\n", "tls: 'required'\n"},
      {"key", "⟦Tls⟧: x\n", "required: x\n"},
      {"in brackets", "{tls: ⟦Required⟧, sasl: x}", "{tls: required, sasl: x}"},
      {"anchored", "tls: &a ⟦Required⟧\n", "none"},
      {"tagged", "tls: !!str ⟦Required⟧\n", "none"},
      {"block scalar", "tls: ⟦|\n  Required⟧\n", "none"},
      {"two lines", "tls: ⟦Requ\n  ired⟧\n", "none"},
      {"empty", "tls:⟦⟧\n", "none"},
  }));
  INFO(row.name);
  const Marked marked(row.before);
  CHECK(marked.with(edit::replace_scalar(marked.sources, marked.places[0], "required")) ==
        row.after);
}

TEST_CASE("What plain text would be taken for something else is put in quotes", "[edit]") {
  struct Text {
    std::string text;
    std::string written;
  };
  const auto row = GENERATE(values<Text>({{"a.example", "a.example"},
                                          {"bücher.example", "bücher.example"},
                                          {"*.example", "'*.example'"},
                                          {"2001:db8::1", "'2001:db8::1'"},
                                          {"12", "'12'"},
                                          {"1e3", "'1e3'"},
                                          {"true", "'true'"},
                                          {"No", "'No'"},
                                          {"it's", "'it''s'"},
                                          {"", "''"}}));
  INFO(row.text);
  const Marked marked("k: ⟦x⟧\n");
  CHECK(marked.with(edit::replace_scalar(marked.sources, marked.places[0], row.text)) ==
        "k: " + row.written + "\n");
}

TEST_CASE("JSON stays JSON", "[edit]") {
  const Marked scalar("{\"tls\": ⟦\"Required\"⟧}", "spec.json");
  CHECK(scalar.with(edit::replace_scalar(scalar.sources, scalar.places[0], "required")) ==
        "{\"tls\": \"required\"}");
  CHECK(scalar.with(edit::replace_scalar(scalar.sources, scalar.places[0], "true",
                                         edit::Form::bare)) == "{\"tls\": true}");
  const Marked list("{\"names\": ⟦[]⟧}", "spec.json");
  const std::vector<std::string> names = {"a.example", "b.example"};
  CHECK(list.with(edit::append_items(list.sources, list.places[0], names)) ==
        "{\"names\": [\"a.example\", \"b.example\"]}");
  const Marked mapping("{\"a\": ⟦{\"b\": 1}⟧}", "spec.json");
  CHECK(mapping.with(edit::insert_key(mapping.sources, mapping.places[0], "c", "false")) ==
        "{\"a\": {\"b\": 1, \"c\": false}}");
}

TEST_CASE("A double leaves a list, its comment stays", "[edit]") {
  const auto row = GENERATE(values<EditRow>({
      {"block", "l:\n  ⟦- ⟪a⟫\n  - ⟨a⟩⟧\nk: 1\n", "l:\n  - a\nk: 1\n"},
      {"block, comment", "l:\n  ⟦- ⟪a⟫ # one\n\n  - ⟨a⟩⟧ # two\nk: 1\n",
       "l:\n  - a # one\n\n  # two\nk: 1\n"},
      {"block, last line without end", "l:\n  ⟦- ⟪a⟫\n  - ⟨a⟩⟧", "l:\n  - a\n"},
      {"block, CRLF", "l:\r\n  ⟦- ⟪a⟫\r\n  - ⟨a⟩⟧\r\nk: 1\r\n", "l:\r\n  - a\r\nk: 1\r\n"},
      {"block, anchored", "l:\n  ⟦- ⟪a⟫\n  - &x ⟨a⟩⟧\n", "none"},
      {"flow", "l: ⟦[⟪a⟫, ⟨a⟩]⟧ # c\n", "l: [a] # c\n"},
      {"flow, in the middle", "l: ⟦[⟪a⟫, ⟨a⟩, b]⟧\n", "l: [a, b]\n"},
      {"flow, quotes", "l: ⟦[⟪\"a\"⟫, ⟨'a'⟩]⟧\n", "l: [\"a\"]\n"},
      {"flow, trailing comma", "l: ⟦[⟪a⟫, ⟨a⟩,]⟧\n", "l: [a,]\n"},
      {"flow, one on each line", "l: ⟦[\n  ⟪a⟫,\n  ⟨a⟩,\n  b\n]⟧\n", "l: [\n  a,\n  b\n]\n"},
      {"flow, last of lines", "l: ⟦[\n  ⟪a⟫,\n  ⟨a⟩\n]⟧\n", "l: [\n  a\n]\n"},
      {"flow, comment between", "l: ⟦[\n  ⟪a⟫, # c\n  ⟨a⟩\n]⟧\n", "none"},
      {"flow, comment behind", "l: ⟦[\n  ⟪a⟫,\n  ⟨a⟩, # c\n  b]⟧\n", "l: [\n  a,\n  # c\n  b]\n"},
      {"an item between", "l: ⟦[⟪a⟫, ?, ⟨a⟩]⟧\n", "none"},
  }));
  INFO(row.name);
  const Marked marked(row.before);
  CHECK(marked.with(edit::remove_item(marked.sources, marked.places[0], marked.places[1],
                                      marked.places[2])) == row.after);
}

TEST_CASE("Items are added as the list is written", "[edit]") {
  const auto row = GENERATE(values<EditRow>({
      {"block", "l:\n  ⟦- a⟧ # c\n\nk: 1\n", "l:\n  - a # c\n  - x\n  - w\n\nk: 1\n"},
      {"block at the key's column", "l:\n⟦- a⟧\nk: 1\n", "l:\n- a\n- x\n- w\nk: 1\n"},
      {"block, quotes", "l:\n  ⟦- \"a\"⟧\n", "l:\n  - \"a\"\n  - \"x\"\n  - \"w\"\n"},
      {"block, CRLF", "l:\r\n  ⟦- a⟧\r\n", "l:\r\n  - a\r\n  - x\r\n  - w\r\n"},
      {"block, end of file", "l:\n  ⟦- a⟧", "l:\n  - a\n  - x\n  - w"},
      {"flow", "l: ⟦[a, b]⟧ # c\n", "l: [a, b, x, w] # c\n"},
      {"flow, quotes", "l: ⟦['a']⟧\n", "l: ['a', 'x', 'w']\n"},
      {"flow, empty", "l: ⟦[ ]⟧\n", "l: [x, w ]\n"},
      {"flow, trailing comma", "l: ⟦[a,]⟧\n", "l: [a, x, w]\n"},
      {"flow, one on each line", "l: ⟦[\n  a,\n  b\n]⟧\n", "l: [\n  a,\n  b,\n  x,\n  w\n]\n"},
      {"flow, comment inside", "l: ⟦[\n  a # c\n]⟧\n", "none"},
      {"anchored", "l: &n\n  ⟦- a⟧\n", "none"},
  }));
  INFO(row.name);
  const Marked marked(row.before);
  const std::vector<std::string> items = {"x", "w"};
  CHECK(marked.with(edit::append_items(marked.sources, marked.places[0], items)) == row.after);
}

TEST_CASE("A key is added as the mapping is written", "[edit]") {
  const auto row = GENERATE(values<EditRow>({
      {"block", "p:\n  - ⟦a: 1\n    b: 2⟧ # c\n\n  - z: 1\n",
       "p:\n  - a: 1\n    b: 2 # c\n    k: v\n\n  - z: 1\n"},
      {"block, end of file", "⟦a: 1⟧", "a: 1\nk: v"},
      {"flow", "p: ⟦{a: 1}⟧ # c\n", "p: {a: 1, k: v} # c\n"},
      {"flow, empty", "p: ⟦{}⟧\n", "p: {k: v}\n"},
      {"flow, trailing comma", "p: ⟦{a: 1,}⟧\n", "p: {a: 1, k: v}\n"},
      {"flow, comment inside", "p: ⟦{a: 1 # c\n}⟧\n", "none"},
      {"anchored", "p:\n  - &x\n    ⟦a: 1⟧\n", "none"},
      {"the key is there", "p: ⟦{a: 1, k: *x}⟧\n", "none"},
      {"the end of a key", "p: ⟦{ak: 1}⟧\n", "p: {ak: 1, k: v}\n"},
  }));
  INFO(row.name);
  const Marked marked(row.before);
  CHECK(marked.with(edit::insert_key(marked.sources, marked.places[0], "k", "v")) == row.after);
}
