// How entities and structures of the spec become records of the expression language. Fields of the
// spec come from the field table (schema/fields.h) by themselves; each entity adds its facts in its
// own file of this folder with add_fact(). Included by those files only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "rules/cel/record.h"
#include "rules/entities.h"
#include "schema/base/seconds.h"
#include "schema/fields.h"
#include "schema/scalar.h"

namespace fedgate::rules {

// The record type of T, made when it is first asked for, then immutable. The primary template
// serves structures of the spec; what has facts is specialized below, and in its own file where no
// other file names it. A record must not contain its own type, however deep.
template <typename T>
[[nodiscard]] auto record_of() -> const cel::RecordType&;

template <>
[[nodiscard]] auto record_of<PartnerEntity>() -> const cel::RecordType&;
template <>
[[nodiscard]] auto record_of<CertificateEntity>() -> const cel::RecordType&;
template <>
[[nodiscard]] auto record_of<ZoneEntity>() -> const cel::RecordType&;
template <>
[[nodiscard]] auto record_of<RecordEntity>() -> const cel::RecordType&;
template <>
[[nodiscard]] auto record_of<DomainEntity>() -> const cel::RecordType&;
template <>
[[nodiscard]] auto record_of<GatewayEntity>() -> const cel::RecordType&;
template <>
[[nodiscard]] auto record_of<World>() -> const cel::RecordType&;
template <>
[[nodiscard]] auto record_of<RequiredName>() -> const cel::RecordType&;
template <>
[[nodiscard]] auto record_of<x509::Certificate>() -> const cel::RecordType&;
template <>
[[nodiscard]] auto record_of<IssuedFacts>() -> const cel::RecordType&;
template <>
[[nodiscard]] auto record_of<RequestFacts>() -> const cel::RecordType&;
template <>
[[nodiscard]] auto record_of<posh::Document>() -> const cel::RecordType&;

// The structure of the spec that an entity stands for; any other structure is its own.
template <typename T>
[[nodiscard]] auto spec_of(const T& object) -> const auto& {
  if constexpr (requires { *object.spec; }) {
    return *object.spec;
  } else {
    return object;
  }
}

template <typename T>
using SpecOf = std::remove_cvref_t<decltype(spec_of(std::declval<const T&>()))>;

template <typename T>
struct IsList : std::false_type {};
template <typename T>
struct IsList<std::vector<T>> : std::true_type {
  using Item = T;
};

// What an item of a list is once its place in the spec, or the way to it, is left out.
template <typename T>
struct Bare {
  using Type = T;
};
template <typename T>
struct Bare<spec::Located<T>> {
  using Type = T;
};
template <typename T>
struct Bare<const T*> {
  using Type = T;
};

// A copy of the text that lives as long as the evaluation.
[[nodiscard]] inline auto owned_text(std::string_view text, cel::Arena& arena) -> cel::Value {
  const std::string_view copy = arena.copy(text);
  return copy.data() == nullptr ? cel::exhausted_error() : cel::Value::string(copy);
}

// Midnight UTC, at which a day begins.
[[nodiscard]] inline auto date_value(const value::Date& date) -> cel::Value {
  return cel::Value::timestamp(date.days_since_epoch() * kSecondsPerDay);
}

// The type that values of T have in expressions: enumerations and names are strings, dates are
// timestamps, structures are records.
template <typename T>
[[nodiscard]] auto type_of() -> cel::Type {
  using cel::Type;
  if constexpr (std::is_same_v<T, bool>) {
    return Type::boolean();
  } else if constexpr (std::is_integral_v<T>) {
    return Type::integer();
  } else if constexpr (std::is_same_v<T, value::Date> || std::is_same_v<T, x509::Time>) {
    return Type::timestamp();
  } else if constexpr (std::is_same_v<T, value::Duration>) {
    return Type::duration();
  } else if constexpr (spec::IsScalar<T> || std::is_enum_v<T> || std::is_same_v<T, std::string> ||
                       std::is_same_v<T, std::string_view>) {
    return Type::string();
  } else if constexpr (IsList<T>::value) {
    return Type::list(type_of<typename Bare<typename IsList<T>::Item>::Type>());
  } else {
    return Type::record(&record_of<T>());
  }
}

template <typename T>
[[nodiscard]] auto item_value(const T& item, cel::Arena& arena) -> cel::Value;

// The value of something that outlives the evaluation.
template <typename T>
[[nodiscard]] auto to_value(const T& item, cel::Arena& arena) -> cel::Value {
  using cel::Value;
  if constexpr (std::is_same_v<T, bool>) {
    return Value::boolean(item);
  } else if constexpr (std::is_integral_v<T>) {
    return Value::integer(item);
  } else if constexpr (std::is_enum_v<T>) {
    return Value::string(word(item));
  } else if constexpr (std::is_same_v<T, value::Date>) {
    return date_value(item);
  } else if constexpr (std::is_same_v<T, x509::Time>) {
    return Value::timestamp(item.seconds);
  } else if constexpr (std::is_same_v<T, value::Duration>) {
    return Value::duration(item.seconds());
  } else if constexpr (std::is_same_v<T, value::DnsName>) {
    return Value::string(item.ascii());
  } else if constexpr (std::is_same_v<T, value::DnsPattern>) {
    return item.is_wildcard() ? owned_text(item.ascii(), arena)
                              : Value::string(item.name().ascii());
  } else if constexpr (std::is_same_v<T, value::Address>) {
    return owned_text(item.to_text(), arena);
  } else if constexpr (spec::IsScalar<T>) {
    return Value::string(item.text());
  } else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, std::string_view>) {
    return Value::string(item);
  } else if constexpr (IsList<T>::value) {
    return cel::list_of<&item_value<typename IsList<T>::Item>>(item, arena);
  } else {
    return Value::record(&record_of<T>(), &item);
  }
}

