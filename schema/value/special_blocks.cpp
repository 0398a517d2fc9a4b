#include <array>

#include "schema/value/address.h"

namespace fedgate::value {

namespace {

// First the rows of the IANA registries "IPv4 Special-Purpose Address Space" and "IPv6
// Special-Purpose Address Space" (RFC 6890, as of 2025-10-09) under the names that they use; then
// the multicast blocks, the blocks that an RFC took out of service, and the IPv6 space that is set
// aside for later (IANA, "Internet Protocol Version 6 Address Space").
constexpr auto kBlocks = std::to_array<SpecialBlock>({
    {"0.0.0.0/8", "This network", "RFC 791", AddressUse::unspecified},
    {"0.0.0.0/32", "This host on this network", "RFC 1122", AddressUse::unspecified},
    {"10.0.0.0/8", "Private-Use", "RFC 1918", AddressUse::private_use},
    {"100.64.0.0/10", "Shared Address Space", "RFC 6598", AddressUse::shared},
    {"127.0.0.0/8", "Loopback", "RFC 1122", AddressUse::loopback},
    {"169.254.0.0/16", "Link Local", "RFC 3927", AddressUse::link_local},
    {"172.16.0.0/12", "Private-Use", "RFC 1918", AddressUse::private_use},
    {"192.0.0.0/24", "IETF Protocol Assignments", "RFC 6890", AddressUse::reserved},
    {"192.0.0.0/29", "IPv4 Service Continuity Prefix", "RFC 7335", AddressUse::translation},
    {"192.0.0.8/32", "IPv4 dummy address", "RFC 7600", AddressUse::reserved},
    {"192.0.0.9/32", "Port Control Protocol Anycast", "RFC 7723", AddressUse::reserved},
    {"192.0.0.10/32", "Traversal Using Relays around NAT Anycast", "RFC 8155",
     AddressUse::reserved},
    {"192.0.0.170/31", "NAT64/DNS64 Discovery", "RFC 7050", AddressUse::translation},
    {"192.0.2.0/24", "Documentation (TEST-NET-1)", "RFC 5737", AddressUse::documentation},
    {"192.31.196.0/24", "AS112-v4", "RFC 7535", AddressUse::reserved},
    {"192.52.193.0/24", "AMT", "RFC 7450", AddressUse::translation},
    {"192.88.99.0/24", "Deprecated (6to4 Relay Anycast)", "RFC 7526", AddressUse::translation},
    {"192.88.99.2/32", "6a44-relay anycast address", "RFC 6751", AddressUse::translation},
    {"192.168.0.0/16", "Private-Use", "RFC 1918", AddressUse::private_use},
    {"192.175.48.0/24", "Direct Delegation AS112 Service", "RFC 7534", AddressUse::reserved},
    {"198.18.0.0/15", "Benchmarking", "RFC 2544", AddressUse::benchmarking},
    {"198.51.100.0/24", "Documentation (TEST-NET-2)", "RFC 5737", AddressUse::documentation},
    {"203.0.113.0/24", "Documentation (TEST-NET-3)", "RFC 5737", AddressUse::documentation},
    {"240.0.0.0/4", "Reserved", "RFC 1112", AddressUse::reserved},
    {"255.255.255.255/32", "Limited Broadcast", "RFC 919", AddressUse::reserved},
    {"::1/128", "Loopback Address", "RFC 4291", AddressUse::loopback},
    {"::/128", "Unspecified Address", "RFC 4291", AddressUse::unspecified},
    {"::ffff:0:0/96", "IPv4-mapped Address", "RFC 4291", AddressUse::translation},
    {"64:ff9b::/96", "IPv4-IPv6 Translat.", "RFC 6052", AddressUse::translation},
    {"64:ff9b:1::/48", "IPv4-IPv6 Translat.", "RFC 8215", AddressUse::translation},
    {"100::/64", "Discard-Only Address Block", "RFC 6666", AddressUse::reserved},
    {"100:0:0:1::/64", "Dummy IPv6 Prefix", "RFC 9780", AddressUse::reserved},
    {"2001::/23", "IETF Protocol Assignments", "RFC 2928", AddressUse::reserved},
    {"2001::/32", "TEREDO", "RFC 4380", AddressUse::translation},
    {"2001:1::1/128", "Port Control Protocol Anycast", "RFC 7723", AddressUse::reserved},
    {"2001:1::2/128", "Traversal Using Relays around NAT Anycast", "RFC 8155",
     AddressUse::reserved},
    {"2001:1::3/128", "DNS-SD Service Registration Protocol Anycast", "RFC 9665",
     AddressUse::reserved},
    {"2001:2::/48", "Benchmarking", "RFC 5180", AddressUse::benchmarking},
    {"2001:3::/32", "AMT", "RFC 7450", AddressUse::translation},
    {"2001:4:112::/48", "AS112-v6", "RFC 7535", AddressUse::reserved},
    {"2001:10::/28", "Deprecated (previously ORCHID)", "RFC 4843", AddressUse::reserved},
    {"2001:20::/28", "ORCHIDv2", "RFC 7343", AddressUse::reserved},
    {"2001:30::/28", "Drone Remote ID Protocol Entity Tags (DETs) Prefix", "RFC 9374",
     AddressUse::reserved},
    {"2001:db8::/32", "Documentation", "RFC 3849", AddressUse::documentation},
    {"2002::/16", "6to4", "RFC 3056", AddressUse::translation},
    {"2620:4f:8000::/48", "Direct Delegation AS112 Service", "RFC 7534", AddressUse::reserved},
    {"3fff::/20", "Documentation", "RFC 9637", AddressUse::documentation},
    {"5f00::/16", "Segment Routing (SRv6) SIDs", "RFC 9602", AddressUse::reserved},
    {"fc00::/7", "Unique-Local", "RFC 4193", AddressUse::private_use},
    {"fe80::/10", "Link-Local Unicast", "RFC 4291", AddressUse::link_local},
    {"224.0.0.0/4", "Multicast", "RFC 5771", AddressUse::multicast},
    {"ff00::/8", "Multicast", "RFC 4291", AddressUse::multicast},
    {"::/96", "Deprecated (IPv4-compatible Address)", "RFC 4291", AddressUse::translation},
    {"fec0::/10", "Deprecated (Site-Local Unicast)", "RFC 3879", AddressUse::private_use},
    {"::/8", "Reserved by IETF", "RFC 4291", AddressUse::reserved},
    {"100::/8", "Reserved by IETF", "RFC 4291", AddressUse::reserved},
    {"200::/7", "Reserved by IETF", "RFC 4048", AddressUse::reserved},
    {"400::/6", "Reserved by IETF", "RFC 4291", AddressUse::reserved},
    {"800::/5", "Reserved by IETF", "RFC 4291", AddressUse::reserved},
    {"1000::/4", "Reserved by IETF", "RFC 4291", AddressUse::reserved},
    {"4000::/3", "Reserved by IETF", "RFC 4291", AddressUse::reserved},
    {"6000::/3", "Reserved by IETF", "RFC 4291", AddressUse::reserved},
    {"8000::/3", "Reserved by IETF", "RFC 4291", AddressUse::reserved},
    {"a000::/3", "Reserved by IETF", "RFC 4291", AddressUse::reserved},
    {"c000::/3", "Reserved by IETF", "RFC 4291", AddressUse::reserved},
    {"e000::/4", "Reserved by IETF", "RFC 4291", AddressUse::reserved},
    {"f000::/5", "Reserved by IETF", "RFC 4291", AddressUse::reserved},
    {"f800::/6", "Reserved by IETF", "RFC 4291", AddressUse::reserved},
    {"fe00::/9", "Reserved by IETF", "RFC 4291", AddressUse::reserved},
});

}  // namespace

auto special_blocks() -> std::span<const SpecialBlock> { return kBlocks; }

}  // namespace fedgate::value
