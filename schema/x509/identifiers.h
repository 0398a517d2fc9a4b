// Object identifiers that both readers and writers of certificates know.
#pragma once

#include <string_view>

namespace fedgate::x509 {

// id-on-dnsSRV (RFC 4985) and id-on-xmppAddr (RFC 6120, section 13.7.1.4).
inline constexpr std::string_view kSrvNameType = "1.3.6.1.5.5.7.8.7";
inline constexpr std::string_view kXmppAddressType = "1.3.6.1.5.5.7.8.5";

// Extended key usages (RFC 5280, section 4.2.1.12).
inline constexpr std::string_view kServerAuthUsage = "1.3.6.1.5.5.7.3.1";
inline constexpr std::string_view kClientAuthUsage = "1.3.6.1.5.5.7.3.2";
inline constexpr std::string_view kAnyUsage = "2.5.29.37.0";

}  // namespace fedgate::x509
