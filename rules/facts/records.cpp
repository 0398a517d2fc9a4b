#include "rules/facts/records.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace fedgate::rules {

namespace {

// Finds the longest zone that holds a name, in as many look-ups as the name has labels.
class ZoneIndex {
 public:
  explicit ZoneIndex(const spec::Model& model) {
    for (std::size_t i = 0; i < model.zones().size(); ++i) {
      zones_.try_emplace(model.zones()[i].name->ascii(), i);
    }
  }

  [[nodiscard]] auto find(std::string_view name) const -> std::optional<std::size_t> {
    while (!name.empty()) {
      if (const auto zone = zones_.find(name); zone != zones_.end()) {
        return zone->second;
      }
      const std::size_t dot = name.find('.');
      if (dot == std::string_view::npos) {
        break;
      }
      name.remove_prefix(dot + 1);
    }
    return std::nullopt;
  }

 private:
  // Views into the model's zone names.
  std::unordered_map<std::string_view, std::size_t> zones_;
};

auto comes_before(const Record& a, const Record& b) -> bool {
  const auto place = [](const Record& record) { return std::tie(record.name, record.service); };
  if (a.data.index() != b.data.index()) {
    return a.data.index() < b.data.index();
  }
  return place(a) != place(b) ? place(a) < place(b) : a.data < b.data;
}

}  // namespace

auto Record::type() const -> std::string_view {
  if (const auto* address = std::get_if<value::Address>(&data)) {
    return address->is_v4() ? "A" : "AAAA";
  }
  return std::holds_alternative<SrvData>(data) ? "SRV" : "CAA";
}

auto derive_zone_facts(const spec::Model& model) -> std::vector<ZoneFacts> {
  std::vector<ZoneFacts> facts(model.zones().size());
  const ZoneIndex zones(model);
  const spec::Gateway& gateway = model.gateway();
  const spec::AccessEdge& edge = gateway.access_edge.value;
  for (const auto& domain : gateway.domains.value) {
    if (const auto index = zones.find(domain->ascii())) {
      const spec::Zone& zone = model.zones()[*index];
      facts[*index].records.push_back(
          {domain.value, std::string(kXmppServerService), zone.ttl->seconds(),
           SrvData{zone.priority.value, zone.weight.value, edge.port.value, edge.fqdn.value},
           domain.where});
    }
  }
  if (const auto index = zones.find(edge.fqdn->ascii())) {
    for (const auto& address : edge.addresses.value) {
      facts[*index].records.push_back({edge.fqdn.value,
                                       {},
                                       model.zones()[*index].ttl->seconds(),
                                       address.value,
                                       address.where});
    }
  }
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const spec::Zone& zone = model.zones()[i];
    for (const spec::CaaProperty& property : zone.caa.value) {
      facts[i].records.push_back({zone.name.value,
                                  {},
                                  zone.ttl->seconds(),
                                  CaaData{0, property.tag.value, property.value->text()},
                                  property.where});
    }
    std::sort(facts[i].records.begin(), facts[i].records.end(), comes_before);
  }
  return facts;
}

}  // namespace fedgate::rules
