#include "rules/facts/renewal.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "rules/tables.h"
#include "schema/base/seconds.h"

namespace fedgate::rules {

namespace {

using Texts = std::vector<std::string>;

// Whether the column `caa_identities` names the authority.
auto is_of(const Table& table, const Table::Row& row, const spec::Issuer& issuer) -> bool {
  const auto& names = table.get<Texts>(row, "caa_identities");
  return issuer.caa_identity.present() &&
         std::find(names.begin(), names.end(), issuer.caa_identity->ascii()) != names.end();
}

// The least of what everyone and what this authority sets, where no profile is asked for.
auto limit_on(const spec::Issuer& issuer, value::Date day) -> std::optional<value::Duration> {
  const Table& limits = builtin_table("validity_limits");
  const Table::Row* row = limits.in_force(day);
  auto limit =
      row == nullptr ? std::nullopt : std::optional(limits.get<value::Duration>(*row, "maximum"));
  const Table& profiles = builtin_table("certificate_profiles");
  for (const Table::Row& profile : profiles.rows()) {
    if (is_of(profiles, profile, issuer) && profiles.get<bool>(profile, "preset") &&
        profiles.get<value::Date>(profile, "from") <= day &&
        day < profiles.get<value::Date>(profile, "before")) {
      const auto& validity = profiles.get<value::Duration>(profile, "validity");
      limit = limit ? std::min(*limit, validity) : validity;
    }
  }
  return limit;
}

// Whether the authority, or every one, issues nothing for client authentication on that day.
auto end_on(const spec::Issuer& issuer, value::Date day) -> ClientAuthenticationEnd {
  auto end = ClientAuthenticationEnd::none;
  const Table& ends = builtin_table("client_authentication");
  for (const Table::Row& row : ends.rows()) {
    const bool is_theirs =
        ends.get<Texts>(row, "caa_identities").empty() || is_of(ends, row, issuer);
    if (is_theirs && ends.get<value::Date>(row, "ends") <= day) {
      end = std::max(end, ends.get<bool>(row, "certain") ? ClientAuthenticationEnd::certain
                                                         : ClientAuthenticationEnd::expected);
    }
  }
  return end;
}

auto is_client(const x509::Certificate& issued) -> bool {
  const auto& purposes = issued.content.extended_key_usage;
  return purposes &&
         std::find(purposes->begin(), purposes->end(), "client_auth") != purposes->end();
}

constexpr std::array<std::string_view, 3> kEndWords = {"none", "expected", "certain"};

}  // namespace

auto word(ClientAuthenticationEnd end) -> std::string_view {
  return kEndWords.at(static_cast<std::size_t>(end));
}

auto derive_renewal(const spec::Certificate& certificate, const x509::Certificate& issued)
    -> Renewal {
  Renewal renewal;
  const std::int64_t lifetime =
      std::max<std::int64_t>(0, issued.not_after.seconds - issued.not_before.seconds + 1);
  renewal.on = {issued.not_before.seconds + lifetime / 3 * 2};
  if (*certificate.issuer->trust == spec::Trust::public_ca) {
    const value::Date day = value::Date::from_days_since_epoch(days_of(renewal.on.seconds));
    renewal.validity_limit = limit_on(*certificate.issuer, day);
    if (is_client(issued)) {
      renewal.client_authentication_end = end_on(*certificate.issuer, day);
    }
  }
  return renewal;
}

}  // namespace fedgate::rules
