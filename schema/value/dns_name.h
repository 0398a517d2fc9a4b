// DnsName, Fqdn and DnsPattern: domain names of hosts and XMPP domains, read with IDNA 2008 (RFC
// 5891) and the preferred name syntax (RFC 1034 section 3.5, RFC 1123 section 2.1). Underscore
// labels are refused: fedgate itself writes the owner names of SRV and TLSA records.
#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "schema/value/value_error.h"

namespace fedgate::value {

// A domain name without a trailing dot, of at most 253 octets with labels of 1 to 63. Accepted:
// `contoso.com`, `bücher.example`, `xn--bcher-kva.example`, `CONTOSO.com`; refused: `contoso.com.`,
// `a_b.example`, `192.0.2.1`, `*.contoso.com`, `xn--a.example`. Two names are the same when their
// A-labels are.
class DnsName {
 public:
  // The empty value that stands where a spec has none; parse() never returns it.
  DnsName() = default;

  [[nodiscard]] static auto parse(std::string_view text) -> Parsed<DnsName>;

  // All labels as A-labels, in lower case.
  [[nodiscard]] auto ascii() const -> const std::string& { return ascii_; }
  // The form with U-labels; the same as ascii() where no label has one.
  [[nodiscard]] auto unicode() const -> const std::string& {
    return unicode_.empty() ? ascii_ : unicode_;
  }
  [[nodiscard]] auto has_unicode() const -> bool { return !unicode_.empty(); }
  // What people read: the U-labels where there are any.
  [[nodiscard]] auto display() const -> const std::string& { return unicode(); }

  // Whether the spec wrote an upper-case ASCII letter, which DNS ignores and a reader may not.
  [[nodiscard]] auto had_upper_case() const -> bool { return had_upper_case_; }

  [[nodiscard]] auto label_count() const -> std::size_t;
  // Strictly below `other`, label by label: `a.b.example` is below `b.example`, while `ab.example`
  // and `b.example` itself are not.
  [[nodiscard]] auto is_subdomain_of(const DnsName& other) const -> bool;
  // The name without its left-most label; none for a single label.
  [[nodiscard]] auto parent() const -> std::optional<DnsName>;

  friend auto operator==(const DnsName& left, const DnsName& right) -> bool {
    return left.ascii_ == right.ascii_;
  }
  friend auto operator<=>(const DnsName& left, const DnsName& right) -> std::strong_ordering {
    return left.ascii_ <=> right.ascii_;
  }

 private:
  DnsName(std::string ascii, std::string unicode, bool had_upper_case);

  std::string ascii_;
  std::string unicode_;  // empty where it is the same as ascii_
  bool had_upper_case_ = false;
};

// A fully qualified name: a DnsName of at least two labels. Everything else is that of DnsName.
[[nodiscard]] auto parse_fqdn(std::string_view text) -> Parsed<DnsName>;

// A name as certificates present it: a DnsName, or one with `*` as its complete left-most label
// (RFC 9525 section 6.3). Accepted: `sip.contoso.com`, `*.contoso.com`; refused: `*`,
// `s*.contoso.com`, `sip.*.com`.
class DnsPattern {
 public:
  // The empty value that stands where a spec has none; parse() never returns it.
  DnsPattern() = default;

  [[nodiscard]] static auto parse(std::string_view text) -> Parsed<DnsPattern>;
  explicit DnsPattern(DnsName name) : name_(std::move(name)) {}

  [[nodiscard]] auto is_wildcard() const -> bool { return is_wildcard_; }
  // The name itself; for a wildcard the name to the right of `*.`.
  [[nodiscard]] auto name() const -> const DnsName& { return name_; }
  // With A-labels, and with the `*.` of a wildcard.
  [[nodiscard]] auto ascii() const -> std::string;
  [[nodiscard]] auto display() const -> std::string;
  // Whether a certificate with this name is one for `name`: the same name, or, for a wildcard, one
  // label more.
  [[nodiscard]] auto covers(const DnsName& name) const -> bool;

  friend auto operator==(const DnsPattern&, const DnsPattern&) -> bool = default;
  // Ordered by name, a plain name before its wildcard.
  friend auto operator<=>(const DnsPattern&, const DnsPattern&) -> std::strong_ordering = default;

 private:
  DnsPattern(DnsName name, bool is_wildcard) : name_(std::move(name)), is_wildcard_(is_wildcard) {}

  DnsName name_;
  bool is_wildcard_ = false;
};

}  // namespace fedgate::value

template <>
struct std::hash<fedgate::value::DnsName> {
  auto operator()(const fedgate::value::DnsName& name) const noexcept -> std::size_t {
    return std::hash<std::string>{}(name.ascii());
  }
};