// Of a fact that is known, null where it is absent.
[[nodiscard]] inline auto presence_where(bool is_known, const void* fact) -> cel::Presence {
  if (!is_known) {
    return cel::Presence::unknown;
  }
  return fact != nullptr ? cel::Presence::present : cel::Presence::absent;
}

template <typename T>
inline constexpr bool kIsOptional = false;
template <typename T>
inline constexpr bool kIsOptional<std::optional<T>> = true;

template <typename T>
inline constexpr bool kIsLocated = false;
template <typename T>
inline constexpr bool kIsLocated<spec::Located<T>> = true;

template <typename T>
auto item_value(const T& item, cel::Arena& arena) -> cel::Value {
  if constexpr (kIsLocated<T>) {
    return to_value(item.value, arena);
  } else if constexpr (std::is_pointer_v<T>) {
    return to_value(*item, arena);
  } else {
    return to_value(item, arena);
  }
}

template <typename T>
[[nodiscard]] auto as(const void* object) -> const T& {
  return *static_cast<const T*>(object);
}

// The readers of the field with number I in the field table.
template <typename T, std::size_t I>
struct SpecField {
  static auto located(const void* object) -> const auto& {
    return spec_of(as<T>(object)).*std::get<I>(spec::kFields<SpecOf<T>>).member;
  }
  static auto get(const void* object, cel::Arena& arena) -> cel::Value {
    const auto& field = located(object);
    return field.is_known() ? to_value(field.value, arena) : cel::unknown_error();
  }
  static auto presence(const void* object) -> cel::Presence {
    const auto& field = located(object);
    if (!field.is_known()) {
      return cel::Presence::unknown;
    }
    return field.present() ? cel::Presence::present : cel::Presence::absent;
  }
  static auto locate(const void* object) -> source::Span { return located(object).where; }
};

template <typename T, std::size_t I>
void add_spec_field(cel::RecordType& type) {
  using Struct = SpecOf<T>;
  constexpr const auto& kField = std::get<I>(spec::kFields<Struct>);
  using Member = std::remove_cvref_t<decltype((std::declval<Struct>().*kField.member).value)>;
  // A list that is not given is empty; everything else that may be missing is asked for with has().
  const bool is_always_there =
      kField.about.required || !kField.about.fallback.empty() || IsList<Member>::value;
  type.fields.push_back({std::string(kField.key), type_of<Member>(), &SpecField<T, I>::get,
                         is_always_there ? nullptr : &SpecField<T, I>::presence,
                         std::string(kField.about.description), &SpecField<T, I>::locate});
}

// The record of the spec's own fields, named as the spec names the structure.
template <typename T>
[[nodiscard]] auto spec_record() -> cel::RecordType {
  using Struct = SpecOf<T>;
  const spec::EntityAbout& about = spec::kEntity<Struct>;
  cel::RecordType type{std::string(about.kind.empty() ? about.phrase : about.kind), {}};
  [&]<std::size_t... I>(std::index_sequence<I...>) { (add_spec_field<T, I>(type), ...); }
  (std::make_index_sequence<
      std::tuple_size_v<std::remove_const_t<decltype(spec::kFields<Struct>)>>>());
  return type;
}

template <typename T>
auto record_of() -> const cel::RecordType& {
  static const cel::RecordType kType = spec_record<T>();
  return kType;
}

// Adds a fact. `Get` is a lambda without captures from `const T&` to the fact, whose type in
// expressions follows from what it returns:
//   - by value: a number, truth, enumeration with word(), date, or a std::string, which is copied;
//   - a std::string_view or a reference: something that outlives the evaluation;
//   - a pointer: the same, and null where the fact is absent, which `has()` tells;
//   - an optional: by value, and none where the fact is not known.
// The reference to the field, for more to be set, holds until the next field is added.
template <typename T, typename Get>
auto add_fact(cel::RecordType& type, std::string name, std::string description, Get)
    -> cel::Field& {
  using Result = std::invoke_result_t<Get, const T&>;
  static_assert(std::is_empty_v<Get>, "a reader of a fact is a plain function");
  cel::Field field;
  field.name = std::move(name);
  field.description = std::move(description);
  if constexpr (std::is_pointer_v<Result>) {
    field.type = type_of<std::remove_cvref_t<std::remove_pointer_t<Result>>>();
    field.get = [](const void* object, cel::Arena& arena) {
      return to_value(*Get{}(as<T>(object)), arena);
    };
    field.presence = [](const void* object) { return presence_where(true, Get{}(as<T>(object))); };
  } else if constexpr (kIsOptional<Result>) {
    field.type = type_of<typename Result::value_type>();
    field.get = [](const void* object, cel::Arena& arena) {
      const Result fact = Get{}(as<T>(object));
      return fact ? to_value(*fact, arena) : cel::unknown_error();
    };
  } else {
    using Plain = std::remove_cvref_t<Result>;
    static_assert(std::is_reference_v<Result> || !IsList<Plain>::value, "a list must outlive");
    field.type = type_of<Plain>();
    field.get = [](const void* object, cel::Arena& arena) -> cel::Value {
      if constexpr (std::is_same_v<Result, std::string>) {
        return owned_text(Get{}(as<T>(object)), arena);
      } else {
        return to_value<Plain>(Get{}(as<T>(object)), arena);
      }
    };
  }
  type.fields.push_back(std::move(field));
  return type.fields.back();
}

}  // namespace fedgate::rules
