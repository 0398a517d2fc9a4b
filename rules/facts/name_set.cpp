#include "rules/facts/name_set.h"

#include <algorithm>

namespace fedgate::rules {

auto parent_of(std::string_view name) -> std::string_view {
  const std::size_t dot = name.find('.');
  return dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1);
}

NameSet::NameSet(std::span<const value::DnsPattern> names) {
  std::for_each(names.begin(), names.end(), [this](const auto& name) { add(name); });
}

void NameSet::add(const value::DnsPattern& name) {
  const std::string& text = name.name().ascii();
  (name.is_wildcard() ? wildcards_ : names_).insert(text);
  std::string_view parent = parent_of(text);
  if (!name.is_wildcard() && !parent.empty()) {
    parents_.emplace(parent);
  }
  // What is above a name that is there already is there too.
  for (; !parent.empty() && above_.emplace(parent).second; parent = parent_of(parent)) {
  }
}

auto NameSet::contains(const value::DnsPattern& name) const -> bool {
  return (name.is_wildcard() ? wildcards_ : names_).contains(name.name().ascii());
}

auto NameSet::covers(const value::DnsName& name) const -> bool {
  return names_.contains(name.ascii()) || wildcards_.contains(parent_of(name.ascii()));
}

auto NameSet::stands_for(const value::DnsPattern& name) const -> bool {
  return contains(name) || (!name.is_wildcard() && covers(name.name()));
}

auto NameSet::is_covered_by(const value::DnsPattern& pattern) const -> bool {
  return (pattern.is_wildcard() ? parents_ : names_).contains(pattern.name().ascii());
}

auto NameSet::has_above(const value::DnsName& name) const -> bool {
  for (std::string_view above = parent_of(name.ascii()); !above.empty(); above = parent_of(above)) {
    if (names_.contains(above) || wildcards_.contains(above)) {
      return true;
    }
  }
  return false;
}

auto NameSet::has_wildcard_above(const value::DnsName& name) const -> bool {
  for (std::string_view at = name.ascii(); !at.empty(); at = parent_of(at)) {
    if (wildcards_.contains(at)) {
      return true;
    }
  }
  return false;
}

auto NameSet::has_below(const value::DnsName& name) const -> bool {
  return above_.contains(name.ascii());
}

}  // namespace fedgate::rules
