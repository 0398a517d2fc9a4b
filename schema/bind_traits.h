// What the binder asks about the types of the field table. Private to schema.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

#include "schema/fields.h"
#include "schema/located.h"

namespace fedgate::spec {

template <typename T>
struct IsVector : std::false_type {};
template <typename T>
struct IsVector<std::vector<T>> : std::true_type {};

template <typename T>
struct IsLocated : std::false_type {};
template <typename T>
struct IsLocated<Located<T>> : std::true_type {};

template <typename T>
concept HasSound = requires(T entity) {
  entity.sound;
};

// The keys of a structure, in the order of the table.
template <typename Struct>
constexpr auto kKeys = [] {
  std::array<std::string_view, std::tuple_size_v<std::remove_const_t<decltype(kFields<Struct>)>>>
      keys{};
  std::size_t next = 0;
  for_each_field<Struct>([&](const auto& field) { keys[next++] = field.key; });
  return keys;
}();

// Whether an absent structure stands for one with all its defaults.
template <typename Struct>
constexpr bool kDefaultsItself = [] {
  bool has_fallback = false;
  bool has_required = false;
  for_each_field<Struct>([&](const auto& field) {
    has_fallback = has_fallback || !field.about.fallback.empty();
    has_required = has_required || field.about.required;
  });
  return has_fallback && !has_required;
}();

}  // namespace fedgate::spec
