#include "schema/value/identifier.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "schema/value/describe.h"

namespace fedgate::value {

namespace {

constexpr std::size_t kLongestIdentifier = 63;

auto is_name_character(char c) -> bool { return is_lower(c) || is_digit(c) || c == '-'; }

// The character at `offset` as a message names it.
auto show(std::string_view text, std::size_t offset) -> std::string {
  const Character character = character_at(text, offset);
  return hidden_kind(character) || character.value == ' '
             ? character_name(character)
             : quote(text.substr(offset, character.length));
}

// `text` in lower case with hyphens for blanks, dots and underscores, where that is a name.
auto as_name(std::string_view text) -> std::optional<std::string> {
  std::string name = to_lower(text);
  for (char& c : name) {
    if (c == ' ' || c == '_' || c == '.') {
      c = '-';
    }
  }
  if (name == text || !Name::parse(name)) {
    return std::nullopt;
  }
  return name;
}

auto find_name_error(std::string_view text) -> std::optional<ValueError> {
  const std::string help = "write lower-case letters, digits and hyphens, such as `contoso-edge`";
  if (text.empty()) {
    return error_at(Defect::empty, 0, 0, "the name is empty", help);
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_name_character(text[i])) {
      return error_at(
          Defect::bad_character, i, character_at(text, i).length,
          fmt::format("{} is not allowed in a name; it has lower-case letters, digits and hyphens",
                      show(text, i)),
          help);
    }
  }
  if (text.size() > kLongestIdentifier) {
    return error_at(Defect::too_long, kLongestIdentifier, text.size() - kLongestIdentifier,
                    fmt::format("the name has {} characters; {} are the limit", text.size(),
                                kLongestIdentifier),
                    "shorten the name");
  }
  if (text.front() == '-' || text.back() == '-') {
    const bool leads = text.front() == '-';
    return error_at(Defect::bad_form, leads ? 0 : text.size() - 1, 1,
                    fmt::format("{} {} with a hyphen", quote(text), leads ? "begins" : "ends"),
                    help);
  }
  return std::nullopt;
}

// The components of `text` with their places, empty ones and `.` left out.
struct Component {
  std::size_t offset = 0;
  std::string_view text;
};

auto components_of(std::string_view text) -> std::vector<Component> {
  std::vector<Component> components;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('/', begin), text.size());
    const std::string_view component = text.substr(begin, end - begin);
    if (!component.empty() && component != ".") {
      components.push_back({begin, component});
    }
    begin = end + 1;
  }
  return components;
}

// `C:` at the beginning, as Windows reads it: `C:x` is a path relative to the folder of that drive.
auto has_drive(std::string_view component) -> bool {
  return component.size() > 1 && is_letter(component.front()) && component[1] == ':';
}

auto find_path_error(std::string_view text, const std::vector<Component>& components)
    -> std::optional<ValueError> {
  const std::string help = "write a path below the spec's folder, such as `certs/edge.pem`";
  if (text.empty()) {
    return error_at(Defect::empty, 0, 0, "the path is empty", help);
  }
  if (auto hidden = find_hidden(text)) {
    return hidden;
  }
  if (text.front() == '/' || text.front() == '\\') {
    return error_at(Defect::bad_form, 0, 1,
                    fmt::format("{} is an absolute path; a relative one is due here", quote(text)),
                    help);
  }
  if (!components.empty() && has_drive(components.front().text)) {
    return error_at(Defect::bad_form, components.front().offset, 2,
                    fmt::format("{} has a drive; a relative path is due here", quote(text)), help);
  }
  if (const std::size_t at = text.find('\\'); at != std::string_view::npos) {
    return error_at(Defect::bad_character, at, 1, fmt::format("{} has a backslash", quote(text)),
                    "write `/` between folders");
  }
  if (text.back() == '/') {
    return error_at(Defect::bad_form, text.size() - 1, 1,
                    fmt::format("{} names a folder; a file is due here", quote(text)), help);
  }
  return std::nullopt;
}

}  // namespace

auto Name::parse(std::string_view text) -> Parsed<Name> {
  auto error = find_name_error(text);
  if (!error) {
    return Name(std::string(text));
  }
  if (auto name = as_name(text)) {
    error->help = fmt::format("write {}", quote(*name));
    error->replacement = std::move(name);
  }
  return Unexpected{*std::move(error)};
}

auto Text::parse(std::string_view text) -> Parsed<Text> {
  if (text.find_first_not_of(' ') == std::string_view::npos) {
    return Unexpected{error_at(Defect::empty, 0, text.size(),
                               text.empty() ? "the text is empty" : "the text has only blanks",
                               "write a text, or leave the key out")};
  }
  if (auto error = find_hidden(text)) {
    return Unexpected{*std::move(error)};
  }
  return Text(std::string(text));
}

auto EnvironmentName::parse(std::string_view text) -> Parsed<EnvironmentName> {
  const std::string help = "write the variable's name alone, such as `XMPP_DIALBACK_PASSPHRASE`";
  if (text.empty()) {
    return Unexpected{
        error_at(Defect::empty, 0, 0, "the name of the environment variable is empty", help)};
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_letter(c) || c == '_' || (i > 0 && is_digit(c))) {
      continue;
    }
    const std::string message =
        is_digit(c)
            ? fmt::format("{} begins with a digit; an environment variable does not", quote(text))
            : fmt::format(
                  "{} is not allowed in the name of an environment variable; it has letters, "
                  "digits and underscores",
                  show(text, i));
    return Unexpected{error_at(is_digit(c) ? Defect::bad_form : Defect::bad_character, i,
                               character_at(text, i).length, message, help)};
  }
  return EnvironmentName(std::string(text));
}

auto RelativePath::parse(std::string_view text) -> Parsed<RelativePath> {
  const std::vector<Component> components = components_of(text);
  if (auto error = find_path_error(text, components)) {
    return Unexpected{*std::move(error)};
  }
  std::string path;
  for (const Component& component : components) {
    if (component.text == "..") {
      return Unexpected{
          error_at(Defect::bad_form, component.offset, 2,
                   fmt::format("{} may leave the spec's folder", quote(text)),
                   "write a path without `..`; files that a spec names lie below its folder")};
    }
    path += path.empty() ? "" : "/";
    path += component.text;
  }
  if (path.empty() || text.ends_with("/.")) {
    return Unexpected{error_at(Defect::bad_form, 0, text.size(),
                               fmt::format("{} names a folder; a file is due here", quote(text)),
                               "write the file's path, such as `certs/edge.pem`")};
  }
  return RelativePath(std::move(path));
}

}  // namespace fedgate::value
