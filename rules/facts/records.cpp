#include "rules/facts/records.h"

#include <algorithm>
#include <array>
#include <functional>
#include <set>
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

// Sorts a list whose first `sorted` items are in order.
template <typename T, typename Before>
void sort_behind(std::vector<T>& list, std::size_t sorted, Before before) {
  const auto middle = list.begin() + static_cast<std::ptrdiff_t>(sorted);
  std::sort(middle, list.end(), before);
  std::inplace_merge(list.begin(), middle, list.end(), before);
}

// `3 1 1`: the key that the service itself presents, by its SHA-256 digest. It outlives renewals
// that keep the key, and needs no authority (RFC 7671, section 5.1).
constexpr std::int64_t kTlsaUsage = 3;
constexpr std::int64_t kTlsaSelector = 1;
constexpr std::int64_t kTlsaMatching = 1;

// The digests of the keys that the Access Edge presents: that of the issued certificate and, where
// the spec names a request with another key, that of its successor, which has to be published
// before it is used (RFC 7671, section 8.1).
auto presented_keys(std::span<const CertificateFacts> certificates) -> std::vector<std::string> {
  std::vector<std::string> digests;
  for (const CertificateFacts& one : certificates) {
    if (one.is_presented && one.issued) {
      digests.push_back(one.issued->leaf().content.key.digest);
      if (one.request) {
        digests.push_back(one.request->document->content.content.key.digest);
      }
    }
  }
  std::sort(digests.begin(), digests.end());
  digests.erase(std::unique(digests.begin(), digests.end()), digests.end());
  return digests;
}

// Fills the facts of every zone; each part of the gateway goes to the zone that its name belongs
// to.
class Derivation {
 public:
  Derivation(const spec::Model& model, std::span<const CertificateFacts> certificates)
      : model_(&model),
        zones_(model),
        key_digests_(presented_keys(certificates)),
        facts_(model.zones().size()) {}

  auto run() -> std::vector<ZoneFacts> {
    std::vector<const spec::Located<value::DnsName>*> domains;
    for (const auto& domain : model_->gateway().domains.value) {
      domains.push_back(&domain);
    }
    std::sort(domains.begin(), domains.end(),
              [](const auto* a, const auto* b) { return a->value < b->value; });
    for (const auto* domain : domains) {
      if (const auto zone = zones_.find(domain->value.ascii())) {
        add_domain(*zone, *domain);
      }
    }
    std::vector<Sorted> sorted;
    for (const ZoneFacts& facts : facts_) {
      sorted.push_back({facts.records.size(), facts.owned.size()});
    }
    if (const auto zone = zones_.find(edge().fqdn->ascii())) {
      add_addresses(*zone);
      add_tlsa(*zone);
    }
    for (std::size_t i = 0; i < facts_.size(); ++i) {
      add_caa(i);
      sort_behind(facts_[i].records, sorted[i].records, comes_before);
      sort_behind(facts_[i].owned, sorted[i].owned, std::less());
    }
    return std::move(facts_);
  }

 private:
  // How much of a zone's lists is in its final order: what the domains ask for, which are many.
  struct Sorted {
    std::size_t records = 0;
    std::size_t owned = 0;
  };

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
  std::vector<std::string> key_digests_;
  // Of SRV records whose target is the Access Edge.
  std::set<std::int64_t> ports_;
  std::vector<ZoneFacts> facts_;
};

void Derivation::add_domain(std::size_t index, const spec::Located<value::DnsName>& domain) {
  const spec::Zone& zone = model_->zones()[index];
  const auto srv = [&](std::string_view service, std::int64_t port) {
    want(index, domain.value, service,
         SrvData{zone.priority.value, zone.weight.value, port, edge().fqdn.value}, domain.where);
    ports_.insert(port);
  };
  srv(kXmppServerService, edge().port.value);
  if (zone.direct_tls.value) {
    srv(kXmppsServerService, kDirectTlsPort);
  }
  // In the order of the result.
  for (const std::string_view service : {kJabberService, kXmppServerService, kXmppsServerService}) {
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

// Where peers look for them: below the port and the target of the SRV record (RFC 7673,
// section 3.3).
void Derivation::add_tlsa(std::size_t index) {
  const auto& tlsa = model_->zones()[index].tlsa;
  if (!tlsa.value) {
    return;
  }
  ports_.insert(edge().port.value);
  for (const std::int64_t port : ports_) {
    const std::string service = fmt::format("_{}._tcp.", port);
    own(index, edge().fqdn.value, service, RrType::tlsa);
    own(index, edge().fqdn.value, service, RrType::cname);
    for (const std::string& digest : key_digests_) {
      want(index, edge().fqdn.value, service,
           TlsaData{kTlsaUsage, kTlsaSelector, kTlsaMatching, digest}, tlsa.where);
    }
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

auto derive_zone_facts(const spec::Model& model, std::span<const CertificateFacts> certificates)
    -> std::vector<ZoneFacts> {
  return Derivation(model, certificates).run();
}

}  // namespace fedgate::rules
