#include "schema/value/confusable.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include <fmt/format.h>
#include <unictype.h>

#include "schema/value/describe.h"

namespace fedgate::value {

namespace {

using Scripts = std::set<std::string_view>;

// What may stand together in one label.
constexpr std::array<std::array<std::string_view, 4>, 3> kTogether = {
    {{"Latin", "Han", "Hiragana", "Katakana"},
     {"Latin", "Han", "Bopomofo", ""},
     {"Latin", "Han", "Hangul", ""}}};

// Lower-case letters that look the same as a Latin one in common fonts, a choice from UTS 39
// (confusables.txt, version 15) that spares ordinary words of Greek and Russian: Greek omicron and
// nu; Cyrillic a, ie, o, er, es, u, ha, dze, Byelorussian-Ukrainian i, je, shha, palochka, komi de,
// qa, we.
constexpr std::array<char32_t, 17> kLikeLatin = {
    U'\u03BD', U'\u03BF', U'\u0430', U'\u0435', U'\u043E', U'\u0440',
    U'\u0441', U'\u0443', U'\u0445', U'\u0455', U'\u0456', U'\u0458',
    U'\u04BB', U'\u04CF', U'\u0501', U'\u051B', U'\u051D'};

// What stands in any script: digits, hyphens, combining marks.
auto is_neutral(std::string_view script) -> bool {
  return script == "Common" || script == "Inherited";
}

auto is_mixture(const Scripts& scripts) -> bool {
  return scripts.size() > 1 &&
         std::none_of(kTogether.begin(), kTogether.end(), [&](const auto& allowed) {
           return std::all_of(scripts.begin(), scripts.end(), [&](std::string_view script) {
             return std::find(allowed.begin(), allowed.end(), script) != allowed.end();
           });
         });
}

// The letters of a label.
struct Letters {
  Scripts scripts;
  bool look_latin = true;
};

auto letters_of(std::string_view label) -> Letters {
  Letters letters;
  for (std::size_t at = 0; at < label.size();) {
    const Character character = character_at(label, at);
    at += character.length;
    const uc_script_t* script = uc_script(character.value);
    if (script != nullptr && !is_neutral(script->name)) {
      letters.scripts.insert(script->name);
      letters.look_latin = letters.look_latin && std::find(kLikeLatin.begin(), kLikeLatin.end(),
                                                           character.value) != kLikeLatin.end();
    }
  }
  return letters;
}

// Words of one script are what a reader expects below a top level in the same one.
auto judge(std::string_view label, const Scripts& top) -> std::optional<std::string> {
  auto [scripts, look_latin] = letters_of(label);
  if (is_mixture(scripts)) {
    const std::string_view last = *scripts.rbegin();
    scripts.erase(last);
    return fmt::format("its label `{}` mixes {} and {} letters", label, fmt::join(scripts, ", "),
                       last);
  }
  if (look_latin && !scripts.empty() && scripts != top) {
    return fmt::format("every letter of its label `{}` looks like a Latin one", label);
  }
  return std::nullopt;
}

}  // namespace

auto confusable_label(const DnsName& name) -> std::optional<std::string> {
  if (!name.has_unicode()) {
    return std::nullopt;
  }
  const std::string_view whole = name.unicode();
  const Scripts top = letters_of(whole.substr(whole.rfind('.') + 1)).scripts;
  for (std::string_view rest = whole; !rest.empty();) {
    const std::string_view label = rest.substr(0, rest.find('.'));
    if (auto reason = judge(label, top)) {
      return reason;
    }
    rest.remove_prefix(std::min(rest.size(), label.size() + 1));
  }
  return std::nullopt;
}

}  // namespace fedgate::value
