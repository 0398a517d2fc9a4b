// The spec as plain data: what the YAML says, every value with its place. schema/fields.h describes
// each key; schema/bind.h fills these structures.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schema/located.h"
#include "schema/value/address.h"
#include "schema/value/date.h"
#include "schema/value/dns_name.h"
#include "schema/value/duration.h"
#include "schema/value/identifier.h"

namespace fedgate::spec {

enum class Platform : std::uint8_t { lync_server_2013, skype_for_business_2015, prosody, ejabberd };

// How a side treats TLS or SASL EXTERNAL on server-to-server streams.
enum class Negotiation : std::uint8_t { required, optional, not_supported };

enum class PartnerType : std::uint8_t { federated, public_verified, public_unverified };

// Whether the certificate authority is trusted by everyone or by the federation only.
enum class Trust : std::uint8_t { public_ca, private_ca };

enum class KeyAlgorithm : std::uint8_t { rsa, ecdsa };

// Named curves of FIPS 186-4.
enum class Curve : std::uint8_t { p256, p384, p521 };

// Extended key usages (RFC 5280, section 4.2.1.12).
enum class KeyUsage : std::uint8_t { server_auth, client_auth };

// CAA property tags (RFC 8659, section 4).
enum class CaaTag : std::uint8_t { issue, issuewild, iodef };

// A word of an enumeration as the spec spells it, with its meaning.
struct Word {
  std::string_view text;
  std::string_view description;
};

// The words of an enumeration, in the order of its enumerators.
template <typename Enum>
inline constexpr std::array<Word, 0> kWords{};

template <>
inline constexpr std::array kWords<Platform> = {
    Word{"lync_server_2013", "Lync Server 2013 Edge Server"},
    Word{"skype_for_business_2015", "Skype for Business Server 2015 Edge Server"},
    Word{"prosody", "Prosody XMPP server"}, Word{"ejabberd", "ejabberd XMPP server"}};
template <>
inline constexpr std::array kWords<Negotiation> = {
    Word{"required", "never without it"}, Word{"optional", "used where the other side can"},
    Word{"not_supported", "never used"}};
template <>
inline constexpr std::array kWords<PartnerType> = {
    Word{"federated", "same enterprise or an established business relationship"},
    Word{"public_verified", "public provider whose users are verified"},
    Word{"public_unverified", "any other public provider"}};
template <>
inline constexpr std::array kWords<Trust> = {
    Word{"public", "a publicly trusted authority"},
    Word{"private", "an authority that only the federation's members trust"}};
template <>
inline constexpr std::array kWords<KeyAlgorithm> = {Word{"rsa", "RSA"}, Word{"ecdsa", "ECDSA"}};
template <>
inline constexpr std::array kWords<Curve> = {Word{"p256", "NIST P-256"}, Word{"p384", "NIST P-384"},
                                             Word{"p521", "NIST P-521"}};
template <>
inline constexpr std::array kWords<KeyUsage> = {
    Word{"server_auth", "TLS server authentication, id-kp-serverAuth"},
    Word{"client_auth", "TLS client authentication, id-kp-clientAuth"}};
template <>
inline constexpr std::array kWords<CaaTag> = {
    Word{"issue", "who may issue certificates"},
    Word{"issuewild", "who may issue wildcard certificates"},
    Word{"iodef", "where a refused request is reported"}};

// The word of an enumerator.
template <typename Enum>
[[nodiscard]] constexpr auto word(Enum value) -> std::string_view {
  return kWords<Enum>[static_cast<std::size_t>(value)].text;
}

// Entities that rules judge (gateway, partner, certificate, zone) are `sound` where every value in
// them could be read but those that stand alone (About::stands_alone); rules leave the others
// alone, because they have a finding already.

// A secret, named and never held: an environment variable or a file. Exactly one is present.
struct SecretReference {
  source::Span where;
  Located<value::EnvironmentName> env;
  Located<value::Text> file;
};

struct AccessEdge {
  source::Span where;
  Located<value::DnsName> fqdn;
  Located<List<value::Address>> addresses;
  Located<std::int64_t> port;
};

struct WebConferencingEdge {
  source::Span where;
  Located<value::DnsName> fqdn;
};

// An exception to one rule for the entity that it stands in.
struct Waiver {
  source::Span where;
  Located<value::Text> rule;
  Located<value::Text> reason;
  Located<value::Date> until;
};

struct Gateway {
  source::Span where;
  bool sound = true;
  Located<value::Name> name;
  Located<Platform> platform;
  Located<List<value::DnsName>> domains;
  Located<List<value::DnsName>> sip_domains;
  Located<AccessEdge> access_edge;
  Located<WebConferencingEdge> web_conferencing_edge;
  Located<value::Name> certificate;
  Located<std::int64_t> connection_limit;
  Located<std::int64_t> partner_connection_limit;
  Located<value::Duration> keep_alive_interval;
  Located<value::Duration> stream_establishment_timeout;
  Located<value::Duration> stream_inactivity_timeout;
  Located<value::Duration> subscription_refresh_interval;
  Located<bool> log_message_bodies;
  Located<bool> posh;
  Located<value::RelativePath> posh_file;
  Located<SecretReference> dialback_passphrase;
  Located<std::vector<Waiver>> waive;
};

// The partner's own side of the negotiation.
struct Peer {
  source::Span where;
  Located<Negotiation> tls;
  Located<Negotiation> sasl;
  Located<bool> dialback;
};

struct Partner {
  source::Span where;
  bool sound = true;
  Located<value::DnsName> domain;
  Located<value::Text> description;
  Located<List<value::DnsName>> additional_domains;
  Located<PartnerType> type;
  Located<Negotiation> tls;
  Located<Negotiation> sasl;
  Located<bool> dialback;
  Located<std::int64_t> connection_limit;
  Located<bool> keep_alive;
  Located<value::DnsName> proxy_fqdn;
  Located<Peer> peer;
  Located<value::Date> agreement_until;
  Located<std::vector<Waiver>> waive;
};

struct Issuer {
  source::Span where;
  Located<Trust> trust;
  Located<value::DnsName> caa_identity;
};

// The subject of a certificate (X.520 attributes; RFC 5280, appendix A.1 for the lengths).
struct DistinguishedName {
  source::Span where;
  Located<value::Text> common_name;
  Located<value::Text> organization;
  Located<value::Text> organizational_unit;
  Located<value::Text> locality;
  Located<value::Text> state;
  Located<value::Text> country;
};

struct Key {
  source::Span where;
  Located<KeyAlgorithm> algorithm;
  Located<std::int64_t> bits;
  Located<Curve> curve;
  Located<bool> exportable;
};

struct Certificate {
  source::Span where;
  bool sound = true;
  Located<value::Name> name;
  Located<Issuer> issuer;
  Located<DistinguishedName> subject;
  Located<Key> key;
  Located<value::Text> friendly_name;
  Located<value::Text> template_name;
  Located<List<value::DnsPattern>> subject_alternative_names;
  Located<List<value::DnsPattern>> additional_names;
  Located<List<KeyUsage>> extended_key_usage;
  Located<bool> srv_names;
  Located<bool> xmpp_addresses;
  Located<value::Duration> validity;
  Located<value::Text> request_file;
  Located<value::RelativePath> certificate_file;
  Located<value::RelativePath> request_check_file;
  Located<std::vector<Waiver>> waive;
};

struct CaaProperty {
  source::Span where;
  Located<CaaTag> tag;
  Located<value::Text> value;
};

struct Zone {
  source::Span where;
  bool sound = true;
  Located<value::DnsName> name;
  Located<value::Duration> ttl;
  Located<std::int64_t> priority;
  Located<std::int64_t> weight;
  Located<bool> direct_tls;
  Located<bool> tlsa;
  Located<std::vector<CaaProperty>> caa;
  Located<value::RelativePath> zone_file;
  Located<std::vector<Waiver>> waive;
};

struct Defaults {
  source::Span where;
  // Only the keys that are not required of a partner.
  Located<Partner> partner;
};

struct Dns {
  source::Span where;
  Located<std::vector<Zone>> zones;
};

// All files of a run, merged.
struct Spec {
  source::Span where;
  // Every file, section and item of a list could be read, so that what is absent was not written.
  bool whole = true;
  Located<std::int64_t> fedgate;
  Located<Gateway> gateway;
  Located<Defaults> defaults;
  Located<std::vector<Partner>> partners;
  Located<std::vector<Certificate>> certificates;
  Located<Dns> dns;
};

}  // namespace fedgate::spec
