#include "rules/facts/required_name.h"

#include <algorithm>
#include <array>
#include <optional>

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

// The names that the texts are, in whatever spelling.
auto spelled(const std::vector<std::string>& texts) -> NameSet {
  NameSet names;
  for (const std::string& text : texts) {
    if (const auto parsed = value::DnsName::parse(text)) {
      names.add(value::DnsPattern(*parsed));
    }
  }
  return names;
}

// What is asked when a name is missing, and only then.
struct NearNames {
  NameSet common_names;
  NameSet malformed;
};

auto near_miss(const value::DnsName& missing, const NameSet& names, const NearNames& near)
    -> NearMiss {
  if (near.common_names.covers(missing)) {
    return NearMiss::common_name;
  }
  if (near.malformed.covers(missing)) {
    return NearMiss::u_label;
  }
  if (names.has_wildcard_above(missing)) {
    return NearMiss::wildcard;
  }
  if (names.has_above(missing)) {
    return is_component(missing) ? NearMiss::component : NearMiss::suffix;
  }
  return names.has_below(missing) ? NearMiss::host : NearMiss::none;
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
  std::optional<NearNames> near;
  for (const RequiredName& need : required) {
    if (presented.names.covers(need.name)) {
      continue;
    }
    if (!near) {
      near = {spelled(presented.common_names), spelled(presented.malformed)};
    }
    missing.push_back(need);
    missing.back().near = near_miss(need.name, presented.names, *near);
  }
  return missing;
}

}  // namespace fedgate::rules
