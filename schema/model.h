// The model: a spec whose defaults are applied, names are looked up and doubles are reported. Every
// later phase reads it and none changes it.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "schema/spec.h"

namespace fedgate::spec {

struct Model {
  Spec spec;
  // Index in `spec.certificates` of the one that the gateway presents.
  std::optional<std::size_t> gateway_certificate;

  [[nodiscard]] auto gateway() const -> const Gateway& { return spec.gateway.value; }
  [[nodiscard]] auto has_sound_gateway() const -> bool {
    return spec.gateway.given() && spec.gateway->sound;
  }
  [[nodiscard]] auto partners() const -> std::span<const Partner> { return spec.partners.value; }
  [[nodiscard]] auto certificates() const -> std::span<const Certificate> {
    return spec.certificates.value;
  }
  [[nodiscard]] auto zones() const -> std::span<const Zone> { return spec.dns.value.zones.value; }
};

// Whether the platform's XMPP gateway is the one of Lync Server 2013 (which Skype for Business
// Server 2015 carries on).
[[nodiscard]] constexpr auto is_lync(Platform platform) -> bool {
  return platform == Platform::lync_server_2013 || platform == Platform::skype_for_business_2015;
}

}  // namespace fedgate::spec
