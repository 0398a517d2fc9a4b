#include "rules/functions.h"

#include <span>
#include <string>
#include <string_view>

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
  const std::string_view copy = arena.copy(registrable ? registrable->ascii() : name->ascii());
  return copy.data() == nullptr ? cel::exhausted_error() : Value::string(copy);
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

// Why a reader may take the name for another one; empty: nothing suggests it.
auto confusable_label(Arguments arguments, Arena& arena) -> Value {
  const auto name = value::DnsName::parse(arguments[0].text());
  if (!name) {
    return no_value(name, arena);
  }
  const auto reason = value::confusable_label(*name);
  if (!reason) {
    return Value::string({});
  }
  const std::string_view copy = arena.copy(*reason);
  return copy.data() == nullptr ? cel::exhausted_error() : Value::string(copy);
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
  add("confusableLabel", {text}, text, &confusable_label);
}

}  // namespace fedgate::rules
