// The field table: every key of the spec language, described once. The binder (bind.h), the JSON
// Schema and the reference page (describe.h) and the fields that rules can name (rules/entities.h)
// all come from it; adding a key is one line here and one member in spec.h.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string_view>
#include <tuple>

#include "schema/spec.h"

namespace fedgate::spec {

// What is said of a key beside its type, which is that of its member.
struct About {
  std::string_view description;
  // A value as YAML flow text, for the schema's `examples`.
  std::string_view example = {};
  bool required = false;
  // The default as the spec would write it; empty: none, or `derived_default`.
  std::string_view fallback = {};
  // The default in words where another key decides it.
  std::string_view derived_default = {};
  // Bounds of an integer, and of a duration in seconds.
  std::int64_t minimum = std::numeric_limits<std::int64_t>::min();
  std::int64_t maximum = std::numeric_limits<std::int64_t>::max();
  // Bound of a text, in code points.
  std::uint32_t max_length = 0;
  // Bounds of a list.
  std::uint32_t min_items = 0;
  // The allowed integers where they are few; all zero: any within the bounds.
  std::array<std::int64_t, 3> one_of = {};
  // A domain name of at least two labels.
  bool fully_qualified = false;
  // The lists, or keys, of all files are joined; any other key is given once only.
  bool joined = false;
  // No fact is derived from the value, so that its entity can be judged without it.
  bool stands_alone = false;
  std::string_view since = "0.1.0";
};

template <typename Struct, typename T>
struct Field {
  std::string_view key;
  Located<T> Struct::*member;
  About about;
};

template <typename Struct, typename T>
[[nodiscard]] constexpr auto field(std::string_view key, Located<T> Struct::*member, About about)
    -> Field<Struct, T> {
  return {key, member, about};
}

// What a structure of the spec is called.
struct EntityAbout {
  // The kind of a finding's subject and the name of the variable in rules; empty: part of another.
  std::string_view kind;
  // With its article, for messages.
  std::string_view phrase;
  // The key that tells entities of this kind apart.
  std::string_view id_key = {};
};

// Both are specialized below for every structure of spec.h.
template <typename Struct>
inline constexpr EntityAbout kEntity{};
template <typename Struct>
inline constexpr auto kFields = std::make_tuple();

inline constexpr std::int64_t kMaxUint32 = std::numeric_limits<std::uint32_t>::max();
inline constexpr std::int64_t kMaxUint16 = std::numeric_limits<std::uint16_t>::max();
// RFC 2181, section 8.
inline constexpr std::int64_t kMaxTtl = std::numeric_limits<std::int32_t>::max();

template <>
inline constexpr EntityAbout kEntity<SecretReference>{"", "a secret reference"};
template <>
inline constexpr auto kFields<SecretReference> = std::make_tuple(
    field("env", &SecretReference::env,
          {.description = "name of the environment variable that holds the secret where the "
                          "artifact is applied",
           .example = "XMPP_DIALBACK_PASSPHRASE"}),
    field("file", &SecretReference::file,
          {.description = "path of the file that holds the secret where the artifact is applied",
           .example = "/etc/fedgate/dialback"}));

template <>
inline constexpr EntityAbout kEntity<AccessEdge>{"", "the Access Edge"};
template <>
inline constexpr auto kFields<AccessEdge> = std::make_tuple(
    field("fqdn", &AccessEdge::fqdn,
          {.description = "external name of the Access Edge service, the target of the SRV records",
           .example = "sip.contoso.com",
           .required = true,
           .fully_qualified = true}),
    field("addresses", &AccessEdge::addresses,
          {.description = "its external IPv4 and IPv6 addresses, for A and AAAA records",
           .example = "[203.0.113.10, \"2001:db8::10\"]"}),
    field("port", &AccessEdge::port,
          {.description = "TCP port of server-to-server streams",
           .fallback = "5269",
           .minimum = 1,
           .maximum = kMaxUint16}));

template <>
inline constexpr EntityAbout kEntity<WebConferencingEdge>{"", "the Web Conferencing Edge"};
template <>
inline constexpr auto kFields<WebConferencingEdge> =
    std::make_tuple(field("fqdn", &WebConferencingEdge::fqdn,
                          {.description = "external name of the Web Conferencing Edge service",
                           .example = "webcon.contoso.com",
                           .required = true,
                           .fully_qualified = true}));

template <>
inline constexpr EntityAbout kEntity<Waiver>{"", "a waiver"};
template <>
inline constexpr auto kFields<Waiver> = std::make_tuple(
    field("rule", &Waiver::rule,
          {.description = "code of the waived rule", .example = "NEG001", .required = true}),
    field("reason", &Waiver::reason,
          {.description = "why the finding is accepted",
           .example = "legacy peer, ticket 4711",
           .required = true}),
    field("until", &Waiver::until,
          {.description = "last day of the waiver", .example = "2027-01-31"}));

inline constexpr About kWaive = {.description = "rules that are waived for this entity",
                                 .example = "[{rule: NEG001, reason: \"legacy peer\"}]"};

template <>
inline constexpr EntityAbout kEntity<Gateway>{"gateway", "the gateway", "name"};
template <>
inline constexpr auto kFields<Gateway> = std::make_tuple(
    field("name", &Gateway::name,
          {.description = "name of this gateway", .example = "contoso-edge", .required = true}),
    field("platform", &Gateway::platform,
          {.description = "what the gateway runs on", .fallback = "lync_server_2013"}),
    field("domains", &Gateway::domains,
          {.description = "XMPP domains that we serve",
           .example = "[contoso.com]",
           .required = true,
           .min_items = 1}),
    field(
        "sip_domains", &Gateway::sip_domains,
        {.description = "SIP domains of the deployment, each with a `sip.` name on the certificate",
         .example = "[contoso.com]",
         .derived_default = "the same as `domains`"}),
    field("access_edge", &Gateway::access_edge,
          {.description = "the service that federation partners connect to", .required = true}),
    field("web_conferencing_edge", &Gateway::web_conferencing_edge,
          {.description =
               "the Web Conferencing Edge service, which shares the external certificate"}),
    field("certificate", &Gateway::certificate,
          {.description = "name of the certificate that the gateway presents",
           .example = "external-edge",
           .derived_default = "the only certificate"}),
    field("connection_limit", &Gateway::connection_limit,
          {.description = "most connections to all partners together",
           .fallback = "1000",
           .minimum = 1,
           .maximum = kMaxUint32,
           .stands_alone = true}),
    field("partner_connection_limit", &Gateway::partner_connection_limit,
          {.description = "most connections to one partner without a limit of its own",
           .fallback = "20",
           .minimum = 1,
           .maximum = kMaxUint32,
           .stands_alone = true}),
    field("keep_alive_interval", &Gateway::keep_alive_interval,
          {.description = "time between two keep-alives of an idle stream",
           .fallback = "300s",
           .minimum = 1,
           .maximum = kMaxUint32,
           .stands_alone = true}),
    field("stream_establishment_timeout", &Gateway::stream_establishment_timeout,
          {.description = "longest time that setting up a stream may take",
           .fallback = "60s",
           .minimum = 1,
           .maximum = kMaxUint32,
           .stands_alone = true}),
    field("stream_inactivity_timeout", &Gateway::stream_inactivity_timeout,
          {.description = "idle time after which a stream is closed",
           .fallback = "600s",
           .minimum = 1,
           .maximum = kMaxUint32,
           .stands_alone = true}),
    field("subscription_refresh_interval", &Gateway::subscription_refresh_interval,
          {.description = "time between two refreshes of presence subscriptions",
           .fallback = "8h",
           .minimum = 1,
           .maximum = kMaxUint32,
           .stands_alone = true}),
    field("log_message_bodies", &Gateway::log_message_bodies,
          {.description = "write the text of every message to the log",
           .fallback = "false",
           .stands_alone = true}),
    field("posh", &Gateway::posh,
          {.description = "also write a POSH document for each domain (RFC 7711)",
           .fallback = "false"}),
    field("posh_file", &Gateway::posh_file,
          {.description = "POSH document as it is published today, to check, inside the spec's "
                          "folder",
           .example = "posh/xmpp-server.json"}),
    field("dialback_passphrase", &Gateway::dialback_passphrase,
          {.description = "where the secret of dialback keys is found (XEP-0185); never the secret "
                          "itself",
           .example = "{env: XMPP_DIALBACK_PASSPHRASE}",
           .stands_alone = true}),
    field("waive", &Gateway::waive,
          {.description = "rules that are waived for the gateway, its domains and the whole spec",
           .example = kWaive.example}));

template <>
inline constexpr EntityAbout kEntity<Peer>{"", "the partner's own side"};
template <>
inline constexpr auto kFields<Peer> = std::make_tuple(
    field("tls", &Peer::tls, {.description = "how the partner treats TLS", .required = true}),
    field("sasl", &Peer::sasl,
          {.description = "how the partner treats SASL EXTERNAL", .required = true}),
    field("dialback", &Peer::dialback,
          {.description = "whether the partner supports dialback", .required = true}));

template <>
inline constexpr EntityAbout kEntity<Partner>{"partner", "a partner", "domain"};
template <>
inline constexpr auto kFields<Partner> = std::make_tuple(
    field("domain", &Partner::domain,
          {.description = "the partner's primary XMPP domain, unique over all partners",
           .example = "northwind.example",
           .required = true}),
    field("description", &Partner::description,
          {.description = "who the partner is, for the administrator",
           .example = "Northwind Traders, contact noc@northwind.example",
           .stands_alone = true}),
    field("additional_domains", &Partner::additional_domains,
          {.description = "further domains of the same partner; subdomains are not implied",
           .example = "[chat.northwind.example]"}),
    field("type", &Partner::type,
          {.description = "how far the partner's users are trusted",
           .required = true,
           .stands_alone = true}),
    field("tls", &Partner::tls, {.description = "whether streams use TLS", .fallback = "required"}),
    field("sasl", &Partner::sasl,
          {.description = "whether streams authenticate with SASL EXTERNAL",
           .fallback = "required"}),
    field("dialback", &Partner::dialback,
          {.description = "whether streams may authenticate with Server Dialback (XEP-0220)",
           .fallback = "false"}),
    field("connection_limit", &Partner::connection_limit,
          {.description = "most connections to this partner",
           .example = "20",
           .derived_default = "the gateway's `partner_connection_limit`",
           .minimum = 1,
           .maximum = kMaxUint32,
           .stands_alone = true}),
    field("keep_alive", &Partner::keep_alive,
          {.description = "send keep-alives on idle streams",
           .fallback = "true",
           .stands_alone = true}),
    field("proxy_fqdn", &Partner::proxy_fqdn,
          {.description = "host to connect to in place of the one that DNS names",
           .example = "xmpp.northwind.example",
           .fully_qualified = true,
           .stands_alone = true}),
    field("peer", &Partner::peer,
          {.description = "what the partner says of its own side, where it is known",
           .example = "{tls: required, sasl: optional, dialback: true}"}),
    field("agreement_until", &Partner::agreement_until,
          {.description = "last day of the federation agreement",
           .example = "2027-06-30",
           .stands_alone = true}),
    field("waive", &Partner::waive, kWaive));

template <>
inline constexpr EntityAbout kEntity<Issuer>{"", "an issuer"};
template <>
inline constexpr auto kFields<Issuer> = std::make_tuple(
    field("trust", &Issuer::trust,
          {.description = "who trusts the certificate authority", .fallback = "public"}),
    field("caa_identity", &Issuer::caa_identity,
          {.description = "the domain by which CAA records name the authority (RFC 8659)",
           .example = "digicert.com"}));

template <>
inline constexpr EntityAbout kEntity<DistinguishedName>{"", "a certificate subject"};
template <>
inline constexpr auto kFields<DistinguishedName> = std::make_tuple(
    field("common_name", &DistinguishedName::common_name,
          {.description = "common name (CN)",
           .example = "sip.contoso.com",
           .derived_default =
               "the Access Edge's FQDN where the certificate has it, else the first name "
               "of the request",
           .max_length = 64}),
    field("organization", &DistinguishedName::organization,
          {.description = "organization (O)", .example = "Contoso", .max_length = 64}),
    field("organizational_unit", &DistinguishedName::organizational_unit,
          {.description = "organizational unit (OU)", .example = "Messaging", .max_length = 64}),
    field("locality", &DistinguishedName::locality,
          {.description = "city (L)", .example = "Redmond", .max_length = 128}),
    field("state", &DistinguishedName::state,
          {.description = "state or province (ST)", .example = "Washington", .max_length = 128}),
    field("country", &DistinguishedName::country,
          {.description = "country (C), two upper-case letters of ISO 3166",
           .example = "US",
           .max_length = 2}));

template <>
inline constexpr EntityAbout kEntity<Key>{"", "a key"};
template <>
inline constexpr auto kFields<Key> = std::make_tuple(
    field("algorithm", &Key::algorithm, {.description = "key algorithm", .fallback = "rsa"}),
    field("bits", &Key::bits,
          {.description = "length of an RSA modulus",
           .fallback = "2048",
           .one_of = {2048, 3072, 4096}}),
    field("curve", &Key::curve, {.description = "named curve of an ECDSA key", .fallback = "p256"}),
    field("exportable", &Key::exportable,
          {.description = "whether the private key may be exported, which Edge pools need",
           .fallback = "true"}));

template <>
inline constexpr EntityAbout kEntity<Certificate>{"certificate", "a certificate", "name"};
template <>
inline constexpr auto kFields<Certificate> = std::make_tuple(
    field("name", &Certificate::name,
          {.description = "name of the certificate in this spec",
           .example = "external-edge",
           .required = true}),
    field("issuer", &Certificate::issuer,
          {.description = "the certificate authority",
           .example = "{trust: public, caa_identity: digicert.com}"}),
    field("subject", &Certificate::subject,
          {.description = "distinguished name of the request",
           .example = "{common_name: sip.contoso.com, organization: Contoso, country: US}"}),
    field("key", &Certificate::key,
          {.description = "the key pair to create", .example = "{algorithm: rsa, bits: 2048}"}),
    field("friendly_name", &Certificate::friendly_name,
          {.description = "name in the Windows certificate store",
           .example = "Lync external edge",
           .stands_alone = true}),
    field("template", &Certificate::template_name,
          {.description = "certificate template of an AD CS authority",
           .fallback = "WebServer",
           .stands_alone = true}),
    field("subject_alternative_names", &Certificate::subject_alternative_names,
          {.description = "the whole list of names to request",
           .example = "[sip.contoso.com, contoso.com]",
           .derived_default = "the names that the gateway requires, and `additional_names`"}),
    field("additional_names", &Certificate::additional_names,
          {.description = "names to request beside the derived ones",
           .example = "[lyncdiscover.contoso.com]"}),
    field("extended_key_usage", &Certificate::extended_key_usage,
          {.description = "purposes of the certificate",
           .fallback = "[server_auth]",
           .min_items = 1}),
    field("srv_names", &Certificate::srv_names,
          {.description = "also request an SRVName `_xmpp-server.DOMAIN` (RFC 4985) for each XMPP "
                          "domain, which only private authorities issue",
           .example = "true",
           .derived_default = "`true` for the gateway's certificate from a private authority, "
                              "except on Lync platforms"}),
    field("xmpp_addresses", &Certificate::xmpp_addresses,
          {.description = "also request an XmppAddr (RFC 6120, section 13.7.1.4) for each XMPP "
                          "domain, which only private authorities issue and old peers look for",
           .fallback = "false"}),
    field("validity", &Certificate::validity,
          {.description = "lifetime to ask for",
           .example = "199d",
           .minimum = 3600,
           .maximum = kMaxUint32,
           .stands_alone = true}),
    field("request_file", &Certificate::request_file,
          {.description = "where the request is written on the gateway",
           .example = "'c:\\cert_external_edge.cer'",
           .stands_alone = true}),
    field("certificate_file", &Certificate::certificate_file,
          {.description = "issued certificate to check, inside the spec's folder",
           .example = "certs/edge.pem"}),
    field("request_check_file", &Certificate::request_check_file,
          {.description = "request to check before it is sent, inside the spec's folder",
           .example = "certs/edge.csr"}),
    field("waive", &Certificate::waive, kWaive));

template <>
inline constexpr EntityAbout kEntity<CaaProperty>{"", "a CAA property"};
template <>
inline constexpr auto kFields<CaaProperty> = std::make_tuple(
    field("tag", &CaaProperty::tag, {.description = "property tag", .required = true}),
    field("value", &CaaProperty::value,
          {.description = "property value", .example = "digicert.com", .required = true}));

template <>
inline constexpr EntityAbout kEntity<Zone>{"zone", "a zone", "name"};
template <>
inline constexpr auto kFields<Zone> = std::make_tuple(
    field("name", &Zone::name,
          {.description = "apex of the DNS zone", .example = "contoso.com", .required = true}),
    field("ttl", &Zone::ttl,
          {.description = "time to live of the emitted records",
           .fallback = "1h",
           .minimum = 0,
           .maximum = kMaxTtl}),
    field("priority", &Zone::priority,
          {.description = "priority of the SRV records",
           .fallback = "0",
           .minimum = 0,
           .maximum = kMaxUint16}),
    field("weight", &Zone::weight,
          {.description = "weight of the SRV records",
           .fallback = "0",
           .minimum = 0,
           .maximum = kMaxUint16}),
    field("direct_tls", &Zone::direct_tls,
          {.description = "also publish `_xmpps-server` records (XEP-0368)", .fallback = "false"}),
    field("tlsa", &Zone::tlsa,
          {.description = "also publish a TLSA 3 1 1 record for the Access Edge (RFC 7673)",
           .fallback = "false"}),
    field("caa", &Zone::caa,
          {.description = "CAA properties of the zone's apex (RFC 8659)",
           .example = "[{tag: issue, value: digicert.com}]"}),
    field("zone_file", &Zone::zone_file,
          {.description = "the zone as it is today, to check against, inside the spec's folder",
           .example = "zones/contoso.com.db"}),
    field("waive", &Zone::waive, kWaive));

template <>
inline constexpr EntityAbout kEntity<Defaults>{"", "the defaults"};
template <>
inline constexpr auto kFields<Defaults> = std::make_tuple(
    field("partner", &Defaults::partner,
          {.description = "values of every partner that does not give the key itself",
           .example = "{tls: required, sasl: optional, dialback: true}"}));

template <>
inline constexpr EntityAbout kEntity<Dns>{"", "the DNS section"};
template <>
inline constexpr auto kFields<Dns> = std::make_tuple(field(
    "zones", &Dns::zones, {.description = "DNS zones that name the gateway", .joined = true}));

template <>
inline constexpr EntityAbout kEntity<Spec>{"spec", "the spec"};
template <>
inline constexpr auto kFields<Spec> = std::make_tuple(
    field("fedgate", &Spec::fedgate,
          {.description = "version of the spec language",
           .example = "1",
           .required = true,
           .minimum = 1,
           .maximum = 1}),
    field("gateway", &Spec::gateway, {.description = "our side", .required = true}),
    field("defaults", &Spec::defaults, {.description = "values that entities share"}),
    field("partners", &Spec::partners, {.description = "federation partners", .joined = true}),
    field("certificates", &Spec::certificates,
          {.description = "certificates to request and to check", .joined = true}),
    field("dns", &Spec::dns, {.description = "the DNS side", .joined = true}));

// Calls `visit(field)` for each field of a structure, in the order of the table.
template <typename Struct, typename Visitor>
constexpr void for_each_field(Visitor&& visit) {
  std::apply([&](const auto&... fields) { (visit(fields), ...); }, kFields<Struct>);
}

}  // namespace fedgate::spec
