#include "rules/functions.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "schema/value/address.h"
#include "schema/value/confusable.h"
#include "schema/value/dns_name.h"
#include "schema/value/public_suffix.h"

namespace fedgate::rules {

namespace {

using cel::Arena;
using cel::Type;
using cel::Value;
using Arguments = std::span<const Value>;

template <typename T>
auto no_value(const value::Parsed<T>& parsed, Arena& arena) -> Value {
  return Value::error(arena, parsed.error().message, {});
}

auto text_value(std::string_view text, Arena& arena) -> Value {
  const std::string_view copy = text.empty() ? std::string_view("") : arena.copy(text);
  return copy.data() == nullptr ? cel::exhausted_error() : Value::string(copy);
}

// Strictly below, label by label.
auto subdomain_of(Arguments arguments, Arena& arena) -> Value {
  const auto name = value::DnsName::parse(arguments[0].text());
  const auto parent = value::DnsName::parse(arguments[1].text());
  if (!name || !parent) {
    return no_value(name ? parent : name, arena);
  }
  return Value::boolean(name->is_subdomain_of(*parent));
}

// The name itself where it is a public suffix, so that two of them still differ.
auto registrable_domain(Arguments arguments, Arena& arena) -> Value {
  const auto name = value::DnsName::parse(arguments[0].text());
  if (!name) {
    return no_value(name, arena);
  }
  const auto registrable = value::registrable_domain(*name);
  return text_value(registrable ? registrable->ascii() : name->ascii(), arena);
}

// Whether the address lies in a block of the IANA special-purpose registries.
auto reserved_address(Arguments arguments, Arena& arena) -> Value {
  const auto address = value::Address::parse(arguments[0].text());
  if (!address) {
    return no_value(address, arena);
  }
  return Value::boolean(address->special_block() != nullptr);
}

// Whether no public authority can vouch for the name.
auto internal_name(Arguments arguments, Arena& arena) -> Value {
  const auto name = value::DnsName::parse(arguments[0].text());
  if (!name) {
    return no_value(name, arena);
  }
  return Value::boolean(value::internal_name(*name).has_value());
}

// Why no public authority certifies the name; empty: nothing speaks against it.
auto unissuable_name(Arguments arguments, Arena& arena) -> Value {
  const auto name = value::DnsPattern::parse(arguments[0].text());
  if (!name) {
    return no_value(name, arena);
  }
  const char* reason = value::unissuable_name(*name);
  return Value::string(reason == nullptr ? std::string_view() : reason);
}

// The first few texts, and how many more there are: a file or spec may hold any number.
auto listed(Arguments arguments, Arena& arena) -> Value {
  constexpr std::size_t kMost = 5;
  const cel::ListView& list = arguments[0].as_list();
  std::string text;
  for (std::size_t i = 0; i < std::min(list.size, kMost); ++i) {
    const Value item = list.at(list.data, i, arena);
    if (!item.is(cel::Kind::string)) {
      return item.is_error() ? item : Value::error("an element of the list is no string");
    }
    text += i == 0 ? "" : ", ";
    text += item.text();
  }
  if (list.size > kMost) {
    text += fmt::format(" and {} more", list.size - kMost);
  }
  return text_value(text, arena);
}

// Why a reader may take the name for another one; empty: nothing suggests it.
auto confusable_label(Arguments arguments, Arena& arena) -> Value {
  const auto name = value::DnsName::parse(arguments[0].text());
  if (!name) {
    return no_value(name, arena);
  }
  const auto reason = value::confusable_label(*name);
  return reason ? text_value(*reason, arena) : Value::string({});
}

// RFC 9525, section 6.3.
auto wildcard_covers(Arguments arguments, Arena& arena) -> Value {
  const auto pattern = value::DnsPattern::parse(arguments[0].text());
  if (!pattern) {
    return no_value(pattern, arena);
  }
  const auto name = value::DnsName::parse(arguments[1].text());
  if (!name) {
    return no_value(name, arena);
  }
  return Value::boolean(pattern->covers(*name));
}

}  // namespace

void add_functions(cel::Environment& environment) {
  const Type text = Type::string();
  const Type truth = Type::boolean();
  const auto add = [&](std::string_view name, std::vector<Type> parameters, const Type& result,
                       Value (*call)(Arguments, Arena&)) {
    environment.add_function(name, cel::CallStyle::global,
                             {cel::Overload{std::move(parameters), result, call}});
  };
  add("subdomainOf", {text, text}, truth, &subdomain_of);
  add("registrableDomain", {text}, text, &registrable_domain);
  add("reservedAddress", {text}, truth, &reserved_address);
  add("internalName", {text}, truth, &internal_name);
  add("wildcardCovers", {text, text}, truth, &wildcard_covers);
  add("unissuableName", {text}, text, &unissuable_name);
  environment.add_function("listed", cel::CallStyle::method,
                           {cel::Overload{{Type::list(text)}, text, &listed}});
  add("confusableLabel", {text}, text, &confusable_label);
}

}  // namespace fedgate::rules
