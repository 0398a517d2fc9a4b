// The records of one zone: zones/<zone>.zone, a fragment of a master file (RFC 1035, section 5),
// and the same as a dynamic update (RFC 2136).
#pragma once

#include <string>

#include "compiler/plan.h"

namespace fedgate::emit {

// The path of the artifact. The last component may be longer than file systems take
// (check_platform() reports it): a name has up to 253 octets.
[[nodiscard]] auto zone_path(const spec::Zone& zone) -> std::string;

// Every owner is absolute and every record has its TTL and class, so that the fragment means the
// same wherever it is pasted or included: no SOA, no $TTL, no $ORIGIN. ASCII, but for comments that
// show U-labels.
[[nodiscard]] auto emit_zone(const compiler::Plan& plan, const compiler::ZonePlan& zone)
    -> std::string;

// Input of nsupdate that makes of every record set that is the gateway's what emit_zone() writes:
// each is deleted and its records are added in one transaction, so that a zone that is right
// already stays as it is. Foreign record sets are not named. Each transaction has the prerequisites
// that the zone is the one of this name, and that no name of ours in it is delegated. A message has
// at most 65,535 octets, so that a large zone takes several transactions; those of one owner stay
// together.
[[nodiscard]] auto emit_zone_update(const compiler::Plan& plan, const compiler::ZonePlan& zone)
    -> std::string;

}  // namespace fedgate::emit
