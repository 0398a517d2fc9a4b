#include "rules/facts/records.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "rules/facts/zone_index.h"

namespace fedgate::rules {

namespace {

auto comes_before(const Record& a, const Record& b) -> bool {
  const auto place = [](const Record& record) { return std::tie(record.name, record.service); };
  if (a.data.index() != b.data.index()) {
    return a.data.index() < b.data.index();
  }
  return place(a) != place(b) ? place(a) < place(b) : a.data < b.data;
}

// Fills the facts of every zone; each part of the gateway goes to the zone that its name belongs
// to.
class Derivation {
 public:
  explicit Derivation(const spec::Model& model)
      : model_(&model), zones_(model), facts_(model.zones().size()) {}

  auto run() -> std::vector<ZoneFacts> {
    for (const auto& domain : model_->gateway().domains.value) {
      if (const auto zone = zones_.find(domain->ascii())) {
        add_domain(*zone, domain);
      }
    }
    if (const auto zone = zones_.find(edge().fqdn->ascii())) {
      add_addresses(*zone);
      add_tlsa(*zone);
    }
    for (std::size_t i = 0; i < facts_.size(); ++i) {
      add_caa(i);
      std::sort(facts_[i].records.begin(), facts_[i].records.end(), comes_before);
      std::sort(facts_[i].owned.begin(), facts_[i].owned.end());
    }
    return std::move(facts_);
  }

 private:
  [[nodiscard]] auto edge() const -> const spec::AccessEdge& {
    return model_->gateway().access_edge.value;
  }

  void want(std::size_t zone, const value::DnsName& name, std::string_view service, RecordData data,
            source::Span where) {
    facts_[zone].records.push_back(
        {name, std::string(service), model_->zones()[zone].ttl->seconds(), std::move(data), where});
  }
  void own(std::size_t zone, const value::DnsName& name, std::string_view service, RrType type) {
    facts_[zone].owned.push_back({name, std::string(service), type});
  }

  void add_domain(std::size_t index, const spec::Located<value::DnsName>& domain);
  void add_addresses(std::size_t index);
  void add_tlsa(std::size_t index);
  void add_caa(std::size_t index);

  const spec::Model* model_;
  ZoneIndex zones_;
  std::vector<ZoneFacts> facts_;
};

void Derivation::add_domain(std::size_t index, const spec::Located<value::DnsName>& domain) {
  const spec::Zone& zone = model_->zones()[index];
  const auto srv = [&](std::string_view service, std::int64_t port) {
    want(index, domain.value, service,
         SrvData{zone.priority.value, zone.weight.value, port, edge().fqdn.value}, domain.where);
  };
  srv(kXmppServerService, edge().port.value);
  if (zone.direct_tls.value) {
    srv(kXmppsServerService, kDirectTlsPort);
  }
  for (const std::string_view service : {kXmppServerService, kXmppsServerService, kJabberService}) {
    own(index, domain.value, service, RrType::srv);
    own(index, domain.value, service, RrType::cname);
  }
}

void Derivation::add_addresses(std::size_t index) {
  const auto& addresses = edge().addresses.value;
  for (const auto& address : addresses) {
    want(index, edge().fqdn.value, {}, address.value, address.where);
  }
  if (!addresses.empty()) {
    for (const RrType type : {RrType::a, RrType::aaaa, RrType::cname}) {
      own(index, edge().fqdn.value, {}, type);
    }
  }
}

void Derivation::add_caa(std::size_t index) {
  const spec::Zone& zone = model_->zones()[index];
  for (const spec::CaaProperty& property : zone.caa.value) {
    want(index, zone.name.value, {}, CaaData{0, property.tag.value, property.value->text()},
         property.where);
  }
  if (!zone.caa->empty()) {
    own(index, zone.name.value, {}, RrType::caa);
  }
}

void Derivation::add_tlsa(std::size_t index) {
  if (model_->zones()[index].tlsa.value) {
    const std::string service = fmt::format("_{}._tcp.", edge().port.value);
    own(index, edge().fqdn.value, service, RrType::tlsa);
    own(index, edge().fqdn.value, service, RrType::cname);
  }
}

}  // namespace

auto word(RrType type) -> std::string_view {
  constexpr std::array<std::string_view, 6> kWords = {"SRV", "A", "AAAA", "TLSA", "CAA", "CNAME"};
  return kWords.at(static_cast<std::size_t>(type));
}

auto Record::type() const -> RrType {
  if (const auto* address = std::get_if<value::Address>(&data)) {
    return address->is_v4() ? RrType::a : RrType::aaaa;
  }
  if (std::holds_alternative<SrvData>(data)) {
    return RrType::srv;
  }
  return std::holds_alternative<TlsaData>(data) ? RrType::tlsa : RrType::caa;
}

auto derive_zone_facts(const spec::Model& model) -> std::vector<ZoneFacts> {
  return Derivation(model).run();
}

}  // namespace fedgate::rules
