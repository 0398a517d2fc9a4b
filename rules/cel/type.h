// Type: what the checker of the expression language knows about a value before it exists. A plain
// copyable value of 16 bytes; nothing is allocated, so tables of fields may be built anywhere.
//
// The keys of CEL maps are simple (bool, int, uint, string), hence every type is a chain of
// wrappers (list, map with a key kind, optional) around one leaf. The chain has room for
// kMaxWrappers wrappers; what lies deeper is dyn, so that `[[[[…]]]]` stays legal.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace fedgate::cel {

struct RecordType;

// The kinds of values and types. `dyn` is no kind of a value; `number` and the parameters only
// occur in signatures of functions: `number` stands for int, uint or double, a parameter for
// any type, the same wherever it stands.
enum class Kind : std::uint8_t {
  dyn,
  null,
  boolean,
  integer,
  uint,
  real,
  string,
  bytes,
  timestamp,
  duration,
  type,
  list,
  map,
  optional,
  record,
  ip,
  cidr,
  error,
  number,
  param_a,
  param_b,
};

[[nodiscard]] constexpr auto is_number(Kind kind) -> bool {
  return kind == Kind::integer || kind == Kind::uint || kind == Kind::real;
}

class Type {
 public:
  static constexpr std::size_t kMaxWrappers = 6;

  // The default is dyn: a type that is only known at run time.
  constexpr Type() = default;

  [[nodiscard]] static constexpr auto dyn() -> Type { return {}; }
  [[nodiscard]] static constexpr auto null() -> Type { return Type(Kind::null); }
  [[nodiscard]] static constexpr auto boolean() -> Type { return Type(Kind::boolean); }
  [[nodiscard]] static constexpr auto integer() -> Type { return Type(Kind::integer); }
  [[nodiscard]] static constexpr auto uint() -> Type { return Type(Kind::uint); }
  [[nodiscard]] static constexpr auto real() -> Type { return Type(Kind::real); }
  [[nodiscard]] static constexpr auto string() -> Type { return Type(Kind::string); }
  [[nodiscard]] static constexpr auto bytes() -> Type { return Type(Kind::bytes); }
  [[nodiscard]] static constexpr auto timestamp() -> Type { return Type(Kind::timestamp); }
  [[nodiscard]] static constexpr auto duration() -> Type { return Type(Kind::duration); }
  [[nodiscard]] static constexpr auto type() -> Type { return Type(Kind::type); }
  [[nodiscard]] static constexpr auto ip() -> Type { return Type(Kind::ip); }
  [[nodiscard]] static constexpr auto cidr() -> Type { return Type(Kind::cidr); }
  // The type of an expression that has been reported already: it fits everywhere.
  [[nodiscard]] static constexpr auto error() -> Type { return Type(Kind::error); }
  [[nodiscard]] static constexpr auto number() -> Type { return Type(Kind::number); }
  [[nodiscard]] static constexpr auto param_a() -> Type { return Type(Kind::param_a); }
  [[nodiscard]] static constexpr auto param_b() -> Type { return Type(Kind::param_b); }

  [[nodiscard]] static constexpr auto list(const Type& element) -> Type {
    return element.wrapped(Kind::list, Kind::dyn);
  }
  // Only the kind of `key` counts; other kinds than bool, int, uint, string and the parameters
  // cannot be keys and are taken as dyn.
  [[nodiscard]] static constexpr auto map(const Type& key, const Type& value) -> Type {
    return value.wrapped(Kind::map, key.kind());
  }
  [[nodiscard]] static constexpr auto optional(const Type& inner) -> Type {
    return inner.wrapped(Kind::optional, Kind::dyn);
  }
  // `record` must outlive every program that is compiled against it.
  [[nodiscard]] static constexpr auto record(const RecordType* record) -> Type {
    Type result(Kind::record);
    result.record_ = record;
    return result;
  }
  // A type that is nothing but its kind: for leaves only.
  [[nodiscard]] static constexpr auto simple(Kind leaf) -> Type { return Type(leaf); }

  // The outermost kind: list for list(map(…)).
  [[nodiscard]] constexpr auto kind() const -> Kind {
    return depth_ == 0 ? leaf_ : wrapper_kind(wrappers_[0]);
  }
  [[nodiscard]] constexpr auto is(Kind kind) const -> bool { return this->kind() == kind; }
  // What a list, a map or an optional holds (a map: its values); dyn for every other type.
  [[nodiscard]] constexpr auto inner() const -> Type {
    if (depth_ == 0) {
      return dyn();
    }
    Type result = *this;
    --result.depth_;
    for (std::size_t i = 0; i + 1 < kMaxWrappers; ++i) {
      result.wrappers_[i] = wrappers_[i + 1];
    }
    result.wrappers_[kMaxWrappers - 1] = 0;
    return result;
  }
  // The type of a map's keys; dyn for every other type.
  [[nodiscard]] constexpr auto key() const -> Type {
    return kind() == Kind::map ? Type(wrapper_key(wrappers_[0])) : dyn();
  }
  // The record of a record type; null for every other type.
  [[nodiscard]] constexpr auto record_type() const -> const RecordType* {
    return depth_ == 0 ? record_ : nullptr;
  }

  [[nodiscard]] friend constexpr auto operator==(const Type& left, const Type& right)
      -> bool = default;

 private:
  explicit constexpr Type(Kind leaf) : leaf_(leaf) {}

  [[nodiscard]] static constexpr auto wrapper_kind(std::uint8_t wrapper) -> Kind {
    return static_cast<Kind>(static_cast<std::uint8_t>(Kind::list) + (wrapper & 3U));
  }
  [[nodiscard]] static constexpr auto wrapper_key(std::uint8_t wrapper) -> Kind {
    return static_cast<Kind>(wrapper >> 2U);
  }
  [[nodiscard]] static constexpr auto is_key(Kind kind) -> bool {
    return kind == Kind::boolean || kind == Kind::integer || kind == Kind::uint ||
           kind == Kind::string || kind == Kind::param_a || kind == Kind::param_b;
  }
  [[nodiscard]] constexpr auto wrapped(Kind wrapper, Kind key) const -> Type {
    Type result = depth_ < kMaxWrappers ? *this : truncated();
    for (std::size_t i = kMaxWrappers - 1; i > 0; --i) {
      result.wrappers_[i] = result.wrappers_[i - 1];
    }
    const auto offset = static_cast<unsigned>(wrapper) - static_cast<unsigned>(Kind::list);
    const auto key_bits = static_cast<unsigned>(is_key(key) ? key : Kind::dyn) << 2U;
    result.wrappers_[0] = static_cast<std::uint8_t>(key_bits | offset);
    ++result.depth_;
    return result;
  }
  // The same chain with its innermost wrapper and leaf replaced by dyn.
  [[nodiscard]] constexpr auto truncated() const -> Type {
    Type result = *this;
    --result.depth_;
    result.wrappers_[result.depth_] = 0;
    result.leaf_ = Kind::dyn;
    result.record_ = nullptr;
    return result;
  }

  Kind leaf_ = Kind::dyn;
  std::uint8_t depth_ = 0;
  std::array<std::uint8_t, kMaxWrappers> wrappers_{};
  const RecordType* record_ = nullptr;
};

// The name as it stands in messages: `list(string)`, `map(string, dyn)`, `timestamp`, a record by
// its own name.
[[nodiscard]] auto to_string(const Type& type) -> std::string;

}  // namespace fedgate::cel
