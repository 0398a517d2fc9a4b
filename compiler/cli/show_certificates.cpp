#include "compiler/cli/show_certificates.h"

#include <string>
#include <vector>

#include <fmt/format.h>

#include "schema/base/seconds.h"

namespace fedgate::cli {

namespace {

auto day_text(x509::Time time) -> std::string {
  return value::Date::from_days_since_epoch(days_of(time.seconds)).to_text();
}

// The planned names, by whether the issued certificate carries them.
struct NameLists {
  std::vector<std::string> wanted;
  std::vector<std::string> present;
  std::vector<std::string> missing;
};

auto compare(const rules::CertificateFacts& facts) -> NameLists {
  NameLists lists;
  for (const value::DnsPattern& name : facts.requested) {
    lists.wanted.push_back(name.display());
    if (!facts.issued) {
      continue;
    }
    const bool is_present = facts.issued->presented.set.stands_for(name);
    (is_present ? lists.present : lists.missing).push_back(name.display());
  }
  return lists;
}

auto state_of(const rules::IssuedFacts& issued, std::int64_t now) -> std::string {
  const x509::Certificate& leaf = issued.leaf();
  if (leaf.not_after.seconds < now) {
    return "expired";
  }
  if (leaf.not_before.seconds >= now + kSecondsPerDay) {
    return "not yet valid";
  }
  return issued.renewal.on.seconds <= now ? "renew" : "valid";
}

auto changes_of(const rules::IssuedFacts& issued) -> report::Cell {
  std::vector<std::string> changes;
  const rules::Renewal& renewal = issued.renewal;
  if (renewal.validity_limit && *renewal.validity_limit < issued.validity) {
    changes.push_back(fmt::format("valid for {} days at most",
                                  renewal.validity_limit->seconds() / kSecondsPerDay));
  }
  using End = rules::ClientAuthenticationEnd;
  if (renewal.client_authentication_end != End::none) {
    changes.emplace_back(renewal.client_authentication_end == End::certain
                             ? "no client authentication"
                             : "no client authentication expected");
  }
  return changes.empty() ? report::Cell("nothing", std::move(changes))
                         : report::Cell::list(std::move(changes));
}

// Who is to issue it, as far as the spec says.
auto planned_issuer(const spec::Certificate& certificate) -> std::string {
  const spec::Issuer& issuer = *certificate.issuer;
  return issuer.caa_identity.present() ? issuer.caa_identity->display()
                                       : fmt::format("{} authority", spec::word(*issuer.trust));
}

// A lifetime of days, or of hours where it is shorter than two days.
auto lifetime_text(const value::Duration& validity, std::int64_t days) -> std::string {
  return validity.seconds() < 2 * kSecondsPerDay
             ? fmt::format("{}h", validity.seconds() / kSecondsPerHour)
             : fmt::format("{}d", days);
}

}  // namespace

auto certificates_table(const compiler::Analysis& analysis) -> report::Table {
  report::Table table{{"certificate", "file", "state", "days_left", "expires", "lifetime",
                       "renew_on", "at_renewal", "issuer", "wanted", "present", "missing"},
                      {}};
  const std::int64_t now = analysis.world.as_of.days_since_epoch() * kSecondsPerDay;
  for (const rules::CertificateEntity& certificate : analysis.world.certificates) {
    const rules::CertificateFacts& facts = *certificate.facts;
    NameLists names = compare(facts);
    std::vector<report::Cell> row(table.columns.size());
    row[0] = certificate.spec->name->text();
    row[2] =
        std::string(certificate.spec->certificate_file.present() ? "unusable file" : "no file");
    row[8] = planned_issuer(*certificate.spec);
    if (facts.issued) {
      const rules::IssuedFacts& issued = *facts.issued;
      const x509::Certificate& leaf = issued.leaf();
      row[1] = issued.document->file;
      row[2] = state_of(issued, now);
      row[3] = report::Cell::number(days_of(leaf.not_after.seconds - now));
      row[4] = day_text(leaf.not_after);
      row[5] = lifetime_text(issued.validity, issued.validity_days);
      row[6] = day_text(issued.renewal.on);
      row[7] = changes_of(issued);
      row[8] = leaf.issuer;
    }
    row[9] = report::Cell::list(std::move(names.wanted));
    if (facts.issued) {
      row[10] = report::Cell::list(std::move(names.present));
      row[11] = report::Cell::list(std::move(names.missing));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace fedgate::cli
