// What the Public Suffix List knows of a name: where registrations begin, and whether the public
// DNS can hold the name at all. The only place that uses libpsl.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "schema/value/dns_name.h"

namespace fedgate::value {

// The public suffix and one label more (`a.b.contoso.co.uk` → `contoso.co.uk`); none for a public
// suffix itself. A name below an unknown top-level domain counts that domain as its suffix, as the
// list's default rule says.
[[nodiscard]] auto registrable_domain(const DnsName& name) -> std::optional<DnsName>;

// Whether a registry lets others register names directly below this one (`com`, `co.uk`). Suffixes
// of companies (`azurewebsites.net`) are none: authorities need not look at that part of the list
// (TLS Baseline Requirements, section 3.2.2.6).
[[nodiscard]] auto is_registry_suffix(const DnsName& name) -> bool;

// Why no public CA can vouch for a name, and no public resolver finds it.
enum class InternalName : std::uint8_t {
  single_label,  // `gateway`
  special_use,   // below a domain that is set aside (`.local`, `.example`, `home.arpa`)
  unknown_tld,   // below a top-level domain that the root zone does not hold
};

// None for a name of the public DNS.
[[nodiscard]] auto internal_name(const DnsName& name) -> std::optional<InternalName>;

// Why no public authority certifies a name, whatever its owner proves, as a phrase ("no name of the
// public DNS"); null: nothing speaks against it. Nothing does against names below `example`
// and `test`, with which documents and trials are made.
[[nodiscard]] auto unissuable_name(const DnsPattern& name) -> const char*;

// The special-use domain that holds the name, and the document that set it aside.
struct SpecialUseDomain {
  std::string_view domain;
  std::string_view source;
};

// Null where `name` is neither such a domain nor below one.
[[nodiscard]] auto special_use_domain(const DnsName& name) -> const SpecialUseDomain*;

}  // namespace fedgate::value
