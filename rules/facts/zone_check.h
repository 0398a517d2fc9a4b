// A zone as it is today against what the gateway needs: the records of its file that are the
// gateway's, each with the needed one that it stands for, and what else of the zone decides whether
// partners find the gateway and authorities may vouch for it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/facts/names.h"
#include "rules/facts/records.h"
#include "schema/model.h"
#include "schema/zonefile/record.h"

namespace fedgate::rules {

enum class RecordState : std::uint8_t {
  planned,    // Needed; the spec names no file of the zone, or one that could not be read in full.
  present,    // Needed and there.
  differs,    // Needed, and something else stands in its place.
  missing,    // Needed and not there.
  surplus,    // There in a record set of ours, and not needed.
  misplaced,  // Foreign by its owner, which looks like a mistaken one of ours.
  foreign,    // Not ours, but it decides about what is: a CAA record above a name, an alias, a
              // delegation.
};

// What stands behind the target of an SRV record.
enum class TargetState : std::uint8_t {
  none,        // No SRV record, or the target is the root.
  address,     // It has an address.
  planned,     // It has none yet, and the spec gives it one.
  alias,       // A CNAME record.
  no_address,  // Nothing, in a zone whose file is known.
  elsewhere,   // In no zone of the spec.
  unknown,     // In a zone of the spec without a file.
};

// Why a foreign owner looks like one of ours.
enum class Misplacement : std::uint8_t {
  none,
  zone_twice,   // The final dot is missing, so that the name ends with the zone twice.
  unicode,      // U-labels in place of A-labels.
  service,      // Mistaken service labels, or a dot that is part of a label.
  tlsa_domain,  // A TLSA record below the XMPP domain in place of the SRV record's target.
};

// What a TLSA record says of the certificates that the gateway presents.
enum class KeyMatch : std::uint8_t {
  none,       // It is no TLSA record at a port of the gateway, or no certificate is known.
  match,      // It is of the certificate in use, of one of its chain where the usage says so, or of
              // the key of a request.
  mismatch,   // It is of another one.
  undecided,  // It may be of an authority whose certificate the file does not hold.
};

[[nodiscard]] auto word(KeyMatch match) -> std::string_view;
[[nodiscard]] auto word(RecordState state) -> std::string_view;
[[nodiscard]] auto word(TargetState state) -> std::string_view;
[[nodiscard]] auto word(Misplacement misplacement) -> std::string_view;

// Whether CAA records bind the certificate's authority: those that are publicly trusted, and those
// that the spec names for it.
[[nodiscard]] auto is_bound_by_caa(const spec::Certificate& certificate) -> bool;

// A name of a certificate for which a CAA record set forbids the planned authority, or each one.
struct CaaRefusal {
  std::string name;
  std::string certificate;
  // The certificate's `issuer.caa_identity`, or its name without one.
  source::Span where;
  // The set lets no authority issue, whichever is planned.
  bool is_to_all = false;

  friend auto operator==(const CaaRefusal&, const CaaRefusal&) -> bool = default;
};

struct RecordFacts {
  // Null where nothing asks for the record.
  const Record* needed = nullptr;
  // Null where the file does not have it.
  const zonefile::Record* found = nullptr;
  RecordState state = RecordState::planned;
  // `ttl`, `priority`, `weight`, `port`, `target`, `address`, `flags`, `tag`, `value`, ...
  std::vector<std::string_view> differences;
  TargetState target = TargetState::none;
  // The target is written without its final dot and ends with the zone's name twice.
  bool is_target_relative = false;
  // The target as written is an address.
  bool is_target_literal = false;
  Misplacement misplacement = Misplacement::none;
  // Of a misplaced record: the owner that is meant.
  std::string intended_owner;
  // Of a TLSA record: whether the owner is that of a port of the gateway; what it is of.
  bool is_at_gateway = false;
  KeyMatch key_match = KeyMatch::none;
  // The TTLs of the other records of the file with this owner and type.
  std::vector<std::int64_t> set_ttls;
  // The first of them in the file.
  bool is_first_of_set = true;
  // Earlier records of the set: with the same data, with the same SRV target and port but other
  // data, with the same priority but another target.
  bool has_twin = false;
  bool has_same_target = false;
  bool has_same_priority = false;
  // The types that the file has at the owner, each once.
  std::vector<std::string_view> owner_types;
  // Of the first record of a CAA set, parallel: what is refused, and the names alone.
  std::vector<CaaRefusal> refusals;
  std::vector<std::string> refused_names;
  // Whether none of them may be issued by any authority.
  [[nodiscard]] auto are_refused_to_all() const -> bool {
    return std::all_of(refusals.begin(), refusals.end(),
                       [](const CaaRefusal& one) { return one.is_to_all; });
  }
  // Of the first unreadable record of a CAA set: the names that it leaves undecided.
  std::vector<std::string> undecided_names;
  // Of an alias: whether a certificate of a public authority has the owner's name.
  bool is_certified = false;
  // Of a delegation: the owners of ours that it takes out of the zone.
  std::vector<std::string> hides;
};

struct ZoneCheck {
  bool has_file = false;
  // The file was understood in full.
  bool is_complete = false;
  // The owner of the file's SOA record; null without one.
  const zonefile::Record* soa = nullptr;
  // A DNSKEY record is in the file.
  bool is_signed = false;
  // Needed records in their order, then those of the file in its order.
  std::vector<RecordFacts> records;
};

// For every zone of the model. `files` is parallel to its zones, or empty; none: no file is known.
// The result points into `facts` and `files`.
[[nodiscard]] auto check_zones(const spec::Model& model, const std::vector<ZoneFacts>& facts,
                               const std::vector<CertificateFacts>& certificates,
                               std::span<const std::optional<zonefile::ZoneFile>> files)
    -> std::vector<ZoneCheck>;

}  // namespace fedgate::rules
