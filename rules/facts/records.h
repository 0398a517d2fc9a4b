// The DNS records that a zone needs for the federation.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "rules/facts/names.h"
#include "schema/model.h"

namespace fedgate::rules {

// RFC 2782.
struct SrvData {
  std::int64_t priority = 0;
  std::int64_t weight = 0;
  std::int64_t port = 0;
  value::DnsName target;

  friend auto operator<=>(const SrvData&, const SrvData&) -> std::strong_ordering = default;
};

// RFC 8659.
struct CaaData {
  std::int64_t flags = 0;
  spec::CaaTag tag = spec::CaaTag::issue;
  std::string value;

  friend auto operator<=>(const CaaData&, const CaaData&) -> std::strong_ordering = default;
};

// RFC 6698, section 2.1.
struct TlsaData {
  std::int64_t usage = 0;
  std::int64_t selector = 0;
  std::int64_t matching = 0;
  // Hexadecimal, lower case.
  std::string association;

  friend auto operator<=>(const TlsaData&, const TlsaData&) -> std::strong_ordering = default;
};

// An address becomes A or AAAA by its family. In the order of a fragment's groups.
using RecordData = std::variant<SrvData, value::Address, TlsaData, CaaData>;

enum class RrType : std::uint8_t { srv, a, aaaa, tlsa, caa, cname };

// `SRV`, `A`, `AAAA`, `TLSA`, `CAA` or `CNAME`.
[[nodiscard]] auto word(RrType type) -> std::string_view;

struct Record {
  // The name below which the record stands.
  value::DnsName name;
  // Service labels in front of it, with their dot: `_xmpp-server._tcp.`; empty for a host.
  std::string service;
  std::int64_t ttl = 0;
  RecordData data;
  // The value in the spec that asks for the record.
  source::Span where;

  // The absolute owner name without the final dot, A-labels.
  [[nodiscard]] auto owner() const -> std::string { return service + name.ascii(); }
  [[nodiscard]] auto type() const -> RrType;
};

// The owner prefix of server-to-server SRV records (RFC 6120, section 3.2.1).
inline constexpr std::string_view kXmppServerService = "_xmpp-server._tcp.";
// The same for streams that start with TLS (XEP-0368, section 3).
inline constexpr std::string_view kXmppsServerService = "_xmpps-server._tcp.";
// The same before RFC 3920 gave the service its name.
inline constexpr std::string_view kJabberService = "_jabber._tcp.";

// The port for streams that start with TLS: the one of the examples of XEP-0368, and of the
// documentation of ejabberd. The gateway's own port is for STARTTLS.
inline constexpr std::int64_t kDirectTlsPort = 5270;

// A record set of a zone that is the gateway's, whether it is to have records or not. Every other
// record of the zone is foreign: it is never judged and never changed.
struct OwnedSet {
  value::DnsName name;
  // As in Record.
  std::string service;
  RrType type = RrType::srv;

  [[nodiscard]] auto owner() const -> std::string { return service + name.ascii(); }

  friend auto operator<=>(const OwnedSet&, const OwnedSet&) -> std::strong_ordering = default;
};

struct ZoneFacts {
  // By group (SRV, addresses, TLSA, CAA), then owner, then data.
  std::vector<Record> records;
  // By name, service and type: the service records of the domains that belong to the zone, the
  // addresses of the Access Edge where the spec gives them, TLSA and CAA records where the spec
  // asks for them, and an alias in the place of any of these.
  std::vector<OwnedSet> owned;
};

// For every zone of the spec, in its order there. A name belongs to the longest zone that holds it.
// `certificates` is parallel to those of the model; the keys of the one that the gateway presents
// are what TLSA records speak of.
[[nodiscard]] auto derive_zone_facts(const spec::Model& model,
                                     std::span<const CertificateFacts> certificates)
    -> std::vector<ZoneFacts>;

}  // namespace fedgate::rules
