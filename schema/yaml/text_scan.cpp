#include "schema/yaml/text_scan.h"

namespace fedgate::yaml {

auto skip_blanks(std::string_view text, std::uint32_t at) -> std::uint32_t {
  while (at < text.size() && is_blank(text[at])) {
    ++at;
  }
  return at;
}

auto skip_trivia(std::string_view text, std::uint32_t at) -> std::uint32_t {
  while (at < text.size()) {
    if (text[at] == '#') {
      at = line_end(text, at);
    } else if (is_blank(text[at]) || is_break(text[at])) {
      ++at;
    } else {
      break;
    }
  }
  return at;
}

auto line_start(std::string_view text, std::uint32_t at) -> std::uint32_t {
  const std::string_view before = text.substr(0, at);
  const std::size_t found = before.rfind('\n');
  if (found != std::string_view::npos) {
    return static_cast<std::uint32_t>(found) + 1;
  }
  const bool marked = text.substr(0, kByteOrderMark.size()) == kByteOrderMark;
  return marked && at >= kByteOrderMark.size() ? static_cast<std::uint32_t>(kByteOrderMark.size())
                                               : 0;
}

auto line_end(std::string_view text, std::uint32_t at) -> std::uint32_t {
  const std::size_t found = text.find('\n', at);
  if (found == std::string_view::npos) {
    return static_cast<std::uint32_t>(text.size());
  }
  const auto end = static_cast<std::uint32_t>(found);
  return end > at && text[end - 1] == '\r' ? end - 1 : end;
}

auto is_document_marker(std::string_view text, std::uint32_t at, std::string_view marker) -> bool {
  return at <= text.size() && text.substr(at, marker.size()) == marker &&
         line_start(text, at) == at && is_gap(text, at + static_cast<std::uint32_t>(marker.size()));
}

auto word_end(std::string_view text, std::uint32_t at, std::string_view stops) -> std::uint32_t {
  while (!is_gap(text, at) && stops.find(text[at]) == std::string_view::npos) {
    ++at;
  }
  return at;
}

auto quote_word(std::string_view text, std::uint32_t at) -> std::string {
  constexpr std::uint32_t kLongest = 40;
  constexpr std::string_view kIndicators = ",[]{}";
  // An indicator is a word of its own.
  const bool indicator = kIndicators.find(byte_at(text, at)) != std::string_view::npos;
  const std::uint32_t end = indicator ? at + 1 : word_end(text, at, kIndicators);
  std::uint32_t shown = at;
  while (shown < end && shown - at < kLongest) {
    shown = code_point_end(text, shown);
  }
  std::string word(text.substr(at, shown - at));
  if (shown < end) {
    word += "…";
  }
  return word;
}

auto code_point_end(std::string_view text, std::uint32_t at) -> std::uint32_t {
  if (at >= text.size()) {
    return at;
  }
  ++at;
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) {
    ++at;
  }
  return at;
}

}  // namespace fedgate::yaml
