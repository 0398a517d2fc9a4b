#include "rules/facts/certificate_files.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <set>
#include <unordered_set>
#include <utility>

#include "schema/base/ascii_word.h"
#include "schema/base/seconds.h"
#include "schema/value/describe.h"

namespace fedgate::rules {

namespace {

auto shown_all(const std::vector<std::string>& texts) -> std::vector<std::string> {
  std::vector<std::string> safe;
  safe.reserve(texts.size());
  std::transform(texts.begin(), texts.end(), std::back_inserter(safe),
                 [](const std::string& text) { return value::shown(text); });
  return safe;
}

// The DNS-ID that the bytes are. A certificate spells names as A-labels; a name that needs IDNA to
// be understood matches nothing (RFC 5280, section 7.2).
auto parse_dns_id(const std::string& bytes) -> std::optional<value::DnsPattern> {
  if (!is_all_ascii(bytes)) {
    return std::nullopt;
  }
  auto parsed = value::DnsPattern::parse(bytes);
  return parsed ? std::optional(*std::move(parsed)) : std::nullopt;
}

auto is_wanted(const value::DnsPattern& name, const Wanted& wanted) -> bool {
  return wanted.required_set->is_covered_by(name) || wanted.requested_set->contains(name);
}

// What is requested beyond the required names and `presented` does not cover.
auto omitted_names(const NameSet& presented, const Wanted& wanted) -> std::vector<std::string> {
  std::vector<std::string> omitted;
  for (const value::DnsPattern& name : *wanted.requested) {
    if (!presented.stands_for(name) && !wanted.required_set->contains(name)) {
      omitted.push_back(name.ascii());
    }
  }
  return omitted;
}

// Sorted, each once.
auto other_kinds(const x509::AlternativeNames& names) -> std::vector<std::string> {
  std::set<std::string> kinds(names.others.begin(), names.others.end());
  if (!names.srv.empty()) {
    kinds.insert("srv_name");
  }
  if (!names.xmpp.empty()) {
    kinds.insert("xmpp_address");
  }
  return {kinds.begin(), kinds.end()};
}

// Services and domains compare without case (RFC 4985, section 2).
auto missing_service_names(const std::vector<std::string>& wanted,
                           const std::vector<std::string>& presented) -> std::vector<std::string> {
  std::unordered_set<std::string> names;
  for (const std::string& name : presented) {
    names.insert(value::to_lower(name));
  }
  std::vector<std::string> missing;
  std::copy_if(wanted.begin(), wanted.end(), std::back_inserter(missing),
               [&](const std::string& name) { return !names.contains(name); });
  return missing;
}

auto compare_names(const x509::Content& content, const Wanted& wanted) -> PresentedNames {
  PresentedNames presented;
  Presented comparable{{}, content.common_names, {}};
  std::unordered_set<std::string> seen;
  std::unordered_set<std::string> reported;
  for (const std::string& bytes : content.names.dns) {
    const auto name = parse_dns_id(bytes);
    std::string text = name ? name->ascii() : value::shown(bytes);
    if (!seen.insert(text).second) {
      if (reported.insert(text).second) {
        presented.duplicates.push_back(std::move(text));
      }
      continue;
    }
    if (!name) {
      comparable.malformed.push_back(bytes);
      presented.malformed.push_back(std::move(text));
      continue;
    }
    if (!is_wanted(*name, wanted)) {
      presented.surplus.push_back(text);
    }
    presented.names.push_back(std::move(text));
    comparable.names.add(*name);
  }
  presented.missing = missing_names(*wanted.required, comparable);
  presented.omitted = omitted_names(comparable.names, wanted);
  presented.set = std::move(comparable.names);
  presented.srv = shown_all(content.names.srv);
  presented.missing_srv = missing_service_names(*wanted.srv_names, content.names.srv);
  presented.xmpp = shown_all(content.names.xmpp);
  presented.others = other_kinds(content.names);
  presented.common_names = shown_all(content.common_names);
  presented.organizational_units = shown_all(content.organizational_units);
  return presented;
}

auto matches(const x509::Content& content, const std::optional<std::string>& key)
    -> std::optional<bool> {
  return key ? std::optional(content.key.digest == *key) : std::nullopt;
}

}  // namespace

// Of CEL, in seconds: what 64 bits of nanoseconds hold, some 292 years.
constexpr std::int64_t kLongestDuration = std::numeric_limits<std::int64_t>::max() / 1'000'000'000;

auto derive_issued_facts(const spec::IssuedFile& document, const Wanted& wanted,
                         const std::optional<std::string>& key) -> IssuedFacts {
  const x509::Certificate& leaf = document.content.certificates.front();
  IssuedFacts facts;
  facts.document = &document;
  facts.presented = compare_names(leaf.content, wanted);
  // A certificate that ends before it begins has no lifetime at all.
  const std::int64_t seconds =
      std::max<std::int64_t>(0, leaf.not_after.seconds - leaf.not_before.seconds + 1);
  facts.validity = value::Duration::from_seconds(std::min(seconds, kLongestDuration));
  facts.validity_days = (seconds + kSecondsPerDay - 1) / kSecondsPerDay;
  facts.renewal = derive_renewal(*wanted.certificate, leaf);
  facts.matches_key = matches(leaf.content, key);
  return facts;
}

auto derive_request_facts(const spec::RequestFile& document, const Wanted& wanted,
                          const std::optional<std::string>& key) -> RequestFacts {
  return {&document, compare_names(document.content.content, wanted),
          matches(document.content.content, key)};
}

}  // namespace fedgate::rules
