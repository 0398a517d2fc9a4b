// What changes for a certificate when it is next renewed.
#pragma once

#include <cstdint>
#include <optional>

#include "schema/spec.h"
#include "schema/value/date.h"
#include "schema/value/duration.h"
#include "schema/x509/certificate.h"

namespace fedgate::rules {

struct Renewal {
  // When two thirds of the lifetime are over, as authorities recommend.
  x509::Time on;
  // The most that the next certificate may be valid; none: its authority is not a public one.
  std::optional<value::Duration> validity_limit;
  // It is for client authentication, and the authority will have stopped issuing that by then.
  bool loses_client_authentication = false;
};

// By the tables validity_limits and client_authentication.
[[nodiscard]] auto derive_renewal(const spec::Certificate& certificate,
                                  const x509::Certificate& issued) -> Renewal;

}  // namespace fedgate::rules
