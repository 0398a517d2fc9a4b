#include "rules/facts/renewal.h"

#include <algorithm>
#include <string>
#include <vector>

#include "rules/tables.h"

namespace fedgate::rules {

namespace {

constexpr std::int64_t kSecondsPerDay = 86'400;

auto day_of(x509::Time time) -> value::Date {
  const std::int64_t days =
      time.seconds / kSecondsPerDay - (time.seconds % kSecondsPerDay < 0 ? 1 : 0);
  return value::Date::from_days_since_epoch(days);
}

auto limit_on(value::Date day) -> std::optional<value::Duration> {
  const Table& limits = builtin_table("validity_limits");
  const Table::Row* row = limits.in_force(day);
  return row == nullptr ? std::nullopt
                        : std::optional(limits.get<value::Duration>(*row, "maximum"));
}

// Whether the authority, or every one, issues nothing for client authentication on that day.
auto has_ended(const spec::Issuer& issuer, value::Date day) -> bool {
  const Table& ends = builtin_table("client_authentication");
  return std::any_of(ends.rows().begin(), ends.rows().end(), [&](const Table::Row& row) {
    const auto* names = ends.find<std::vector<std::string>>(row, "caa_identities");
    const bool is_theirs =
        names == nullptr || names->empty() ||
        (issuer.caa_identity.present() &&
         std::find(names->begin(), names->end(), issuer.caa_identity->ascii()) != names->end());
    return is_theirs && ends.get<value::Date>(row, "ends") <= day;
  });
}

auto is_client(const x509::Certificate& issued) -> bool {
  const auto& purposes = issued.content.extended_key_usage;
  return purposes &&
         std::find(purposes->begin(), purposes->end(), "client_auth") != purposes->end();
}

}  // namespace

auto derive_renewal(const spec::Certificate& certificate, const x509::Certificate& issued)
    -> Renewal {
  Renewal renewal;
  const std::int64_t lifetime =
      std::max<std::int64_t>(0, issued.not_after.seconds - issued.not_before.seconds + 1);
  renewal.on = {issued.not_before.seconds + lifetime / 3 * 2};
  if (*certificate.issuer->trust == spec::Trust::public_ca) {
    const value::Date day = day_of(renewal.on);
    renewal.validity_limit = limit_on(day);
    renewal.loses_client_authentication = is_client(issued) && has_ended(*certificate.issuer, day);
  }
  return renewal;
}

}  // namespace fedgate::rules
