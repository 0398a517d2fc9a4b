// Names of a certificate, to be asked about others without a look at each. Every question takes the
// time of one name's labels, however many names there are.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>

#include "schema/value/dns_name.h"

namespace fedgate::rules {

// The name without its first label; empty at the top.
[[nodiscard]] auto parent_of(std::string_view name) -> std::string_view;

class NameSet {
 public:
  NameSet() = default;
  explicit NameSet(std::span<const value::DnsPattern> names);

  void add(const value::DnsPattern& name);

  // That very name or wildcard.
  [[nodiscard]] auto contains(const value::DnsPattern& name) const -> bool;
  // Whether one of them is for the name (RFC 9525, section 6.3).
  [[nodiscard]] auto covers(const value::DnsName& name) const -> bool;
  // That very name or wildcard, or one that is for the name.
  [[nodiscard]] auto stands_for(const value::DnsPattern& name) const -> bool;
  // Whether the pattern is for one of them that is no wildcard.
  [[nodiscard]] auto is_covered_by(const value::DnsPattern& pattern) const -> bool;

  // Whether the name is below one of them; a wildcard counts as the name to the right of its `*.`.
  [[nodiscard]] auto has_above(const value::DnsName& name) const -> bool;
  // Whether the name is, or is below, what stands to the right of the `*.` of one of them.
  [[nodiscard]] auto has_wildcard_above(const value::DnsName& name) const -> bool;
  // Whether one of them is below the name; wildcards count as with has_above().
  [[nodiscard]] auto has_below(const value::DnsName& name) const -> bool;

 private:
  struct Hash {
    using is_transparent = void;  // NOLINT(readability-identifier-naming): the library's word.
    auto operator()(std::string_view text) const -> std::size_t {
      return std::hash<std::string_view>{}(text);
    }
  };
  using Texts = std::unordered_set<std::string, Hash, std::equal_to<>>;

  // A-labels: of names that are no wildcard, and of what stands to the right of `*.`.
  Texts names_;
  Texts wildcards_;
  // Of names one label above one in `names_`, and of all above one in either.
  Texts parents_;
  Texts above_;
};

}  // namespace fedgate::rules
