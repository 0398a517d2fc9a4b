// The functions of strings: those of the standard library and the strings extension. Indices count
// code points.
#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "rules/cel/compare.h"
#include "rules/cel/functions/library.h"
#include "rules/cel/functions/text_builder.h"
#include "rules/cel/pattern.h"
#include "rules/cel/unicode.h"

namespace fedgate::cel {
namespace {

using Arguments = std::span<const Value>;

// Searching takes the product of both sizes at worst; so many bytes of each count as a step.
constexpr std::size_t kSearchBytesPerStep = 16;

auto spend_search(std::string_view text, std::string_view wanted, Arena& arena) -> bool {
  return arena.spend((1 + text.size() / kSearchBytesPerStep) *
                     (1 + wanted.size() / kSearchBytesPerStep));
}

auto index_error(Arena& arena, std::int64_t index) -> Value {
  return Value::error(arena, "index ", to_cel_string(Value::integer(index), arena).text(),
                      " is out of range");
}

// The byte at which the code point `index` starts; the size of the text for the index after the
// last.
auto offset_of(std::string_view text, std::int64_t index) -> std::optional<std::size_t> {
  if (index < 0) {
    return std::nullopt;
  }
  std::size_t at = 0;
  for (; index > 0 && at < text.size(); --index) {
    at += utf8_size(text[at]);
  }
  return index == 0 ? std::optional<std::size_t>(at) : std::nullopt;
}

auto text_value(const TextBuilder& builder, const Arena& arena) -> Value {
  return arena.exhausted() ? exhausted_error() : Value::string(builder.text());
}

auto contains(Arguments arguments, Arena& arena) -> Value {
  if (!spend_search(arguments[0].text(), arguments[1].text(), arena)) {
    return exhausted_error();
  }
  return Value::boolean(arguments[0].text().find(arguments[1].text()) != std::string_view::npos);
}

auto starts_with(Arguments arguments, Arena& /*arena*/) -> Value {
  return Value::boolean(arguments[0].text().starts_with(arguments[1].text()));
}

auto ends_with(Arguments arguments, Arena& /*arena*/) -> Value {
  return Value::boolean(arguments[0].text().ends_with(arguments[1].text()));
}

auto char_at(Arguments arguments, Arena& arena) -> Value {
  const std::string_view text = arguments[0].text();
  const auto at = offset_of(text, arguments[1].as_integer());
  if (!at) {
    return index_error(arena, arguments[1].as_integer());
  }
  return Value::string(*at == text.size() ? std::string_view("")
                                          : text.substr(*at, utf8_size(text[*at])));
}

auto found_at(std::string_view text, std::size_t offset) -> Value {
  if (offset == std::string_view::npos) {
    return Value::integer(-1);
  }
  return Value::integer(static_cast<std::int64_t>(count_code_points(text.substr(0, offset))));
}

template <bool Last>
auto index_of(Arguments arguments, Arena& arena) -> Value {
  const std::string_view text = arguments[0].text();
  std::size_t from = Last ? text.size() : 0;
  if (arguments.size() == 3) {
    const auto offset = offset_of(text, arguments[2].as_integer());
    if (!offset) {
      return index_error(arena, arguments[2].as_integer());
    }
    from = *offset;
  }
  if (!spend_search(text, arguments[1].text(), arena)) {
    return exhausted_error();
  }
  return found_at(
      text, Last ? text.rfind(arguments[1].text(), from) : text.find(arguments[1].text(), from));
}

auto join(Arguments arguments, Arena& arena) -> Value {
  const ListView& list = arguments[0].as_list();
  const std::string_view separator =
      arguments.size() == 2 ? arguments[1].text() : std::string_view();
  TextBuilder result(arena);
  for (std::size_t i = 0; i < list.size; ++i) {
    const Value item = list.at(list.data, i, arena);
    if (!item.is(Kind::string)) {
      return item.is_error() ? item : Value::error("an element of the list is no string");
    }
    result.append(i == 0 ? std::string_view() : separator);
    result.append(item.text());
    if (!arena.spend(1 + item.text().size() / 64)) {
      return exhausted_error();
    }
  }
  return text_value(result, arena);
}

template <char First, char Last>
auto change_case(Arguments arguments, Arena& arena) -> Value {
  const std::string_view text = arguments[0].text();
  const std::span<char> result = arena.make_array<char>(text.size());
  if (result.size() < text.size()) {
    return exhausted_error();
  }
  constexpr char kCaseBit = 'a' - 'A';
  std::transform(text.begin(), text.end(), result.begin(), [](char byte) {
    return byte >= First && byte <= Last ? static_cast<char>(byte ^ kCaseBit) : byte;
  });
  return Value::string({result.data(), result.size()});
}

// How many pieces or replacements a call asks for; a negative number is no limit.
auto limit_of(Arguments arguments, std::size_t position) -> std::size_t {
  return arguments.size() > position && arguments[position].as_integer() >= 0
             ? static_cast<std::size_t>(arguments[position].as_integer())
             : SIZE_MAX;
}

// Where `wanted` occurs next at or after `from`; an empty one occurs before every character and at
// the end.
auto next_occurrence(std::string_view text, std::string_view wanted, std::size_t from)
    -> std::size_t {
  return from > text.size() ? std::string_view::npos : text.find(wanted, from);
}

auto replace(Arguments arguments, Arena& arena) -> Value {
  const std::string_view text = arguments[0].text();
  const std::string_view from = arguments[1].text();
  const std::string_view to = arguments[2].text();
  std::size_t limit = limit_of(arguments, 3);
  if (!spend_search(text, from, arena)) {
    return exhausted_error();
  }
  TextBuilder result(arena);
  std::size_t kept = 0;
  std::size_t at = next_occurrence(text, from, 0);
  for (; limit > 0 && at != std::string_view::npos && arena.spend(1 + to.size() / 64); --limit) {
    result.append(text.substr(kept, at - kept));
    result.append(to);
    kept = at + from.size();
    if (from.empty()) {
      at = at == text.size() ? std::string_view::npos : at + utf8_size(text[at]);
    } else {
      at = next_occurrence(text, from, kept);
    }
  }
  result.append(text.substr(kept));
  return text_value(result, arena);
}

auto split(Arguments arguments, Arena& arena) -> Value {
  std::string_view text = arguments[0].text();
  const std::string_view separator = arguments[1].text();
  const std::size_t limit = limit_of(arguments, 2);
  if (!spend_search(text, separator, arena)) {
    return exhausted_error();
  }
  // One pass to count the pieces, one to fill them in.
  std::span<Value> pieces;
  std::size_t count = 0;
  const auto cut = [&](bool store) {
    std::string_view rest = text;
    count = 0;
    while (count < limit) {
      std::size_t size = rest.size();
      if (separator.empty() && rest.empty()) {
        break;
      }
      const std::size_t found = separator.empty() ? utf8_size(rest[0]) : rest.find(separator);
      const bool is_last = count + 1 == limit || found == std::string_view::npos;
      size = is_last ? rest.size() : found;
      if (store) {
        pieces[count] = Value::string(rest.substr(0, size));
      }
      ++count;
      if (is_last) {
        break;
      }
      rest.remove_prefix(size + separator.size());
    }
  };
  cut(false);
  pieces = arena.make_array<Value>(count);
  if (pieces.size() < count || !arena.spend(count)) {
    return exhausted_error();
  }
  cut(true);
  return list_of_values(pieces, arena);
}

auto substring(Arguments arguments, Arena& arena) -> Value {
  const std::string_view text = arguments[0].text();
  const auto begin = offset_of(text, arguments[1].as_integer());
  if (!begin) {
    return index_error(arena, arguments[1].as_integer());
  }
  if (arguments.size() == 2) {
    return Value::string(text.substr(*begin));
  }
  const auto end = offset_of(text, arguments[2].as_integer());
  if (!end || *end < *begin) {
    return index_error(arena, arguments[2].as_integer());
  }
  return Value::string(text.substr(*begin, *end - *begin));
}

// The size of the white space character (Unicode property White_Space) at the start, or 0.
auto space_size(std::string_view text) -> std::size_t {
  static constexpr std::array<std::string_view, 19> kSpaces = {
      "\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x81",
      "\xE2\x80\x82", "\xE2\x80\x83", "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86",
      "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89", "\xE2\x80\x8A", "\xE2\x80\xA8",
      "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80"};
  if (text.front() == ' ' || (text.front() >= '\t' && text.front() <= '\r')) {
    return 1;
  }
  const auto* const found =
      std::find_if(kSpaces.begin(), kSpaces.end(),
                   [&](std::string_view space) { return text.starts_with(space); });
  return found == kSpaces.end() ? 0 : found->size();
}

auto trim(Arguments arguments, Arena& /*arena*/) -> Value {
  std::string_view text = arguments[0].text();
  while (!text.empty() && space_size(text) > 0) {
    text.remove_prefix(space_size(text));
  }
  while (!text.empty()) {
    std::size_t last = text.size() - 1;
    while (is_utf8_continuation(text[last])) {
      --last;
    }
    if (space_size(text.substr(last)) == 0) {
      break;
    }
    text = text.substr(0, last);
  }
  return Value::string(text);
}

auto reverse(Arguments arguments, Arena& arena) -> Value {
  const std::string_view text = arguments[0].text();
  const std::span<char> result = arena.make_array<char>(text.size());
  if (result.size() < text.size()) {
    return exhausted_error();
  }
  std::size_t end = text.size();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = utf8_size(text[at]);
    end -= size;
    std::copy_n(text.begin() + static_cast<std::ptrdiff_t>(at), size,
                result.begin() + static_cast<std::ptrdiff_t>(end));
    at += size;
  }
  return Value::string({result.data(), result.size()});
}

// A string literal of CEL with this content.
auto quote(Arguments arguments, Arena& arena) -> Value {
  static constexpr std::string_view kEscaped = "\a\b\f\n\r\t\v\\\"";
  static constexpr std::string_view kLetters = "abfnrtv\\\"";
  TextBuilder result(arena);
  result.append('"');
  for (const char byte : arguments[0].text()) {
    const std::size_t escape = kEscaped.find(byte);
    if (escape != std::string_view::npos) {
      result.append('\\');
      result.append(kLetters[escape]);
    } else {
      result.append(byte);
    }
  }
  result.append('"');
  return text_value(result, arena);
}

auto format(Arguments arguments, Arena& arena) -> Value {
  return format_text(arguments[0].text(), arguments[1].as_list(), arena);
}

void add_method(Environment& environment, std::string_view name, std::vector<Type> parameters,
                const Type& result, Value (*call)(Arguments, Arena&)) {
  environment.add_function(name, CallStyle::method, {{std::move(parameters), result, call}});
}

}  // namespace

