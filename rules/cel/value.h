// Value: what an expression works on and results in. 24 bytes, trivially copyable; strings, lists,
// maps and records point to memory that somebody else owns and that must outlive the value: the
// host's model, a program's constants, or the Arena of the evaluation. An error is a value too.
//
// A host exposes its own containers without a copy through ListView and MapView; list_of() makes
// the view of a std::vector.
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/cel/arena.h"
#include "rules/cel/type.h"

namespace fedgate::cel {

class Value;

// A list that lives elsewhere. `at` is called with index < size.
struct ListView {
  const void* data;
  std::size_t size;
  Value (*at)(const void* data, std::size_t index, Arena& arena);
};

// A map that lives elsewhere: entry by entry in a fixed order, and by key. Keys are bool, int, uint
// or string, each once, where an int and a uint of the same number count as the same key. `find`
// may be null (then the entries are searched); it is called with a key of these four kinds.
struct MapView {
  const void* data;
  std::size_t size;
  Value (*key_at)(const void* data, std::size_t index, Arena& arena);
  Value (*value_at)(const void* data, std::size_t index, Arena& arena);
  auto(*find)(const void* data, const Value& key, Arena& arena) -> std::optional<Value>;
};

class Value {
 public:
  // null
  constexpr Value() = default;

  [[nodiscard]] static constexpr auto null() -> Value { return {}; }
  [[nodiscard]] static constexpr auto boolean(bool value) -> Value {
    Value result(Kind::boolean);
    result.payload_.boolean = value;
    return result;
  }
  [[nodiscard]] static constexpr auto integer(std::int64_t value) -> Value {
    Value result(Kind::integer);
    result.payload_.integer = value;
    return result;
  }
  [[nodiscard]] static constexpr auto uint(std::uint64_t value) -> Value {
    Value result(Kind::uint);
    result.payload_.uint = value;
    return result;
  }
  [[nodiscard]] static constexpr auto real(double value) -> Value {
    Value result(Kind::real);
    result.payload_.real = value;
    return result;
  }
  // `text` is valid UTF-8.
  [[nodiscard]] static constexpr auto string(std::string_view text) -> Value {
    return text_of(Kind::string, text);
  }
  [[nodiscard]] static constexpr auto bytes(std::string_view octets) -> Value {
    return text_of(Kind::bytes, octets);
  }
  // `seconds` since 1970-01-01T00:00:00Z plus 0 to 999,999,999 `nanos`. An error value outside
  // the years 1 to 9999.
  [[nodiscard]] static auto timestamp(std::int64_t seconds, std::int32_t nanos = 0) -> Value;
  // An error value where the sum does not fit a count of nanoseconds in 64 bits (about 292 years).
  [[nodiscard]] static auto duration(std::int64_t seconds, std::int64_t nanos = 0) -> Value;
  [[nodiscard]] static constexpr auto duration_nanos(std::int64_t nanos) -> Value {
    Value result(Kind::duration);
    result.payload_.integer = nanos;
    return result;
  }
  // A type as a value, by its name: `int`, `list`, `google.protobuf.Timestamp`.
  [[nodiscard]] static constexpr auto type(std::string_view name) -> Value {
    return text_of(Kind::type, name);
  }
  [[nodiscard]] static constexpr auto list(const ListView* view) -> Value {
    Value result(Kind::list);
    result.payload_.pointer = view;
    return result;
  }
  [[nodiscard]] static constexpr auto map(const MapView* view) -> Value {
    Value result(Kind::map);
    result.payload_.pointer = view;
    return result;
  }
  // `object` is handed to the field readers of `type` as it is.
  [[nodiscard]] static constexpr auto record(const RecordType* type, const void* object) -> Value {
    Value result(Kind::record);
    result.payload_.pointer = object;
    result.extra_.record = type;
    return result;
  }
  // An optional that holds `*inner`, or nothing (null pointer).
  [[nodiscard]] static constexpr auto optional(const Value* inner) -> Value {
    Value result(Kind::optional);
    result.payload_.pointer = inner;
    return result;
  }
  // An address of `family` 4 or 6 in network order; IPv4 in the mapped form ::ffff:a.b.c.d.
  [[nodiscard]] static auto ip(const std::array<std::uint8_t, 16>& address, std::uint8_t family)
      -> Value;
  [[nodiscard]] static auto cidr(const std::array<std::uint8_t, 16>& address, std::uint8_t family,
                                 std::uint8_t prefix_length) -> Value;
  // `message` as in findings: lower case, no final period. It must outlive the value; see the
  // overload for a message that is put together.
  [[nodiscard]] static constexpr auto error(std::string_view message) -> Value {
    return text_of(Kind::error, message);
  }
  // The message is `first` + `second` + `third`, kept in the arena.
  [[nodiscard]] static auto error(Arena& arena, std::string_view first, std::string_view second,
                                  std::string_view third = {}) -> Value;

  [[nodiscard]] constexpr auto kind() const -> Kind { return kind_; }
  [[nodiscard]] constexpr auto is(Kind kind) const -> bool { return kind_ == kind; }
  [[nodiscard]] constexpr auto is_error() const -> bool { return kind_ == Kind::error; }
  [[nodiscard]] constexpr auto is_true() const -> bool {
    return kind_ == Kind::boolean && payload_.boolean;
  }
  [[nodiscard]] constexpr auto is_false() const -> bool {
    return kind_ == Kind::boolean && !payload_.boolean;
  }

