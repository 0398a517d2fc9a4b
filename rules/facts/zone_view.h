// All zones of a spec together, as their files have them and as they are to be: which records stand
// at a name, what an SRV target comes to, and which CAA records apply. Private to zone_check.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "rules/facts/records.h"
#include "rules/facts/zone_check.h"
#include "rules/facts/zone_index.h"
#include "schema/zonefile/record.h"

namespace fedgate::rules {

// One property of a CAA record set, from a file or from the spec.
struct CaaProperty {
  const zonefile::Record* found = nullptr;
  const Record* needed = nullptr;
  zonefile::Caa data;
};

// The relevant CAA record set for a name (RFC 8659, section 3).
struct CaaSet {
  // Empty: none, or none that is known.
  std::vector<CaaProperty> properties;
  // A record of the set that cannot be read, so that nobody knows what the set says; else null.
  const zonefile::Record* unreadable = nullptr;
};

// Everything that it is made of must outlive it.
class ZoneView {
 public:
  ZoneView(const spec::Model& model, const std::vector<ZoneFacts>& facts,
           std::span<const std::optional<zonefile::ZoneFile>> files);

  [[nodiscard]] auto file(std::size_t zone) const -> const zonefile::ZoneFile* {
    return zone < files_.size() && files_[zone] ? &*files_[zone] : nullptr;
  }
  // The records of the zone's file at a name, in their order.
  [[nodiscard]] auto at(std::size_t zone, std::string_view owner) const
      -> std::span<const zonefile::Record* const>;
  // What a name server says of a name: the records there or, where there is no such name, those of
  // the wildcard that stands for it (RFC 4592, section 3.3.1). Delegations are not looked at.
  [[nodiscard]] auto answer(std::size_t zone, std::string_view name) const
      -> std::span<const zonefile::Record* const>;
  // What stands behind `target`, and the zone that decides it.
  [[nodiscard]] auto resolve(std::string_view target) const -> TargetState;
  // As the files have it (`planned` false), or as it is once the spec is published.
  [[nodiscard]] auto relevant_caa(std::string_view name, bool planned) const -> CaaSet;

 private:
  using Owners = std::unordered_map<std::string_view, std::vector<const zonefile::Record*>>;

  // What a zone needs, as far as look-ups ask for it.
  struct Needed {
    // Hosts that get an address.
    std::unordered_set<std::string_view> hosts;
    std::vector<CaaProperty> caa;
  };

  // Whether the zone's file has records at the name or below it (RFC 4592, section 2.2.2).
  [[nodiscard]] auto exists(std::size_t zone, std::string_view name) const -> bool;
  [[nodiscard]] auto resolve_in(std::size_t zone, std::string_view name) const -> TargetState;
  [[nodiscard]] auto caa_at(std::size_t zone, std::string_view name, bool planned) const -> CaaSet;

  const spec::Model* model_;
  std::span<const std::optional<zonefile::ZoneFile>> files_;
  ZoneIndex zones_;
  std::vector<Owners> owners_;
  // By zone: the names below which the file has records.
  std::vector<std::unordered_set<std::string_view>> inner_;
  std::vector<Needed> needed_;
};

// Whether authorities know a CAA property, so that it may be marked critical (RFC 8659, section 4;
// CA/Browser Forum Baseline Requirements, appendix A).
[[nodiscard]] auto is_known_tag(std::string_view tag) -> bool;

// Whether the issuer properties of a CAA record set let the authority issue a certificate for the
// name (RFC 8659, sections 4.2 and 4.3); without an authority, whether they let any. Critical
// properties are looked at on their own.
[[nodiscard]] auto caa_allows(std::span<const CaaProperty> set, bool is_wildcard,
                              std::optional<std::string_view> authority) -> bool;

}  // namespace fedgate::rules
