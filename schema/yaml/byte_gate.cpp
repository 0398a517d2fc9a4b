#include "schema/yaml/byte_gate.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include <fmt/format.h>

#include "schema/base/ascii_word.h"
#include "schema/diag/message.h"
#include "schema/source/source_file.h"
#include "schema/yaml/text_scan.h"

namespace fedgate::yaml {

namespace {

namespace messages = diag::messages;

// A file that is not text would give a finding for every other byte.
constexpr int kMostCharacterFindings = 20;

struct Encoding {
  std::string_view mark;
  std::string_view name;
};

// UTF-32 LE before UTF-16 LE, whose mark it starts with.
constexpr std::array<Encoding, 4> kForeignEncodings = {{
    {std::string_view("\xFF\xFE\x00\x00", 4), "UTF-32"},
    {std::string_view("\x00\x00\xFE\xFF", 4), "UTF-32"},
    {std::string_view("\xFF\xFE", 2), "UTF-16"},
    {std::string_view("\xFE\xFF", 2), "UTF-16"},
}};

// Bytes that need a look: controls but LF and tab, DEL, and the lead bytes of the code points that
// are refused (C1 controls, U+FEFF, U+FFFE, U+FFFF).
constexpr auto kSuspicious = [] {
  std::array<bool, 256> table{};
  for (std::size_t byte = 0; byte < 0x20; ++byte) {
    table[byte] = byte != '\n' && byte != '\t';
  }
  table[0x7F] = true;
  table[0xC2] = true;
  table[0xEF] = true;
  return table;
}();

// The code point of the sequence at `at` where it is one that YAML forbids, or 0xFFFFFFFF. NEL
// (U+0085) is printable; U+FEFF is allowed by YAML in quotes only, and refused here everywhere but
// at the start, for nobody can see it.
auto forbidden_code_point(std::string_view text, std::uint32_t at) -> std::uint32_t {
  constexpr std::uint32_t kNone = 0xFFFFFFFFU;
  const auto byte = [&](std::uint32_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(byte_at(text, at + i)));
  };
  const std::uint32_t lead = byte(0);
  if (lead < 0x80U) {
    return lead;
  }
  if (lead == 0xC2U) {
    return byte(1) < 0xA0U && byte(1) != 0x85U ? byte(1) : kNone;
  }
  const std::uint32_t code =
      ((lead & 0x0FU) << 12U) | ((byte(1) & 0x3FU) << 6U) | (byte(2) & 0x3FU);
  return code == 0xFEFFU || code >= 0xFFFEU ? code : kNone;
}

auto describe_character(std::uint32_t code) -> std::string {
  if (code == 0xFEFFU) {
    return std::string(kByteOrderMarkName);
  }
  return fmt::format("{} U+{:04X}", code >= 0xFFFEU ? "noncharacter" : "control character", code);
}

}  // namespace

auto check_encoding(source::FileId file, std::string_view text, std::uint32_t most,
                    diag::Sink& sink) -> GateResult {
  if (text.size() > most) {
    sink.report({file, 0, 0}, messages::file_too_large, static_cast<std::size_t>(most >> 20U));
    return {};
  }
  for (const Encoding& encoding : kForeignEncodings) {
    if (text.substr(0, encoding.mark.size()) == encoding.mark) {
      const auto length = static_cast<std::uint32_t>(encoding.mark.size());
      sink.report({file, 0, length}, messages::foreign_encoding, std::string(encoding.name));
      return {};
    }
  }
  const std::size_t invalid = source::find_invalid_utf8(text);
  if (invalid != std::string_view::npos) {
    const auto at = static_cast<std::uint32_t>(invalid);
    sink.report({file, at, at + 1}, messages::invalid_utf8,
                fmt::format("0x{:02X}", static_cast<unsigned char>(text[at])));
    return {};
  }
  const bool marked = text.substr(0, kByteOrderMark.size()) == kByteOrderMark;
  return {true, marked ? static_cast<std::uint32_t>(kByteOrderMark.size()) : 0};
}

auto check_characters(source::FileId file, std::string_view text, std::uint32_t begin,
                      diag::Sink& sink) -> bool {
  int found = 0;
  const auto size = static_cast<std::uint32_t>(text.size());
  for (std::uint32_t at = begin; at < size && found < kMostCharacterFindings; ++at) {
    at = static_cast<std::uint32_t>(printable_prefix(text, at));
    if (at == size) {
      break;
    }
    if (!kSuspicious[static_cast<unsigned char>(text[at])]) {
      continue;
    }
    if (text[at] == '\r') {
      if (byte_at(text, at + 1) != '\n') {
        sink.report({file, at, at + 1}, messages::lone_carriage_return);
        ++found;
      }
      continue;
    }
    const std::uint32_t code = forbidden_code_point(text, at);
    if (code != 0xFFFFFFFFU) {
      sink.report({file, at, code_point_end(text, at)}, messages::forbidden_character,
                  describe_character(code));
      ++found;
    }
  }
  if (found == 0 && skip_trivia(text, begin) == size) {
    sink.report({file, begin, begin}, messages::empty_file);
    return false;
  }
  return found == 0;
}

void check_directives(source::FileId file, std::string_view text, std::uint32_t begin,
                      diag::Sink& sink) {
  std::uint32_t at = skip_trivia(text, begin);
  while (byte_at(text, at) == '%' && line_start(text, at) == at) {
    const std::uint32_t end = word_end(text, at, {});
    const std::string_view name = text.substr(at, end - at);
    if (name != "%YAML") {
      auto draft = sink.report({file, at, end}, messages::unsupported_directive, std::string(name));
      if (name == "%TAG") {
        draft.help("remove the line, and the tags that use it: a spec needs no tags");
      }
    }
    at = skip_trivia(text, line_end(text, at));
  }
}

auto find_leading_tabs(std::string_view text, std::uint32_t begin) -> std::vector<std::uint32_t> {
  std::vector<std::uint32_t> tabs;
  std::size_t found = text.find('\t', begin);
  while (found != std::string_view::npos) {
    const auto tab = static_cast<std::uint32_t>(found);
    const std::uint32_t start = line_start(text, tab);
    const std::uint32_t content = skip_blanks(text, tab);
    if (skip_blanks(text, start) >= tab && !is_gap(text, content) && text[content] != '#') {
      tabs.push_back(tab);
    }
    found = text.find('\t', std::max(content, tab + 1));
  }
  return tabs;
}

}  // namespace fedgate::yaml
