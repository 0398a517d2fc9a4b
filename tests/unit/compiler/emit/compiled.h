// Specs compiled in memory, for the tests of the emitters.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/emit/emit.h"
#include "compiler/output/artifact.h"
#include "compiler/plan.h"
#include "rules/facts/facts.h"
#include "schema/diag/sink.h"
#include "schema/model.h"
#include "schema/source/source_file.h"

namespace fedgate::test {

// Every phase of one spec. The parts point to each other.
struct Compiled {
  source::Sources sources;
  rules::NegotiationMatrix matrix;
  spec::Model model;
  rules::Facts facts;
  compiler::Plan plan;
};

// Compiles YAML without looking at rules. Fails the running test where a phase reports an error.
[[nodiscard]] auto compile(std::string_view yaml) -> std::unique_ptr<Compiled>;

// What check_platform() says of a spec, as `CODE message` lines.
[[nodiscard]] auto platform_findings(std::string_view yaml) -> std::vector<std::string>;

// The text of one artifact of emit_all(). Fails the running test where there is none.
[[nodiscard]] auto artifact(std::string_view yaml, std::string_view path) -> std::string;

[[nodiscard]] inline auto contains(std::string_view text, std::string_view part) -> bool {
  return text.find(part) != std::string_view::npos;
}

// A spec with no more than what is required, with `more` behind it.
[[nodiscard]] auto small_spec(std::string_view more = {}) -> std::string;

// `text` as a YAML scalar between double quotes.
[[nodiscard]] auto yaml_text(std::string_view text) -> std::string;

// Texts that some language of ours takes for more than text.
[[nodiscard]] auto hostile_texts() -> const std::vector<std::string>&;

}  // namespace fedgate::test
