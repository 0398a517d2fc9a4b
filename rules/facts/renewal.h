// What changes for a certificate when it is next renewed.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "schema/spec.h"
#include "schema/value/date.h"
#include "schema/value/duration.h"
#include "schema/x509/certificate.h"

namespace fedgate::rules {

// Whether its authority will issue the next certificate for client authentication too.
enum class ClientAuthenticationEnd : std::uint8_t {
  none,
  // No more, says one source, and another contradicts it.
  expected,
  // No more.
  certain,
};

// The word of it, as rules name it.
[[nodiscard]] auto word(ClientAuthenticationEnd end) -> std::string_view;

struct Renewal {
  // When two thirds of the lifetime are over, as authorities recommend.
  x509::Time on;
  // The most that the next certificate may be valid: the least of the dated limit and of what its
  // authority issues unless asked for another profile; none: its authority is not a public one.
  std::optional<value::Duration> validity_limit;
  // Of a certificate that is for client authentication.
  ClientAuthenticationEnd client_authentication_end = ClientAuthenticationEnd::none;
};

// By the tables validity_limits, certificate_profiles and client_authentication.
[[nodiscard]] auto derive_renewal(const spec::Certificate& certificate,
                                  const x509::Certificate& issued) -> Renewal;

}  // namespace fedgate::rules
