#include "rules/cel/pattern.h"

#include <re2/stringpiece.h>

namespace fedgate::cel {
namespace {

// Compiled patterns are bounded in memory; RE2 falls back to a slower, still linear way to match.
constexpr std::int64_t kPatternMemory = std::int64_t{1} << 20U;
// Longer patterns than anybody writes cost time to compile before that bound stops them.
constexpr std::size_t kLongestPattern = 4096;
// How many instructions of the compiled pattern count as a step for each kBytesPerStep of text.
constexpr std::size_t kInstructionsPerStep = 64;

}  // namespace

auto compile_pattern(std::string_view pattern)
    -> Expected<std::unique_ptr<const RE2>, std::string> {
  if (pattern.size() > kLongestPattern) {
    return Unexpected{std::string("the pattern of `matches` is too long")};
  }
  RE2::Options options(RE2::Quiet);
  options.set_max_mem(kPatternMemory);
  auto compiled =
      std::make_unique<const RE2>(re2::StringPiece(pattern.data(), pattern.size()), options);
  if (!compiled->ok()) {
    return Unexpected{"invalid pattern of `matches`: " + compiled->error()};
  }
  return compiled;
}

auto match_pattern(std::string_view text, const RE2& pattern, Arena& arena) -> Value {
  const auto weight = 1 + static_cast<std::size_t>(pattern.ProgramSize()) / kInstructionsPerStep;
  if (!arena.spend(weight * (1 + text.size() / kBytesPerStep))) {
    return exhausted_error();
  }
  return Value::boolean(RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), pattern));
}

}  // namespace fedgate::cel
