// Domain names as Prosody and ejabberd know them: as U-labels, which they prepare with Nameprep
// (RFC 3491).
#pragma once

#include <string>

#include "schema/spec.h"
#include "schema/value/dns_name.h"

namespace fedgate::emit {

// Whether the server takes the U-labels of `name` for that name. ejabberd refuses code points that
// Unicode 3.2 has not assigned; Prosody does not (measured on ejabberd 23.01 and Prosody 0.12.3).
[[nodiscard]] auto keeps_unicode(spec::Platform server, const value::DnsName& name) -> bool;

// With U-labels where the server keeps them, and with A-labels otherwise.
[[nodiscard]] auto server_name(spec::Platform server, const value::DnsName& name)
    -> const std::string&;

}  // namespace fedgate::emit
