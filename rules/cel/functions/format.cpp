// `format` of the strings extension: the clauses %s %d %f %e %x %X %o %b %%, of which f and e take
// a precision.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

#include "rules/cel/functions/library.h"
#include "rules/cel/functions/text_builder.h"
#include "rules/cel/kind_name.h"
#include "rules/cel/number.h"

namespace fedgate::cel {
namespace {

constexpr std::size_t kDefaultPrecision = 6;
constexpr std::size_t kMostPrecision = 100;

// A clause after its percent sign.
struct Clause {
  char verb = '\0';
  std::size_t precision = kDefaultPrecision;
};

class Formatter {
 public:
  explicit Formatter(Arena& arena) : arena_(arena), result_(arena) {}

  auto format(std::string_view text, const ListView& arguments) -> Value;

 private:
  // Each appends the value, or sets the error.
  void append_clause(const Clause& clause, const Value& value);
  void append_string(const Value& value, TextBuilder& out);
  void append_list(const ListView& list, TextBuilder& out);
  void append_map(const MapView& map, TextBuilder& out);
  void append_decimal(const Value& value);
  void append_real(const Clause& clause, const Value& value);
  void append_integer(const Value& value, int base, bool upper);
  void append_hex_octets(std::string_view octets, bool upper);
  void fail(std::string_view clause, const Value& value) {
    error_ = Value::error(arena_, clause, " cannot format ", kind_name(value.kind()));
  }

  Arena& arena_;
  TextBuilder result_;
  Value error_;
};

// Reads a clause from the front of `text`, which is behind the percent sign.
auto read_clause(std::string_view& text) -> Clause {
  Clause clause;
  if (text.starts_with('.')) {
    std::size_t end = 1;
    while (end < text.size() && text[end] >= '0' && text[end] <= '9') {
      ++end;
    }
    const auto precision = parse_uint(text.substr(1, end - 1), 10);
    if (!precision || *precision > kMostPrecision) {
      return {};
    }
    clause.precision = *precision;
    text.remove_prefix(end);
  }
  if (!text.empty()) {
    clause.verb = text.front();
    text.remove_prefix(1);
  }
  return clause;
}

auto Formatter::format(std::string_view text, const ListView& arguments) -> Value {
  std::size_t next = 0;
  while (!text.empty() && !error_.is_error() && !arena_.exhausted()) {
    const std::size_t percent = std::min(text.find('%'), text.size());
    result_.append(text.substr(0, percent));
    text.remove_prefix(percent);
    if (text.empty()) {
      break;
    }
    text.remove_prefix(1);
    const Clause clause = read_clause(text);
    if (clause.verb == '%') {
      result_.append('%');
      continue;
    }
    if (clause.verb == '\0' ||
        std::string_view("sdfexXob").find(clause.verb) == std::string_view::npos) {
      return Value::error("the format has an unknown clause");
    }
    if (next >= arguments.size) {
      return Value::error("the format has more clauses than there are arguments");
    }
    append_clause(clause, arguments.at(arguments.data, next++, arena_));
  }
  if (arena_.exhausted()) {
    return exhausted_error();
  }
  return error_.is_error() ? error_ : Value::string(result_.text());
}

void Formatter::append_clause(const Clause& clause, const Value& value) {
  const char verb = clause.verb;
  if (value.is_error()) {
    error_ = value;
  } else if (verb == 's') {
    append_string(value, result_);
  } else if (verb == 'd') {
    append_decimal(value);
  } else if (verb == 'f' || verb == 'e') {
    append_real(clause, value);
  } else if (verb == 'o') {
    append_integer(value, 8, false);
  } else if (verb == 'b') {
    append_integer(value, 2, false);
  } else if (value.is(Kind::string) || value.is(Kind::bytes)) {
    append_hex_octets(value.text(), verb == 'X');
  } else {
    append_integer(value, 16, verb == 'X');
  }
}

void Formatter::append_string(const Value& value, TextBuilder& out) {
  if (!arena_.enter_level()) {
    return;
  }
  NumberBuffer buffer;
  if (value.is(Kind::list)) {
    append_list(value.as_list(), out);
  } else if (value.is(Kind::map)) {
    append_map(value.as_map(), out);
  } else if (value.is(Kind::null)) {
    out.append("null");
  } else if (value.is(Kind::type) || value.is(Kind::bytes)) {
    out.append(value.text());
  } else if (value.is(Kind::real)) {
    out.append(format_real_plain(value.as_real(), buffer));
  } else {
    const Value text = to_cel_string(value, arena_);
    if (text.is_error()) {
      fail("%s", value);
    } else {
      out.append(text.text());
    }
  }
  arena_.leave_level();
}

void Formatter::append_list(const ListView& list, TextBuilder& out) {
  out.append('[');
  for (std::size_t i = 0; i < list.size && arena_.spend(1); ++i) {
    out.append(i == 0 ? "" : ", ");
    append_string(list.at(list.data, i, arena_), out);
  }
  out.append(']');
}

void Formatter::append_map(const MapView& map, TextBuilder& out) {
  struct Entry {
    std::string_view key;
    std::string_view value;
  };
  const std::span<Entry> entries = arena_.make_array<Entry>(map.size);
  if (entries.size() < map.size || !arena_.spend(map.size)) {
    return;
  }
  for (std::size_t i = 0; i < map.size; ++i) {
    TextBuilder key(arena_);
    append_string(map.key_at(map.data, i, arena_), key);
    TextBuilder value(arena_);
    append_string(map.value_at(map.data, i, arena_), value);
    entries[i] = {key.text(), value.text()};
  }
  std::sort(entries.begin(), entries.end(),
            [](const Entry& left, const Entry& right) { return left.key < right.key; });
  out.append('{');
  for (std::size_t i = 0; i < entries.size(); ++i) {
    out.append(i == 0 ? "" : ", ");
    out.append(entries[i].key);
    out.append(": ");
    out.append(entries[i].value);
  }
  out.append('}');
}

void Formatter::append_decimal(const Value& value) {
  if (value.is(Kind::real)) {
    append_string(value, result_);
  } else {
    append_integer(value, 10, false);
  }
}

void Formatter::append_real(const Clause& clause, const Value& value) {
  double real = 0;
  if (value.is(Kind::real)) {
    real = value.as_real();
  } else if (value.is(Kind::integer)) {
    real = static_cast<double>(value.as_integer());
  } else if (value.is(Kind::uint)) {
    real = static_cast<double>(value.as_uint());
  } else {
    fail(clause.verb == 'f' ? "%f" : "%e", value);
    return;
  }
  if (!std::isfinite(real)) {
    NumberBuffer named;
    result_.append(format_real_plain(real, named));
    return;
  }
  // 309 digits before the point are the most that there can be.
  std::array<char, 320 + kMostPrecision> buffer;
  const auto style = clause.verb == 'f' ? std::chars_format::fixed : std::chars_format::scientific;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), real, style,
                                 static_cast<int>(clause.precision));
  result_.append({buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data())});
}

