#include "schema/value/dns_label.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>
#include <idn2.h>

#include "schema/base/ascii_word.h"
#include "schema/base/failure.h"
#include "schema/value/describe.h"

namespace fedgate::value {

namespace {

struct FreeIdn {
  auto operator()(void* memory) const -> void { idn2_free(memory); }
};

// What a function of libidn2 returned; `text` is set where the status is IDN2_OK.
struct IdnResult {
  int status = IDN2_OK;
  std::string text;
};

auto idn_text(const std::string& text) -> const std::uint8_t* {
  return reinterpret_cast<const std::uint8_t*>(text.c_str());
}

auto take_result(int status, void* memory) -> IdnResult {
  if (status == IDN2_MALLOC) {
    throw Failure("cannot encode a domain name: out of memory");
  }
  if (status != IDN2_OK) {
    return {status, {}};
  }
  const std::unique_ptr<void, FreeIdn> owner(memory);
  return {status, std::string(static_cast<const char*>(memory))};
}

auto register_u_label(const std::string& label) -> IdnResult {
  std::uint8_t* result = nullptr;
  const int status = idn2_register_u8(idn_text(label), nullptr, &result, 0);
  return take_result(status, result);
}

auto register_a_label(const std::string& label) -> IdnResult {
  std::uint8_t* result = nullptr;
  const int status = idn2_register_u8(nullptr, idn_text(label), &result, 0);
  return take_result(status, result);
}

auto decode_a_label(const std::string& label) -> IdnResult {
  char* result = nullptr;
  const int status = idn2_to_unicode_8z8z(label.c_str(), &result, 0);
  return take_result(status, result);
}

auto label_error(Defect defect, std::string_view label, std::string message, std::string help)
    -> ValueError {
  return {.defect = defect,
          .message = std::move(message),
          .help = std::move(help),
          .offset = 0,
          .length = to_offset(label.size())};
}

// An error at one character of the label.
auto error_at(const Character& at, Defect defect, std::string message, std::string help)
    -> ValueError {
  return {.defect = defect,
          .message = std::move(message),
          .help = std::move(help),
          .offset = at.offset,
          .length = at.length};
}

auto too_long(std::string_view label, std::string_view octets) -> ValueError {
  return label_error(
      Defect::too_long, label,
      fmt::format("label {} has {} octets; {} are the limit", quote(label), octets, kLongestLabel),
      "shorten the label");
}

// What people mean by the ASCII character before `rest`, which a host's name cannot have.
auto help_for(char32_t c, std::string_view rest) -> std::string {
  constexpr std::string_view kNameAlone = "write the name alone, without scheme and path";
  switch (c) {
    case '_':
      return "labels with an underscore belong to service records (RFC 8552), which fedgate writes "
             "itself; write the host's or the domain's own name";
    case ':':
      return rest.empty() || is_digit(rest.front())
                 ? "write the name alone; a port has a key of its own"
                 : std::string(kNameAlone);
    case '/':
      return std::string(kNameAlone);
    case '@':
      return "write the domain alone, without the part in front of `@`";
    case ',':
    case ';':
    case ' ':
      return "write one name; further names are further items of a list";
    default:
      return "write letters, digits and hyphens only";
  }
}

auto show(const Character& character, std::string_view text) -> std::string {
  const std::string_view bytes = text.substr(character.offset, character.length);
  if (hidden_kind(character) || character.value == ' ') {
    return character_name(character);
  }
  return character.value < 0x80 ? quote(bytes)
                                : fmt::format("{} ({})", quote(bytes), character_name(character));
}

// The first ASCII character that is neither a letter nor a digit nor a hyphen, or a byte that is
// not UTF-8.
auto find_bad_character(std::string_view label) -> std::optional<ValueError> {
  for (std::size_t offset = 0; offset < label.size();) {
    const Character character = character_at(label, offset);
    const char c = label[offset];
    const bool is_allowed =
        is_ascii(c) ? is_letter(c) || is_digit(c) || c == '-' : character.is_valid;
    if (!is_allowed) {
      return error_at(character, Defect::bad_character,
                      fmt::format("{} is not allowed in a domain name; a label has letters, digits "
                                  "and hyphens",
                                  show(character, label)),
                      help_for(character.value, label.substr(offset + character.length)));
    }
    offset += character.length;
  }
  return std::nullopt;
}

// `unicode` is the label with its U-label, in which places are counted (RFC 5891 section 4.2.3.1).
auto find_bad_hyphen(std::string_view label, std::string_view unicode)
    -> std::optional<ValueError> {
  const bool leads = label.front() == '-';
  if (leads || label.back() == '-') {
    const std::size_t offset = leads ? 0 : label.size() - 1;
    return error_at(
        {'-', to_offset(offset), 1, true}, Defect::bad_form,
        fmt::format("label {} {} with a hyphen", quote(label), leads ? "begins" : "ends"),
        "a hyphen stands between letters or digits only");
  }
  std::size_t offset = 0;
  for (int count = 0; count < 2 && offset < unicode.size(); ++count) {
    offset += character_at(unicode, offset).length;
  }
  if (unicode.substr(offset).starts_with("--")) {
    auto error = label_error(
        Defect::bad_form, label,
        fmt::format("label {} has hyphens in its third and fourth place", quote(label)),
        "such labels are reserved (RFC 5890, section 2.3.1); only A-labels, which begin with "
        "`xn--`, have hyphens there");
    if (label == unicode) {
      error.offset = to_offset(offset);
      error.length = 2;
    }
    return error;
  }
  return std::nullopt;
}

// Characters that RFC 5892 allows in some contexts only (appendix A).
auto needs_context(char32_t c) -> bool {
  return c == 0x200C || c == 0x200D || c == 0x00B7 || c == 0x0375 || c == 0x05F3 || c == 0x05F4 ||
         c == 0x30FB || (c >= 0x0660 && c <= 0x0669) || (c >= 0x06F0 && c <= 0x06F9);
}

// The only character of `label` that `is_culprit` takes; none where there is no or more than one
// such.
template <typename Predicate>
auto find_only(std::string_view label, Predicate is_culprit) -> std::optional<Character> {
  std::optional<Character> found;
  for (std::size_t offset = 0; offset < label.size();) {
    const Character character = character_at(label, offset);
    if (is_culprit(character)) {
      if (found) {
        return std::nullopt;
      }
      found = character;
    }
    offset += character.length;
  }
  return found;
}

// The first character that alone is refused as `status`.
auto find_refused(std::string_view label, int status) -> std::optional<Character> {
  for (std::size_t offset = 0; offset < label.size();) {
    const Character character = character_at(label, offset);
    if (character.value >= 0x80 &&
        register_u_label(std::string(label.substr(offset, character.length))).status == status) {
      return character;
    }
    offset += character.length;
  }
  return std::nullopt;
}

// Why a registry refuses the U-label, in words. The range is the narrowest that is known to be
// wrong.
auto explain_u_label(std::string_view label, int status) -> ValueError {
  const Character first = character_at(label, 0);
  switch (status) {
    case IDN2_DISALLOWED:
    case IDN2_UNASSIGNED:
      if (const auto at = find_refused(label, status)) {
        return error_at(*at, Defect::bad_character,
                        fmt::format("{} is not allowed in a domain name ({})", show(*at, label),
                                    status == IDN2_DISALLOWED ? "IDNA 2008" : "unassigned"),
                        "write letters in lower case, digits and hyphens");
      }
      break;
    case IDN2_NOT_NFC:
      return label_error(
          Defect::bad_form, label,
          fmt::format("label {} is not in Unicode normalization form C", quote(label)),
          "write each letter together with its accent as one character");
    case IDN2_LEADING_COMBINING:
      return error_at(
          first, Defect::bad_form,
          fmt::format("a label begins with the combining mark {}", character_name(first)),
          "a mark follows the letter that it belongs to");
    case IDN2_CONTEXTJ:
    case IDN2_CONTEXTJ_NO_RULE:
    case IDN2_CONTEXTO:
    case IDN2_CONTEXTO_NO_RULE: {
      const auto at = find_only(label, [](const Character& c) { return needs_context(c.value); });
      const std::string what = at ? character_name(*at) : "a character of the label";
      return error_at(at.value_or(Character{0, 0, to_offset(label.size()), true}), Defect::bad_form,
                      fmt::format("{} is not allowed between these neighbours", what),
                      "RFC 5892, appendix A, lists where such characters may stand");
    }
    case IDN2_BIDI:
      return label_error(Defect::bad_form, label,
                         fmt::format("label {} mixes writing directions", quote(label)),
                         "a label is written in one direction (RFC 5893, section 2)");
    case IDN2_PUNYCODE_BIG_OUTPUT:
    case IDN2_TOO_BIG_LABEL:
    case IDN2_TOO_BIG_DOMAIN:
      return too_long(label, "too many");
    default:
      break;
  }
  return label_error(Defect::bad_form, label,
                     fmt::format("label {} is no label of an internationalized domain name: {}",
                                 quote(label), idn2_strerror(status)),
                     "write the name as it is registered");
}

auto read_u_label(std::string_view label, std::string lower) -> Parsed<LabelForms> {
  IdnResult encoded = register_u_label(lower);
  if (encoded.status != IDN2_OK) {
    return Unexpected{explain_u_label(label, encoded.status)};
  }
  if (encoded.text.size() > kLongestLabel) {
    return Unexpected{too_long(label, std::to_string(encoded.text.size()))};
  }
  return LabelForms{std::move(encoded.text), std::move(lower), false};
}

auto read_a_label(std::string_view label, std::string lower) -> Parsed<LabelForms> {
  const int status = register_a_label(lower).status;
  IdnResult decoded = decode_a_label(lower);
  if (status == IDN2_OK && decoded.status == IDN2_OK) {
    if (auto error = find_bad_hyphen(label, decoded.text)) {
      return Unexpected{*std::move(error)};
    }
    return LabelForms{std::move(lower), std::move(decoded.text), false};
  }
  const bool decodes = decoded.status == IDN2_OK && !decoded.text.empty();
  if (decodes && status != IDN2_UALABEL_MISMATCH && status != IDN2_OK) {
    return Unexpected{
        label_error(Defect::bad_form, label,
                    fmt::format("A-label {} stands for {}, where {}", quote(label),
                                quote(decoded.text), explain_u_label(decoded.text, status).message),
                    "write the name as it is registered")};
  }
  return Unexpected{label_error(
      Defect::bad_form, label,
      fmt::format("{} begins like an A-label, but no name is encoded so", quote(label)),
      "write the name in its own script, or the A-label that it is encoded to (RFC 5891)")};
}

}  // namespace

auto read_label(std::string_view label) -> Parsed<LabelForms> {
  if (label.empty()) {
    return Unexpected{label_error(Defect::empty, label, "a label of the domain name is empty",
                                  "write one dot between two labels, and none in front")};
  }
  if (auto error = find_bad_character(label)) {
    return Unexpected{*std::move(error)};
  }
  std::string lower = to_lower(label);
  const bool had_upper_case = lower != label;
  const bool is_plain = is_all_ascii(label);
  if (is_plain && label.size() > kLongestLabel) {
    return Unexpected{too_long(label, std::to_string(label.size()))};
  }
  const bool is_a_label = is_plain && lower.starts_with("xn--");
  if (!is_a_label) {
    if (auto error = find_bad_hyphen(label, label)) {
      return Unexpected{*std::move(error)};
    }
  }
  if (is_plain && !is_a_label) {
    return LabelForms{lower, lower, had_upper_case};
  }
  auto forms =
      is_a_label ? read_a_label(label, std::move(lower)) : read_u_label(label, std::move(lower));
  if (forms) {
    forms->had_upper_case = had_upper_case;
  }
  return forms;
}

auto has_right_to_left(std::string_view name) -> bool {
  for (std::size_t offset = 0; offset < name.size();) {
    const Character character = character_at(name, offset);
    // A label that begins with a Latin letter may not hold a right-to-left character (RFC 5893
    // section 2, rule 5).
    if (character.value >= 0x80) {
      const std::string probe = "a" + std::string(name.substr(offset, character.length));
      if (register_u_label(probe).status == IDN2_BIDI) {
        return true;
      }
    }
    offset += character.length;
  }
  return false;
}

auto map_name(std::string_view name) -> std::optional<std::string> {
  const bool is_plain = is_all_ascii(name);
  if (is_plain || name.find('\0') != std::string_view::npos) {
    return std::nullopt;
  }
  std::uint8_t* result = nullptr;
  const std::string text(name);
  const int status = idn2_lookup_u8(idn_text(text), &result, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
  IdnResult mapped = take_result(status, result);
  if (mapped.status != IDN2_OK) {
    return std::nullopt;
  }
  return std::move(mapped.text);
}

}  // namespace fedgate::value
