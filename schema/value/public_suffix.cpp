#include "schema/value/public_suffix.h"

#include <algorithm>
#include <array>
#include <string>

#include <libpsl.h>

#include "schema/base/check.h"
#include "schema/base/failure.h"

namespace fedgate::value {

namespace {

constexpr std::array<SpecialUseDomain, 9> kSpecialUse = {{
    {"alt", "RFC 9476"},
    {"example", "RFC 6761 section 6.5"},
    {"home.arpa", "RFC 8375"},
    {"internal", "ICANN board resolution 2024.07.29.06"},
    {"invalid", "RFC 6761 section 6.4"},
    {"local", "RFC 6762"},
    {"localhost", "RFC 6761 section 6.3"},
    {"onion", "RFC 7686"},
    {"test", "RFC 6761 section 6.2"},
}};

constexpr std::array<std::string_view, 2> kTrialDomains = {"example", "test"};

// The list that libpsl was built with, so that a run depends on no file of the host.
auto list() -> const psl_ctx_t* {
  const psl_ctx_t* built_in = psl_builtin();
  if (built_in == nullptr) {
    throw Failure("cannot look up public suffixes: this libpsl has no built-in list");
  }
  return built_in;
}

// Whether a registry's rule of the list is about the name; an unknown one is no suffix.
auto is_listed(const std::string& name) -> bool {
  return psl_is_public_suffix2(list(), name.c_str(), PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE) == 1;
}

auto is_at_or_below(std::string_view name, std::string_view domain) -> bool {
  return name.ends_with(domain) &&
         (name.size() == domain.size() || name[name.size() - domain.size() - 1] == '.');
}

}  // namespace

auto registrable_domain(const DnsName& name) -> std::optional<DnsName> {
  const char* found = psl_registrable_domain(list(), name.ascii().c_str());
  if (found == nullptr) {
    return std::nullopt;
  }
  // A tail of a name is a name, unless it is a last label that stands for a number.
  auto domain = DnsName::parse(found);
  FEDGATE_CHECK(domain.has_value(), "the registrable domain of a name is a name");
  return *std::move(domain);
}

auto is_registry_suffix(const DnsName& name) -> bool { return is_listed(name.ascii()); }

auto special_use_domain(const DnsName& name) -> const SpecialUseDomain* {
  for (const SpecialUseDomain& special : kSpecialUse) {
    if (is_at_or_below(name.ascii(), special.domain)) {
      return &special;
    }
  }
  return nullptr;
}

auto internal_name(const DnsName& name) -> std::optional<InternalName> {
  if (name.label_count() < 2) {
    return InternalName::single_label;
  }
  if (special_use_domain(name) != nullptr) {
    return InternalName::special_use;
  }
  const std::string& ascii = name.ascii();
  const std::string top = ascii.substr(ascii.rfind('.') + 1);
  return is_listed(top) ? std::nullopt : std::optional(InternalName::unknown_tld);
}

auto unissuable_name(const DnsPattern& name) -> const char* {
  const std::string& ascii = name.name().ascii();
  if (std::any_of(kTrialDomains.begin(), kTrialDomains.end(),
                  [&](std::string_view domain) { return is_at_or_below(ascii, domain); })) {
    return nullptr;
  }
  if (name.is_wildcard() && is_registry_suffix(name.name())) {
    return "a wildcard on a public suffix";
  }
  return internal_name(name.name()) ? "no name of the public DNS" : nullptr;
}

}  // namespace fedgate::value
