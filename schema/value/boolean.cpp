#include "schema/value/boolean.h"

#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "schema/value/describe.h"

namespace fedgate::value {

namespace {

struct OtherWord {
  std::string_view word;
  bool meaning;
};

// In lower case. The words are those of the YAML 1.1 boolean type, the two digits, and the
// variables of PowerShell.
constexpr std::array<OtherWord, 14> kOtherWords = {{{"true", true},
                                                    {"false", false},
                                                    {"yes", true},
                                                    {"no", false},
                                                    {"on", true},
                                                    {"off", false},
                                                    {"y", true},
                                                    {"n", false},
                                                    {"t", true},
                                                    {"f", false},
                                                    {"1", true},
                                                    {"0", false},
                                                    {"$true", true},
                                                    {"$false", false}}};

}  // namespace

auto parse_boolean(std::string_view text) -> Parsed<bool> {
  if (text == "true") {
    return true;
  }
  if (text == "false") {
    return false;
  }
  ValueError error = {.defect = Defect::bad_form,
                      .message = fmt::format("{} is neither `true` nor `false`", quote(text)),
                      .help = "write `true` or `false`",
                      .offset = 0,
                      .length = to_offset(text.size())};
  if (text.empty()) {
    error.defect = Defect::empty;
    error.message = "the value is empty; `true` or `false` is due here";
  }
  const std::string lower = to_lower(text);
  for (const OtherWord& other : kOtherWords) {
    if (lower == other.word) {
      error.defect = Defect::other_type;
      error.replacement = other.meaning ? "true" : "false";
      error.help = fmt::format("write {}", quote(*error.replacement));
    }
  }
  return Unexpected{std::move(error)};
}

}  // namespace fedgate::value
