// The findings that code raises, declared as typed constants: a wrong argument or a stray
// placeholder is a compile error. Rules in packs bring their own texts (rules/pack.h).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include <fmt/format.h>

#include "schema/diag/finding.h"

namespace fedgate::diag {

// What is known of a code before any finding: `fedgate rules` and `explain` print it.
struct CodeInfo {
  std::string_view code;
  std::string_view name;
  Severity severity = Severity::error;
  // The text with its placeholders.
  std::string_view text;
  std::string_view help;
  // The document that the finding rests on.
  std::string_view source;
};

template <typename... Args>
struct Message {
  static_assert((... && !std::is_same_v<Args, std::string_view>), "findings own their arguments");
  CodeInfo info;
  fmt::format_string<const Args&...> format;
};

namespace messages {

#define FEDGATE_ARGS(...) __VA_ARGS__
#define FEDGATE_CODE(id, code, name, severity, args, text, help, source) \
  inline constexpr Message<FEDGATE_ARGS args> id{                        \
      {code, name, Severity::severity, text, help, source}, text};
#include "schema/diag/core.def"
#undef FEDGATE_CODE
#undef FEDGATE_ARGS

}  // namespace messages

// Every code of core.def, in its order there.
[[nodiscard]] auto core_codes() -> std::span<const CodeInfo>;

// The text for people, with `…` in place of what each finding fills in.
[[nodiscard]] auto general_text(const CodeInfo& info) -> std::string;

}  // namespace fedgate::diag
