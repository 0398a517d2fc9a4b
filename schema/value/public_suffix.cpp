#include "schema/value/public_suffix.h"

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

// The list that libpsl was built with, so that a run depends on no file of the host.
auto list() -> const psl_ctx_t* {
  const psl_ctx_t* built_in = psl_builtin();
  if (built_in == nullptr) {
    throw Failure("cannot look up public suffixes: this libpsl has no built-in list");
  }
  return built_in;
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

auto is_public_suffix(const DnsName& name) -> bool {
  return psl_is_public_suffix(list(), name.ascii().c_str()) == 1;
}

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
  if (psl_is_public_suffix2(list(), top.c_str(), PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE) != 1) {
    return InternalName::unknown_tld;
  }
  return std::nullopt;
}

}  // namespace fedgate::value
