#include "schema/value/word.h"

#include <string>
#include <utility>

#include <fmt/format.h>

#include "schema/base/suggest.h"
#include "schema/value/describe.h"

namespace fedgate::value {

namespace {

// "`a`", "`a` or `b`", "`a`, `b` or `c`".
auto listed(std::span<const std::string_view> words) -> std::string {
  std::string list;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i != 0) {
      list += i + 1 == words.size() ? " or " : ", ";
    }
    list += quote(words[i]);
  }
  return list;
}

// The letters and digits of a word, in lower case: `NotSupported`, as Microsoft's cmdlets spell it,
// and `not-supported` have those of `not_supported`.
auto squeezed(std::string_view text) -> std::string {
  std::string word = to_lower(text);
  std::erase_if(word, [](char c) { return c == ' ' || c == '-' || c == '_'; });
  return word;
}

}  // namespace

auto parse_word(std::string_view text, std::span<const std::string_view> allowed)
    -> Parsed<std::size_t> {
  for (std::size_t i = 0; i < allowed.size(); ++i) {
    if (allowed[i] == text) {
      return i;
    }
  }
  ValueError error = {
      .defect = text.empty() ? Defect::empty : Defect::bad_form,
      .message = text.empty() ? fmt::format("the value is empty; {} is due here", listed(allowed))
                              : fmt::format("{} is not {}", quote(text), listed(allowed)),
      .help = fmt::format("write {}", listed(allowed)),
      .offset = 0,
      .length = to_offset(text.size())};
  const std::string letters = squeezed(text);
  for (const std::string_view word : allowed) {
    if (squeezed(word) == letters) {
      error.replacement = std::string(word);
      error.help = fmt::format("write {}", quote(word));
    }
  }
  if (!error.replacement) {
    if (const auto near = nearest(to_lower(text), allowed)) {
      error.help = fmt::format("did you mean {}?", quote(*near));
    }
  }
  return Unexpected{std::move(error)};
}

}  // namespace fedgate::value
