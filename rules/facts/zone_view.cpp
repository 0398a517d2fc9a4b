#include "rules/facts/zone_view.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "schema/value/issuer_domain.h"

namespace fedgate::rules {

namespace {

auto has_type(std::span<const zonefile::Record* const> records, std::string_view type) -> bool {
  return std::any_of(records.begin(), records.end(),
                     [&](const auto* record) { return record->type == type; });
}

}  // namespace

ZoneView::ZoneView(const spec::Model& model, const std::vector<ZoneFacts>& facts,
                   std::span<const std::optional<zonefile::ZoneFile>> files)
    : model_(&model),
      files_(files),
      zones_(model),
      owners_(facts.size()),
      inner_(facts.size()),
      needed_(facts.size()) {
  for (std::size_t i = 0; i < facts.size(); ++i) {
    for (const Record& record : facts[i].records) {
      if (std::holds_alternative<value::Address>(record.data)) {
        needed_[i].hosts.insert(record.name.ascii());
      } else if (const auto* caa = std::get_if<CaaData>(&record.data)) {
        needed_[i].caa.push_back(
            {nullptr, &record, {caa->flags, std::string(spec::word(caa->tag)), caa->value}});
      }
    }
  }
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (files[i]) {
      owners_[i].reserve(files[i]->records.size());
      for (const zonefile::Record& record : files[i]->records) {
        owners_[i][record.owner].push_back(&record);
        std::string_view above = parent_of(record.owner);
        while (!above.empty() && inner_[i].insert(above).second) {
          above = parent_of(above);
        }
      }
    }
  }
}

auto ZoneView::at(std::size_t zone, std::string_view owner) const
    -> std::span<const zonefile::Record* const> {
  const auto found = owners_[zone].find(owner);
  return found == owners_[zone].end() ? std::span<const zonefile::Record* const>() : found->second;
}

auto ZoneView::exists(std::size_t zone, std::string_view name) const -> bool {
  return owners_[zone].contains(name) || inner_[zone].contains(name);
}

auto ZoneView::answer(std::size_t zone, std::string_view name) const
    -> std::span<const zonefile::Record* const> {
  std::string_view encloser = name;
  while (!encloser.empty() && !exists(zone, encloser)) {
    encloser = parent_of(encloser);
  }
  return encloser.size() == name.size() ? at(zone, name) : at(zone, fmt::format("*.{}", encloser));
}

auto ZoneView::resolve(std::string_view target) const -> TargetState {
  if (target == ".") {
    return TargetState::none;
  }
  const auto zone = zones_.find(target);
  if (!zone) {
    return TargetState::elsewhere;
  }
  if (file(*zone) != nullptr) {
    return resolve_in(*zone, target);
  }
  return needed_[*zone].hosts.contains(target) ? TargetState::planned : TargetState::unknown;
}

auto ZoneView::resolve_in(std::size_t zone, std::string_view name) const -> TargetState {
  const std::string& apex = model_->zones()[zone].name->ascii();
  // A delegation on the way hands the name to servers that are not known here.
  for (std::string_view one = name; one.size() > apex.size(); one = parent_of(one)) {
    if (has_type(at(zone, one), "NS")) {
      return TargetState::elsewhere;
    }
  }
  const auto records = answer(zone, name);
  if (has_type(records, "CNAME")) {
    return TargetState::alias;
  }
  if (has_type(records, "A") || has_type(records, "AAAA")) {
    return TargetState::address;
  }
  if (needed_[zone].hosts.contains(name)) {
    return TargetState::planned;
  }
  return file(zone)->complete ? TargetState::no_address : TargetState::unknown;
}

auto ZoneView::caa_at(std::size_t zone, std::string_view name, bool planned) const -> CaaSet {
  const std::string& apex = model_->zones()[zone].name->ascii();
  const bool is_ours = name == apex && !model_->zones()[zone].caa->empty();
  if (is_ours && (planned || file(zone) == nullptr)) {
    return {needed_[zone].caa};
  }
  // No wildcard stands for a name that is to have records.
  const bool will_exist = planned && needed_[zone].hosts.contains(name);
  CaaSet set;
  for (const zonefile::Record* record : will_exist ? at(zone, name) : answer(zone, name)) {
    if (record->type != "CAA") {
      continue;
    }
    if (const auto* caa = std::get_if<zonefile::Caa>(&record->data)) {
      set.properties.push_back({record, nullptr, *caa});
    } else if (set.unreadable == nullptr) {
      set.unreadable = record;
    }
  }
  return set;
}

auto ZoneView::relevant_caa(std::string_view name, bool planned) const -> CaaSet {
  for (; !name.empty(); name = parent_of(name)) {
    const auto zone = zones_.find(name);
    if (!zone) {
      return {};
    }
    CaaSet set = caa_at(*zone, name, planned);
    if (!set.properties.empty() || set.unreadable != nullptr) {
      return set;
    }
  }
  return {};
}

auto is_known_tag(std::string_view tag) -> bool {
  constexpr std::array<std::string_view, 5> kTags = {"issue", "issuewild", "iodef", "contactemail",
                                                     "contactphone"};
  return std::find(kTags.begin(), kTags.end(), tag) != kTags.end();
}

auto caa_allows(std::span<const CaaProperty> set, bool is_wildcard,
                std::optional<std::string_view> authority) -> bool {
  const auto has_tag = [&](std::string_view tag) {
    return std::any_of(set.begin(), set.end(),
                       [&](const CaaProperty& one) { return one.data.tag == tag; });
  };
  const std::string_view tag = is_wildcard && has_tag("issuewild") ? "issuewild" : "issue";
  return !has_tag(tag) || std::any_of(set.begin(), set.end(), [&](const CaaProperty& one) {
    const auto issuer = value::IssuerDomain::parse(one.data.value);
    return one.data.tag == tag && issuer && issuer->domain() &&
           (!authority || issuer->domain()->ascii() == *authority);
  });
}

}  // namespace fedgate::rules