  // Each accessor asks for the kind in its name.
  [[nodiscard]] constexpr auto as_boolean() const -> bool {
    assert(is(Kind::boolean));
    return payload_.boolean;
  }
  [[nodiscard]] constexpr auto as_integer() const -> std::int64_t {
    assert(is(Kind::integer));
    return payload_.integer;
  }
  [[nodiscard]] constexpr auto as_uint() const -> std::uint64_t {
    assert(is(Kind::uint));
    return payload_.uint;
  }
  [[nodiscard]] constexpr auto as_real() const -> double {
    assert(is(Kind::real));
    return payload_.real;
  }
  // The text of a string, the octets of bytes, the name of a type, the message of an error.
  [[nodiscard]] constexpr auto text() const -> std::string_view {
    assert(is(Kind::string) || is(Kind::bytes) || is(Kind::type) || is(Kind::error));
    return {payload_.text, extra_.size};
  }
  [[nodiscard]] constexpr auto timestamp_seconds() const -> std::int64_t {
    assert(is(Kind::timestamp));
    return payload_.integer;
  }
  [[nodiscard]] constexpr auto timestamp_nanos() const -> std::int32_t {
    assert(is(Kind::timestamp));
    return extra_.nanos;
  }
  [[nodiscard]] constexpr auto duration_nanos() const -> std::int64_t {
    assert(is(Kind::duration));
    return payload_.integer;
  }
  [[nodiscard]] auto as_list() const -> const ListView& {
    assert(is(Kind::list));
    return *static_cast<const ListView*>(payload_.pointer);
  }
  [[nodiscard]] auto as_map() const -> const MapView& {
    assert(is(Kind::map));
    return *static_cast<const MapView*>(payload_.pointer);
  }
  // Null where the optional is empty.
  [[nodiscard]] auto optional_inner() const -> const Value* {
    assert(is(Kind::optional));
    return static_cast<const Value*>(payload_.pointer);
  }
  [[nodiscard]] constexpr auto record_type() const -> const RecordType* {
    assert(is(Kind::record));
    return extra_.record;
  }
  [[nodiscard]] constexpr auto object() const -> const void* {
    assert(is(Kind::record));
    return payload_.pointer;
  }
  // Of an ip or a cidr.
  [[nodiscard]] auto address() const -> std::array<std::uint8_t, 16>;
  [[nodiscard]] auto address_family() const -> std::uint8_t;
  [[nodiscard]] auto prefix_length() const -> std::uint8_t;

 private:
  explicit constexpr Value(Kind kind) : kind_(kind) {}
  [[nodiscard]] static constexpr auto text_of(Kind kind, std::string_view text) -> Value {
    Value result(kind);
    result.payload_.text = text.data();
    result.extra_.size = text.size();
    return result;
  }

  union Payload {
    std::uint64_t uint;
    std::int64_t integer;
    bool boolean;
    double real;
    const char* text;
    const void* pointer;
  };
  union Extra {
    std::size_t size;
    std::int32_t nanos;
    const RecordType* record;
    std::uint64_t bits;
  };

  Kind kind_ = Kind::null;
  // Of an address: its family, and of a cidr the length of its prefix.
  std::uint8_t family_ = 0;
  std::uint8_t prefix_ = 0;
  Payload payload_{0};
  Extra extra_{0};
};

static_assert(sizeof(Value) == 24);

// The error of an evaluation whose memory or steps ran out.
[[nodiscard]] auto exhausted_error() -> Value;

// The error of a value that the host could not find out. As with any error, `||` and `&&` do
// without it where the other side decides; what CEL's partial evaluation calls unknown.
[[nodiscard]] auto unknown_error() -> Value;
[[nodiscard]] auto is_unknown(const Value& value) -> bool;

// A list over `items`, whose elements `Convert` turns into values one at a time:
//   list_of<&to_value>(partner.additional_domains, arena)
// with `auto to_value(const DnsName& name, Arena&) -> Value`. `items` must outlive the value.
template <auto Convert, typename T>
[[nodiscard]] auto list_of(const std::vector<T>& items, Arena& arena) -> Value {
  const auto at = [](const void* data, std::size_t index, Arena& memory) -> Value {
    return Convert((*static_cast<const std::vector<T>*>(data))[index], memory);
  };
  const auto* view = arena.make<ListView>(&items, items.size(), at);
  return view == nullptr ? exhausted_error() : Value::list(view);
}

// A list over values that outlive it.
[[nodiscard]] auto list_of_values(std::span<const Value> items, Arena& arena) -> Value;

// A map of the given entries, which must outlive it. An error value where a key is not bool, int,
// uint or string, or where two keys are equal. Iteration keeps the order of the entries.
struct MapEntry {
  Value key;
  Value value;
};
[[nodiscard]] auto map_of_entries(std::span<const MapEntry> entries, Arena& arena) -> Value;

// The text of a value in messages for people: strings and numbers bare, lists as `a, b, c`, maps as
// `key: value, …`, timestamps at midnight UTC as YYYY-MM-DD and else as RFC 3339, durations in
// their largest whole unit (`90s`, `10m`, `8h`, `199d`), an empty optional as ``, a record as its
// name, an error as its message.
[[nodiscard]] auto to_display(const Value& value) -> std::string;

}  // namespace fedgate::cel