void Formatter::append_integer(const Value& value, int base, bool upper) {
  // A sign and 64 binary digits.
  std::array<char, 65> buffer;
  char* const first = buffer.data();
  char* const last = first + buffer.size();
  char* end = first;
  if (value.is(Kind::integer)) {
    end = std::to_chars(first, last, value.as_integer(), base).ptr;
  } else if (value.is(Kind::uint)) {
    end = std::to_chars(first, last, value.as_uint(), base).ptr;
  } else if (value.is(Kind::boolean) && base == 2) {
    *end++ = value.as_boolean() ? '1' : '0';
  } else {
    fail(base == 10 ? "%d" : base == 16 ? "%x" : base == 8 ? "%o" : "%b", value);
    return;
  }
  if (upper) {
    std::transform(first, end, first, [](char digit) {
      return digit >= 'a' ? static_cast<char>(digit - 'a' + 'A') : digit;
    });
  }
  result_.append({first, static_cast<std::size_t>(end - first)});
}

void Formatter::append_hex_octets(std::string_view octets, bool upper) {
  const std::string_view digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
  for (const char octet : octets) {
    result_.append(digits[static_cast<unsigned char>(octet) >> 4U]);
    result_.append(digits[static_cast<unsigned char>(octet) & 0x0FU]);
  }
}

}  // namespace

auto format_text(std::string_view format, const ListView& arguments, Arena& arena) -> Value {
  return Formatter(arena).format(format, arguments);
}

}  // namespace fedgate::cel
