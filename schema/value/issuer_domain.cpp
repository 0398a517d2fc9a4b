#include "schema/value/issuer_domain.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "schema/base/ascii_word.h"
#include "schema/value/describe.h"

namespace fedgate::value {

namespace {

// A part of a text without the blanks around it.
struct Piece {
  std::size_t offset = 0;
  std::string_view text;
};

auto is_blank(char c) -> bool { return c == ' ' || c == '\t'; }

auto trim(Piece piece) -> Piece {
  while (!piece.text.empty() && is_blank(piece.text.front())) {
    piece.text.remove_prefix(1);
    ++piece.offset;
  }
  while (!piece.text.empty() && is_blank(piece.text.back())) {
    piece.text.remove_suffix(1);
  }
  return piece;
}

// The parts between the semicolons.
auto split(std::string_view text) -> std::vector<Piece> {
  std::vector<Piece> pieces;
  for (std::size_t begin = 0;;) {
    const std::size_t end = std::min(text.find(';', begin), text.size());
    pieces.push_back(trim({begin, text.substr(begin, end - begin)}));
    if (end == text.size()) {
      return pieces;
    }
    begin = end + 1;
  }
}

auto piece_error(const Piece& piece, Defect defect, std::string message, std::string help)
    -> ValueError {
  return error_at(defect, piece.offset, piece.text.size(), std::move(message), std::move(help));
}

// tag = (ALPHA / DIGIT) *( *("-") (ALPHA / DIGIT))
auto is_tag(std::string_view text) -> bool {
  return !text.empty() && text.front() != '-' && text.back() != '-' &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_letter(c) || is_digit(c) || c == '-'; });
}

// value = *(%x21-3A / %x3C-7E), which is all of visible ASCII but the semicolon.
auto is_value(std::string_view text) -> bool {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c > ' ' && c <= '~' && c != ';'; });
}

auto parse_parameter(const Piece& piece) -> Parsed<IssuerParameter> {
  const std::string help = "write parameters as `tag=value`, as in `validationmethods=dns-01`";
  if (piece.text.empty()) {
    return Unexpected{
        piece_error(piece, Defect::empty, "a parameter is missing between semicolons", help)};
  }
  const std::size_t equals = piece.text.find('=');
  if (equals == std::string_view::npos) {
    return Unexpected{piece_error(piece, Defect::bad_form,
                                  fmt::format("the parameter {} has no value", quote(piece.text)),
                                  help)};
  }
  const Piece tag = trim({piece.offset, piece.text.substr(0, equals)});
  const Piece value = trim({piece.offset + equals + 1, piece.text.substr(equals + 1)});
  if (!is_tag(tag.text)) {
    return Unexpected{piece_error(
        tag, Defect::bad_character,
        fmt::format("{} is not the tag of a parameter; it has letters, digits and inner hyphens",
                    quote(tag.text)),
        help)};
  }
  if (!is_value(value.text)) {
    return Unexpected{
        piece_error(value, Defect::bad_character,
                    fmt::format("the parameter's value {} has other characters than visible ASCII",
                                quote(value.text)),
                    help)};
  }
  return IssuerParameter{std::string(tag.text), std::string(value.text)};
}

auto parse_domain(const Piece& piece) -> Parsed<DnsName> {
  auto domain = DnsName::parse(piece.text);
  if (domain && !is_all_ascii(piece.text)) {
    // RFC 8659, section 4.2: labels have letters, digits and hyphens.
    return Unexpected{piece_error(piece, Defect::bad_character,
                                  fmt::format("{} is not written in A-labels", quote(piece.text)),
                                  fmt::format("write {}", quote(domain->ascii())))};
  }
  if (domain) {
    return domain;
  }
  ValueError error = domain.error();
  error.offset += to_offset(piece.offset);
  // The replacement of a part is none of the whole.
  error.replacement = std::nullopt;
  return Unexpected{std::move(error)};
}

}  // namespace

auto IssuerDomain::parse(std::string_view text) -> Parsed<IssuerDomain> {
  std::vector<Piece> pieces = split(text);
  if (pieces.size() == 1 && pieces.front().text.empty()) {
    return Unexpected{
        ValueError{.defect = Defect::empty,
                   .message = "the issuer's domain is empty",
                   .help = "write a domain such as `digicert.com`, or `;` to forbid every issuer",
                   .offset = 0,
                   .length = to_offset(text.size())}};
  }
  std::optional<DnsName> domain;
  if (!pieces.front().text.empty()) {
    auto parsed = parse_domain(pieces.front());
    if (!parsed) {
      return Unexpected{parsed.error()};
    }
    domain = *std::move(parsed);
  }
  // A semicolon may end the value.
  if (pieces.size() == 2 && pieces.back().text.empty()) {
    pieces.pop_back();
  }
  std::vector<IssuerParameter> parameters;
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    auto parameter = parse_parameter(pieces[i]);
    if (!parameter) {
      return Unexpected{parameter.error()};
    }
    parameters.push_back(*std::move(parameter));
  }
  return IssuerDomain(std::move(domain), std::move(parameters));
}

auto IssuerDomain::to_text() const -> std::string {
  if (!domain_ && parameters_.empty()) {
    return ";";
  }
  std::string text = domain_ ? domain_->ascii() : "";
  for (const IssuerParameter& parameter : parameters_) {
    text += fmt::format("; {}={}", parameter.tag, parameter.value);
  }
  return text;
}

}  // namespace fedgate::value
