#include "schema/yaml/reader.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/diag/message.h"
#include "schema/source/parallel.h"
#include "schema/yaml/byte_gate.h"
#include "schema/yaml/scalar_range.h"
#include "schema/yaml/syntax_error.h"
#include "schema/yaml/text_scan.h"
#include "schema/yaml/tree_builder.h"
#include "schema/yaml/yaml_events.h"

namespace fedgate::yaml {

namespace {

namespace messages = diag::messages;

// The parser gives up at the first alias without an anchor. To see the rest of the file, each such
// alias is hidden behind quotes of the same length and the file parsed again, as long as all parses
// together stay within a small multiple of the file.
class AliasRetries {
 public:
  explicit AliasRetries(std::size_t text_size) : budget_(2 * text_size + 65536) {}

  // Hides the alias at `at` of `text`; false where it has to stay.
  auto hide(std::string& text, std::uint32_t at) -> bool {
    const std::uint32_t end = word_end(text, at + 1, "[]{},");
    if (byte_at(text, at) != '*' || end < at + 2 || at > budget_) {
      return false;
    }
    budget_ -= at;
    text.replace(at, end - at, end - at, '_');
    text[at] = '"';
    text[end - 1] = '"';
    return true;
  }

 private:
  std::size_t budget_;
};

// What stands after the document's one value: nothing but comments and `...` may.
void check_rest(source::FileId file, std::string_view text, std::uint32_t at, diag::Sink& sink) {
  bool ended = false;
  at = skip_trivia(text, at);
  while (is_document_marker(text, at, "...")) {
    ended = true;
    at = skip_trivia(text, at + 3);
  }
  if (at >= text.size()) {
    return;
  }
  if (ended || is_document_marker(text, at, "---")) {
    const std::uint32_t end = word_end(text, at, {});
    sink.report({file, at, end}, messages::second_document);
    return;
  }
  const std::uint32_t end = std::max(word_end(text, at, ",[]{}"), code_point_end(text, at));
  sink.report({file, at, end}, messages::stray_content, quote_word(text, at));
}

struct Attempt {
  Tree tree;
  diag::Sink findings;
  // Set where the attempt failed on an alias that may be hidden.
  std::optional<std::uint32_t> undefined_alias;
};

// `input` is `text`, or a copy with hidden aliases; both have the same length.
auto parse_once(source::FileId file, std::string_view text, std::string_view input,
                std::uint32_t begin, const Limits& limits) -> Attempt {
  Attempt attempt;
  TreeBuilder builder(file, text, limits, attempt.findings);
  const std::optional<SyntaxError> error = parse_events(input, begin, builder);
  const std::vector<std::uint32_t> tabs = find_leading_tabs(text, begin);
  if (error.has_value()) {
    if (error->defect == Defect::undefined_alias) {
      attempt.undefined_alias = error->offset;
    }
    report_syntax_error(*error, text, builder, tabs, limits, attempt.findings);
    return attempt;
  }
  if (builder.stopped()) {
    return attempt;
  }
  for (const std::uint32_t tab : find_indenting_tabs(builder.tree(), tabs)) {
    attempt.findings.report({file, tab, tab + 1}, messages::tab_indent);
  }
  const std::size_t before = attempt.findings.findings().size();
  check_rest(file, text, builder.position(), attempt.findings);
  if (!builder.nothing_written()) {
    attempt.tree = builder.take_tree();
  } else if (attempt.findings.findings().size() == before) {
    attempt.findings.report({file, begin, begin}, messages::empty_file);
  }
  return attempt;
}

auto ends_with(std::string_view text, std::string_view ending) -> bool {
  return text.size() >= ending.size() && text.substr(text.size() - ending.size()) == ending;
}

}  // namespace

auto read_yaml(const source::Sources& sources, source::FileId file, diag::Sink& sink,
               const Limits& limits) -> Tree {
  const std::string_view text = sources[file].text;
  const GateResult gate = check_encoding(file, text, limits.bytes, sink);
  if (!gate.passed || !check_characters(file, text, gate.begin, sink)) {
    return {};
  }
  check_directives(file, text, gate.begin, sink);
  Attempt attempt = parse_once(file, text, text, gate.begin, limits);
  if (attempt.undefined_alias.has_value()) {
    std::string input(text);
    AliasRetries retries(text.size());
    while (attempt.undefined_alias.has_value() && retries.hide(input, *attempt.undefined_alias)) {
      attempt = parse_once(file, text, input, gate.begin, limits);
    }
  }
  sink.merge(std::move(attempt.findings));
  return std::move(attempt.tree);
}

auto read(const source::Sources& sources, source::FileId file, diag::Sink& sink,
          const Limits& limits) -> Tree {
  return ends_with(sources[file].name, ".json") ? read_json(sources, file, sink, limits)
                                                : read_yaml(sources, file, sink, limits);
}

auto read_all(const source::Sources& sources, std::span<const source::FileId> files,
              diag::Sink& sink, const Limits& limits) -> std::vector<Tree> {
  // Below this, starting a thread costs more than it saves.
  constexpr std::size_t kWorthThreads = 65536;
  std::size_t bytes = 0;
  for (const source::FileId file : files) {
    bytes += sources[file].text.size();
  }
  const std::size_t threads = bytes < kWorthThreads ? 1 : source::default_threads();
  std::vector<Tree> trees(files.size());
  std::vector<diag::Sink> sinks(files.size());
  source::run_parallel(files.size(), threads, [&](std::size_t i) {
    trees[i] = read(sources, files[i], sinks[i], limits);
  });
  for (diag::Sink& findings : sinks) {
    sink.merge(std::move(findings));
  }
  return trees;
}

auto source_offset(const source::Sources& sources, const Tree& tree, const Node& scalar,
                   std::uint32_t offset) -> std::uint32_t {
  const std::string_view text = sources[tree.file].text;
  return find_source_byte(text, scalar.begin, scalar.end, scalar.text, offset);
}

}  // namespace fedgate::yaml
