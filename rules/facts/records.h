// The DNS records that a zone needs for the federation.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

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

// An address becomes A or AAAA by its family.
using RecordData = std::variant<SrvData, value::Address, CaaData>;

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
  // `SRV`, `A`, `AAAA` or `CAA`.
  [[nodiscard]] auto type() const -> std::string_view;
};

// The owner prefix of server-to-server SRV records (RFC 6120, section 3.2.1).
inline constexpr std::string_view kXmppServerService = "_xmpp-server._tcp.";

struct ZoneFacts {
  // By group (SRV, addresses, CAA), then owner, then data.
  std::vector<Record> records;
};

// For every zone of the spec, in its order there. A name belongs to the longest zone that holds it.
[[nodiscard]] auto derive_zone_facts(const spec::Model& model) -> std::vector<ZoneFacts>;

}  // namespace fedgate::rules
