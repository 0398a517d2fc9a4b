#include "rules/facts/required_name.h"

#include <algorithm>
#include <array>

namespace fedgate::rules {

namespace {

constexpr std::array<std::string_view, 4> kReasons = {"FQDN of the Access Edge",
                                                      "FQDN of the Web Conferencing Edge",
                                                      "`sip.` name of a SIP domain", "XMPP domain"};

constexpr std::array<std::string_view, 4> kReasonWords = {"access_edge", "web_conferencing_edge",
                                                          "sip_domain", "xmpp_domain"};
constexpr std::array<std::string_view, 7> kNearWords = {
    "none", "common_name", "u_label", "wildcard", "component", "suffix", "host"};

// First labels under which XMPP servers offer their usual components (XEP-0045, XEP-0060, XEP-0065,
// XEP-0363 and the servers' own defaults).
constexpr std::array<std::string_view, 10> kComponentLabels = {
    "conference", "chat", "muc", "rooms", "groups", "pubsub", "proxy", "upload", "vjud", "echo"};

auto is_component(const value::DnsName& name) -> bool {
  const std::string_view first = std::string_view(name.ascii()).substr(0, name.ascii().find('.'));
  return std::find(kComponentLabels.begin(), kComponentLabels.end(), first) !=
         kComponentLabels.end();
}

// Whether one of the texts is the name, in whatever spelling.
auto spells(const std::vector<std::string>& texts, const value::DnsName& name) -> bool {
  return std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
    const auto parsed = value::DnsName::parse(text);
    return parsed && *parsed == name;
  });
}

auto near_miss(const value::DnsName& missing, const Presented& presented) -> NearMiss {
  const auto any = [&](auto predicate) {
    return std::any_of(presented.names.begin(), presented.names.end(), predicate);
  };
  if (spells(presented.common_names, missing)) {
    return NearMiss::common_name;
  }
  if (spells(presented.malformed, missing)) {
    return NearMiss::u_label;
  }
  if (any([&](const value::DnsPattern& name) {
        return name.is_wildcard() &&
               (name.name() == missing || missing.is_subdomain_of(name.name()));
      })) {
    return NearMiss::wildcard;
  }
  if (any([&](const value::DnsPattern& name) { return missing.is_subdomain_of(name.name()); })) {
    return is_component(missing) ? NearMiss::component : NearMiss::suffix;
  }
  if (any([&](const value::DnsPattern& name) { return name.name().is_subdomain_of(missing); })) {
    return NearMiss::host;
  }
  return NearMiss::none;
}

}  // namespace

auto word(NameReason reason) -> std::string_view {
  return kReasonWords[static_cast<std::size_t>(reason)];
}

auto word(NearMiss near) -> std::string_view { return kNearWords[static_cast<std::size_t>(near)]; }

auto describe(NameReason reason) -> std::string_view {
  return kReasons[static_cast<std::size_t>(reason)];
}

auto missing_names(std::span<const RequiredName> required, const Presented& presented)
    -> std::vector<RequiredName> {
  std::vector<RequiredName> missing;
  for (const RequiredName& need : required) {
    if (std::none_of(presented.names.begin(), presented.names.end(),
                     [&](const auto& name) { return name.covers(need.name); })) {
      missing.push_back(need);
      missing.back().near = near_miss(need.name, presented);
    }
  }
  return missing;
}

}  // namespace fedgate::rules
