#include "schema/value/dns_name.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "schema/value/address.h"
#include "schema/value/describe.h"
#include "schema/value/dns_label.h"

namespace fedgate::value {

namespace {

// RFC 1035 section 2.3.4 allows 255 octets on the wire, which leaves 253 characters of text.
constexpr std::size_t kLongestName = 253;

// No U-label of a name of kLongestName octets is written with more than 4 bytes for each octet.
constexpr std::size_t kLongestNameText = 4 * kLongestName;

struct Forms {
  std::string ascii;
  std::string unicode;
  bool had_upper_case = false;
};

// Whether `text` is a name in its final form already: lower-case LDH labels, none of which has
// hyphens in its third and fourth place (which A-labels have), and a last label that is not a
// number. Most names of a spec are.
auto is_plain(std::string_view text) -> bool {
  if (text.empty() || text.size() > kLongestName) {
    return false;
  }
  std::size_t begin = 0;
  bool only_digits = true;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] != '.') {
      if (!is_lower(text[i]) && !is_digit(text[i]) && text[i] != '-') {
        return false;
      }
      only_digits = only_digits && is_digit(text[i]);
      continue;
    }
    const std::string_view label = text.substr(begin, i - begin);
    if (label.empty() || label.size() > kLongestLabel || label.front() == '-' ||
        label.back() == '-' || label.substr(0, 4).ends_with("--")) {
      return false;
    }
    if (i < text.size()) {
      only_digits = true;
    }
    begin = i + 1;
  }
  return !only_digits;
}

auto name_error(Defect defect, std::string_view text, std::string message, std::string help)
    -> ValueError {
  return error_at(defect, 0, text.size(), std::move(message), std::move(help));
}

auto is_address(std::string_view text) -> bool {
  if (text.size() > 2 && text.front() == '[' && text.back() == ']') {
    text = text.substr(1, text.size() - 2);
  }
  return Address::parse(text).has_value();
}

// Forms of text that are something else than a name as a whole.
auto find_other_form(std::string_view text) -> std::optional<ValueError> {
  if (text.empty()) {
    return name_error(Defect::empty, text, "the domain name is empty",
                      "write a name such as `contoso.com`");
  }
  if (is_address(text)) {
    return name_error(Defect::ip_literal, text,
                      fmt::format("{} is an IP address, not a domain name", quote(text)),
                      "write the name that leads to this address");
  }
  if (const std::size_t star = text.find('*'); star != std::string_view::npos) {
    return ValueError{
        .defect = Defect::wildcard,
        .message = fmt::format("{} has a wildcard; one name is due here", quote(text)),
        .help = "write each name in full",
        .offset = to_offset(star),
        .length = 1};
  }
  if (text.size() > kLongestNameText) {
    return name_error(Defect::too_long, text,
                      fmt::format("the domain name has {} bytes; {} octets are the limit",
                                  text.size(), kLongestName),
                      "shorten the name");
  }
  return std::nullopt;
}

auto add_label(Forms& forms, const LabelForms& label) -> void {
  if (!forms.ascii.empty()) {
    forms.ascii += '.';
    forms.unicode += '.';
  }
  forms.ascii += label.ascii;
  forms.unicode += label.unicode;
  forms.had_upper_case = forms.had_upper_case || label.had_upper_case;
}

// RFC 5893 section 2: in a name with a right-to-left label, rule 1 holds for every label, so that
// none of them begins with a digit. That the right-to-left labels themselves obey is checked with
// each label.
auto find_bidi_error(std::string_view text, const Forms& forms) -> std::optional<ValueError> {
  if (forms.ascii == forms.unicode || !has_right_to_left(forms.unicode)) {
    return std::nullopt;
  }
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('.', begin), text.size());
    if (is_digit(text[begin])) {
      return ValueError{
          .defect = Defect::bad_form,
          .message = fmt::format("label {} begins with a digit beside a right-to-left label",
                                 quote(text.substr(begin, end - begin))),
          .help = "such a name has no fixed order on a screen (RFC 5893); choose another one",
          .offset = to_offset(begin),
          .length = to_offset(end - begin)};
    }
    begin = end + 1;
  }
  return std::nullopt;
}

// What holds for the whole name once each label is right.
auto find_whole_error(std::string_view text, const Forms& forms) -> std::optional<ValueError> {
  if (forms.ascii.size() > kLongestName) {
    return name_error(Defect::too_long, text,
                      fmt::format("the domain name has {} octets; {} are the limit",
                                  forms.ascii.size(), kLongestName),
                      "shorten the name");
  }
  const std::size_t last = text.rfind('.') + 1;
  if (is_all_digits(text.substr(last))) {
    return ValueError{
        .defect = Defect::bad_form,
        .message = fmt::format("the last label {} is a number; a top-level domain has letters",
                               quote(text.substr(last))),
        .help = "write a domain name; an address has four numbers without leading zeros",
        .offset = to_offset(last),
        .length = to_offset(text.size() - last)};
  }
  return find_bidi_error(text, forms);
}

// All labels of `text`, which may not end with a dot.
auto read_labels(std::string_view text) -> Parsed<Forms> {
  Forms forms;
  for (std::size_t begin = 0;;) {
    const std::size_t end = std::min(text.find('.', begin), text.size());
    const auto label = read_label(text.substr(begin, end - begin));
    if (!label) {
      ValueError error = label.error();
      error.offset += to_offset(begin);
      return Unexpected{std::move(error)};
    }
    add_label(forms, *label);
    if (end == text.size()) {
      break;
    }
    begin = end + 1;
  }
  if (auto error = find_whole_error(text, forms)) {
    return Unexpected{*std::move(error)};
  }
  return forms;
}