auto matches_pattern(std::span<const Value> arguments, Arena& arena) -> Value {
  const auto pattern = compile_pattern(arguments[1].text());
  if (!pattern) {
    return Value::error(arena, pattern.error(), {});
  }
  // To compile costs about as much as to match a text of a few kilobytes.
  constexpr std::size_t kStepsToCompile = 100;
  if (!arena.spend(kStepsToCompile + arguments[1].text().size())) {
    return exhausted_error();
  }
  return match_pattern(arguments[0].text(), **pattern, arena);
}

void add_strings(Environment& environment) {
  const Type string = Type::string();
  const Type integer = Type::integer();
  const Type boolean = Type::boolean();
  const Type strings = Type::list(string);
  environment.add_function("matches", CallStyle::global,
                           {{{string, string}, boolean, &matches_pattern}});
  add_method(environment, "matches", {string, string}, boolean, &matches_pattern);
  add_method(environment, "contains", {string, string}, boolean, &contains);
  add_method(environment, "startsWith", {string, string}, boolean, &starts_with);
  add_method(environment, "endsWith", {string, string}, boolean, &ends_with);
  add_method(environment, "charAt", {string, integer}, string, &char_at);
  add_method(environment, "indexOf", {string, string}, integer, &index_of<false>);
  add_method(environment, "indexOf", {string, string, integer}, integer, &index_of<false>);
  add_method(environment, "lastIndexOf", {string, string}, integer, &index_of<true>);
  add_method(environment, "lastIndexOf", {string, string, integer}, integer, &index_of<true>);
  add_method(environment, "join", {strings}, string, &join);
  add_method(environment, "join", {strings, string}, string, &join);
  add_method(environment, "lowerAscii", {string}, string, &change_case<'A', 'Z'>);
  add_method(environment, "upperAscii", {string}, string, &change_case<'a', 'z'>);
  add_method(environment, "replace", {string, string, string}, string, &replace);
  add_method(environment, "replace", {string, string, string, integer}, string, &replace);
  add_method(environment, "split", {string, string}, strings, &split);
  add_method(environment, "split", {string, string, integer}, strings, &split);
  add_method(environment, "substring", {string, integer}, string, &substring);
  add_method(environment, "substring", {string, integer, integer}, string, &substring);
  add_method(environment, "trim", {string}, string, &trim);
  add_method(environment, "reverse", {string}, string, &reverse);
  add_method(environment, "format", {string, Type::list(Type::dyn())}, string, &format);
  environment.add_function("strings.quote", CallStyle::global, {{{string}, string, &quote}});
}

}  // namespace fedgate::cel
