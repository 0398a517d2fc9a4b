#include "rules/cel/literal.h"

#include <cstdint>
#include <optional>

#include "rules/cel/number.h"
#include "rules/cel/unicode.h"

namespace fedgate::cel {
namespace {

// The plain one-letter escapes.
auto simple_escape(char letter) -> std::optional<char> {
  switch (letter) {
    case 'a':
      return '\a';
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'v':
      return '\v';
    case '\\':
    case '?':
    case '"':
    case '\'':
    case '`':
      return letter;
    default:
      return std::nullopt;
  }
}

// How an escape that names a number is written.
struct NumericEscape {
  int base = 16;
  // Where its digits start after the backslash, and how many there are.
  std::size_t offset = 1;
  std::size_t digits = 0;
  // `\u` and `\U`: a code point, never an octet.
  bool code_point = false;
};

auto numeric_escape(char letter) -> std::optional<NumericEscape> {
  switch (letter) {
    case 'x':
    case 'X':
      return NumericEscape{16, 1, 2, false};
    case 'u':
      return NumericEscape{16, 1, 4, true};
    case 'U':
      return NumericEscape{16, 1, 8, true};
    case '0':
    case '1':
    case '2':
    case '3':
      return NumericEscape{8, 0, 3, false};
    default:
      return std::nullopt;
  }
}

class TextDecoder {
 public:
  TextDecoder(std::string_view token, bool is_bytes) : token_(token), is_bytes_(is_bytes) {}

  // The text between `begin` and `end` of the token.
  auto decode(std::size_t begin, std::size_t end) -> Expected<std::string, LiteralError> {
    std::string result;
    std::size_t at = begin;
    while (at < end) {
      const std::size_t backslash = std::min(token_.find('\\', at), end);
      result.append(token_.substr(at, backslash - at));
      at = backslash;
      if (at == end) {
        break;
      }
      const std::optional<std::size_t> size = escape(at, end, result);
      if (!size) {
        return Unexpected{error_};
      }
      at += *size;
    }
    return result;
  }

 private:
  // Decodes the escape at `at` and returns its size; nothing after an error.
  auto escape(std::size_t at, std::size_t end, std::string& result) -> std::optional<std::size_t> {
    const char letter = at + 1 < end ? token_[at + 1] : '\0';
    if (const auto plain = simple_escape(letter)) {
      result.push_back(*plain);
      return 2;
    }
    const auto numeric = numeric_escape(letter);
    if (!numeric) {
      return fail(at, at + 2, "is no escape");
    }
    const std::size_t size = 1 + numeric->offset + numeric->digits;
    if (at + size > end) {
      return fail(at, end, "has too few digits");
    }
    const auto code =
        parse_uint(token_.substr(at + 1 + numeric->offset, numeric->digits), numeric->base);
    if (!code) {
      return fail(at, at + size, "has too few digits");
    }
    if (is_bytes_ && numeric->code_point) {
      return fail(at, at + size, "names a code point, which bytes cannot hold");
    }
    if (is_bytes_) {
      result.push_back(static_cast<char>(*code));
    } else if (!append_utf8(result, *code)) {
      return fail(at, at + size, "is no Unicode character");
    }
    return size;
  }

  auto fail(std::size_t begin, std::size_t end, std::string_view what)
      -> std::optional<std::size_t> {
    // An escape that ends inside a character is shown with the whole character.
    while (end < token_.size() && is_utf8_continuation(token_[end])) {
      ++end;
    }
    error_.span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    error_.message = "`" + std::string(token_.substr(begin, end - begin)) + "` " +
                     std::string(what) + " in a " + (is_bytes_ ? "bytes" : "string") + " literal";
    return std::nullopt;
  }

  std::string_view token_;
  bool is_bytes_;
  LiteralError error_;
};

auto whole_span(std::string_view token) -> Span {
  return {0, static_cast<std::uint32_t>(token.size())};
}

auto range_error(std::string_view token, std::string_view type) -> Unexpected<LiteralError> {
  return Unexpected{LiteralError{
      whole_span(token), "`" + std::string(token) + "` is out of range for " + std::string(type)}};
}

}  // namespace

auto decode_text(std::string_view token) -> Expected<Literal, LiteralError> {
  const std::size_t quote = token.find_first_of("'\"");
  const std::string_view prefix = token.substr(0, quote);
  const bool is_bytes = prefix.find_first_of("bB") != std::string_view::npos;
  const bool is_raw = prefix.find_first_of("rR") != std::string_view::npos;
  // Six quotes or more: `""` followed by a third one cannot be anything else.
  const std::string_view quotes = token.substr(quote);
  const bool is_triple = quotes.size() >= 6 && quotes[1] == quotes[0] && quotes[2] == quotes[0];
  const std::size_t width = is_triple ? 3 : 1;
  const std::size_t begin = quote + width;
  const std::size_t end = token.size() - width;
  std::string decoded;
  if (is_raw) {
    decoded = token.substr(begin, end - begin);
  } else {
    auto text = TextDecoder(token, is_bytes).decode(begin, end);
    if (!text) {
      return Unexpected{text.error()};
    }
    decoded = *std::move(text);
  }
  return is_bytes ? Literal(Octets{std::move(decoded)}) : Literal(std::move(decoded));
}

auto decode_number(std::string_view token) -> Expected<Literal, LiteralError> {
  const bool negative = token.starts_with('-');
  std::string_view digits = token;
  if (negative) {
    // Blanks and comments may stand between; only a line's end ends a comment.
    digits.remove_prefix(1);
    while (digits.find_first_of(" \t\r\n\f/") == 0) {
      digits.remove_prefix(digits.front() == '/' ? digits.find('\n') : 1);
    }
  }
  if (digits.starts_with("0x")) {
    const bool is_uint = digits.ends_with('u') || digits.ends_with('U');
    const auto value = parse_uint(digits.substr(2, digits.size() - 2 - (is_uint ? 1 : 0)), 16);
    const std::uint64_t most = is_uint ? UINT64_MAX : std::uint64_t{INT64_MAX} + (negative ? 1 : 0);
    if (!value || *value > most) {
      return range_error(token, is_uint ? "uint" : "int");
    }
    if (is_uint) {
      return Literal(*value);
    }
    return Literal(static_cast<std::int64_t>(negative ? std::uint64_t{0} - *value : *value));
  }
  if (digits.ends_with('u') || digits.ends_with('U')) {
    const auto value = parse_uint(digits.substr(0, digits.size() - 1), 10);
    return value ? Expected<Literal, LiteralError>(Literal(*value)) : range_error(token, "uint");
  }
  const std::string signed_digits = (negative ? "-" : "") + std::string(digits);
  if (digits.find_first_of(".eE") != std::string_view::npos) {
    const auto value = parse_real(signed_digits);
    return value ? Expected<Literal, LiteralError>(Literal(*value)) : range_error(token, "double");
  }
  const auto value = parse_integer(signed_digits);
  return value ? Expected<Literal, LiteralError>(Literal(*value)) : range_error(token, "int");
}

}  // namespace fedgate::cel