auto read_name(std::string_view text) -> Parsed<Forms> {
  if (auto error = find_other_form(text)) {
    return Unexpected{*std::move(error)};
  }
  const std::string_view rest = text.substr(0, text.size() - 1);
  const bool has_root_dot = text.back() == '.' && !rest.empty() && rest.back() != '.';
  auto forms = read_labels(has_root_dot ? rest : text);
  if (!forms || !has_root_dot) {
    return forms;
  }
  return Unexpected{ValueError{
      .defect = Defect::trailing_dot,
      .message = fmt::format(
          "{} ends with a dot; names in a spec are written without the root's dot", quote(text)),
      .help = fmt::format("write {}", quote(rest)),
      .offset = to_offset(rest.size()),
      .length = 1,
      .replacement = std::string(rest)}};
}

// The part of a name to the right of its first label.
auto behind_first_label(const std::string& name) -> std::string {
  return name.substr(name.find('.') + 1);
}

}  // namespace

DnsName::DnsName(std::string ascii, std::string unicode, bool had_upper_case)
    : ascii_(std::move(ascii)), unicode_(std::move(unicode)), had_upper_case_(had_upper_case) {
  if (unicode_ == ascii_) {
    unicode_.clear();
  }
}

auto DnsName::parse(std::string_view text) -> Parsed<DnsName> {
  if (is_plain(text)) {
    return DnsName(std::string(text), std::string(), false);
  }
  auto forms = read_name(text);
  if (forms) {
    return DnsName(std::move(forms->ascii), std::move(forms->unicode), forms->had_upper_case);
  }
  ValueError error = forms.error();
  if (!error.replacement && text.size() <= kLongestNameText) {
    // Full-width letters, other dots, letters in upper case and the like: what the mapping of UTS
    // 46 makes of them is offered where it is a name.
    if (const auto mapped = map_name(text)) {
      const auto name = read_name(*mapped);
      if (name && name->unicode != text) {
        error.replacement = name->unicode;
        error.help = fmt::format("write {}", quote(name->unicode));
      }
    }
  }
  return Unexpected{std::move(error)};
}

auto DnsName::label_count() const -> std::size_t {
  return ascii_.empty()
             ? 0
             : static_cast<std::size_t>(std::count(ascii_.begin(), ascii_.end(), '.')) + 1;
}

auto DnsName::is_subdomain_of(const DnsName& other) const -> bool {
  const std::string& above = other.ascii_;
  return !above.empty() && ascii_.size() > above.size() && ascii_.ends_with(above) &&
         ascii_[ascii_.size() - above.size() - 1] == '.';
}

auto DnsName::parent() const -> std::optional<DnsName> {
  if (ascii_.find('.') == std::string::npos) {
    return std::nullopt;
  }
  return DnsName(behind_first_label(ascii_), behind_first_label(unicode()), false);
}

auto parse_fqdn(std::string_view text) -> Parsed<DnsName> {
  auto name = DnsName::parse(text);
  const bool has_one_label = name && name->label_count() < 2;
  // `contoso.` is no better without its dot.
  const bool would_have =
      !name && name.error().replacement && name.error().replacement->find('.') == std::string::npos;
  if (has_one_label || would_have) {
    return Unexpected{
        name_error(Defect::bad_form, text,
                   fmt::format("{} has one label; a full name is due here", quote(text)),
                   "add the domain, as in `sip.contoso.com`")};
  }
  return name;
}

auto DnsPattern::parse(std::string_view text) -> Parsed<DnsPattern> {
  constexpr std::string_view kWildcard = "*.";
  const bool is_wildcard = text.starts_with(kWildcard);
  const std::size_t skipped = is_wildcard ? kWildcard.size() : 0;
  if (text == "*" || text == kWildcard) {
    return Unexpected{
        name_error(Defect::wildcard, text,
                   fmt::format("{} stands for every name; a domain is missing", quote(text)),
                   "write the domain behind it, as in `*.contoso.com`")};
  }
  auto name = DnsName::parse(text.substr(skipped));
  if (name && name->ascii().size() + skipped > kLongestName) {
    return Unexpected{name_error(Defect::too_long, text,
                                 fmt::format("the domain name has {} octets; {} are the limit",
                                             name->ascii().size() + skipped, kLongestName),
                                 "shorten the name")};
  }
  if (name) {
    return DnsPattern(*std::move(name), is_wildcard);
  }
  ValueError error = name.error();
  error.offset += to_offset(skipped);
  if (error.defect == Defect::wildcard) {
    error.message = fmt::format("{} has a wildcard that is not the whole first label", quote(text));
    error.help =
        "a wildcard stands for exactly one label, as in `*.contoso.com` (RFC 9525, section 6.3)";
  }
  if (error.replacement && is_wildcard) {
    error.replacement = std::string(kWildcard) + *error.replacement;
    error.help = fmt::format("write {}", quote(*error.replacement));
  }
  return Unexpected{std::move(error)};
}

auto DnsPattern::ascii() const -> std::string {
  return is_wildcard_ ? "*." + name_.ascii() : name_.ascii();
}

auto DnsPattern::display() const -> std::string {
  return is_wildcard_ ? "*." + name_.display() : name_.display();
}

auto DnsPattern::covers(const DnsName& name) const -> bool {
  if (!is_wildcard_) {
    return name == name_;
  }
  return name.is_subdomain_of(name_) && name.label_count() == name_.label_count() + 1;
}

}  // namespace fedgate::value
