// How servers that are older than IDNA 2008 read domain names.
#pragma once

#include <cstdint>

#include "schema/value/dns_name.h"

namespace fedgate::value {

// What such a server makes of a code point that Unicode 3.2, which Nameprep knows, has not assigned
// (RFC 3454, section 7).
enum class Unassigned : std::uint8_t { allowed, refused };

// Whether Nameprep (RFC 3491) leaves the U-labels of `name` as they are. It makes another name of
// those with ß, ς or a zero-width joiner or non-joiner (UTS 46, section 7), and none of those with
// a right-to-left label beside another one, because it looks at the name as a whole (RFC 3454,
// section 6). A name without U-labels is left as it is.
[[nodiscard]] auto is_stable_under_nameprep(const DnsName& name, Unassigned unassigned) -> bool;

}  // namespace fedgate::value
