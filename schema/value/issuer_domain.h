// IssuerDomain: the value of a CAA `issue` or `issuewild` property (RFC 8659 section 4.2).
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/value/dns_name.h"
#include "schema/value/value_error.h"

namespace fedgate::value {

struct IssuerParameter {
  std::string tag;
  std::string value;

  friend auto operator==(const IssuerParameter&, const IssuerParameter&) -> bool = default;
  // clang-tidy 14 takes a comparison that the compiler made up for a null pointer.
  friend auto operator<=>(const IssuerParameter&, const IssuerParameter&)
      -> std::strong_ordering = default;  // NOLINT(modernize-use-nullptr)
};

// Accepted: `digicert.com`, `letsencrypt.org; validationmethods=dns-01`, and `;`, which forbids
// every issuer; refused: an empty text, `digi cert.com`, `ca.example; policy`.
class IssuerDomain {
 public:
  // The empty value that stands where a spec has none; parse() never returns it.
  IssuerDomain() = default;

  [[nodiscard]] static auto parse(std::string_view text) -> Parsed<IssuerDomain>;

  // None where the value forbids every issuer.
  [[nodiscard]] auto domain() const -> const std::optional<DnsName>& { return domain_; }
  // In the order of the text.
  [[nodiscard]] auto parameters() const -> const std::vector<IssuerParameter>& {
    return parameters_;
  }
  // The value with one spelling of blanks and the domain as A-labels: `ca.example; a=1; b=2`.
  [[nodiscard]] auto to_text() const -> std::string;

  friend auto operator==(const IssuerDomain&, const IssuerDomain&) -> bool = default;
  friend auto operator<=>(const IssuerDomain&, const IssuerDomain&)
      -> std::strong_ordering = default;

 private:
  IssuerDomain(std::optional<DnsName> domain, std::vector<IssuerParameter> parameters)
      : domain_(std::move(domain)), parameters_(std::move(parameters)) {}

  std::optional<DnsName> domain_;
  std::vector<IssuerParameter> parameters_;
};

}  // namespace fedgate::value
