#include "compiler/emit/zone.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "compiler/emit/quote/zone.h"

namespace fedgate::emit {

namespace {

// The comment over each kind of record, in the order of rules::RecordData.
constexpr std::array<std::string_view, 4> kGroups = {
    "Where federation partners connect to, for server-to-server streams (RFC 6120, section 3.2.1)",
    "The Access Edge", "The key that the Access Edge presents (RFC 6698, RFC 7673)",
    "Who may issue certificates for the zone (RFC 8659)"};

struct DataText {
  auto operator()(const rules::SrvData& srv) const -> std::string {
    return fmt::format("{} {} {} {}", srv.priority, srv.weight, srv.port,
                       quote::zone_name(srv.target.ascii()));
  }
  auto operator()(const value::Address& address) const -> std::string { return address.to_text(); }
  auto operator()(const rules::TlsaData& tlsa) const -> std::string {
    return fmt::format("{} {} {} {}", tlsa.usage, tlsa.selector, tlsa.matching, tlsa.association);
  }
  auto operator()(const rules::CaaData& caa) const -> std::string {
    return fmt::format("{} {} {}", caa.flags, spec::word(caa.tag), quote::zone_string(caa.value));
  }
};

// The name that people know, where it is another one than the owner's.
auto unicode_comment(const rules::Record& record) -> std::string {
  return record.name.has_unicode()
             ? quote::zone_comment(record.service + record.name.unicode()) + '\n'
             : std::string();
}

// The largest part of a DNS message that one transaction fills, counted in the text of its lines,
// which is longer than their form in the message: names are compressed there.
constexpr std::size_t kLargestTransaction = 30'000;

// Writes transactions, none of them too large.
class UpdateWriter {
 public:
  explicit UpdateWriter(const value::DnsName& zone) : zone_(&zone) {}

  // The lines for one owner, which stay in one transaction, and the names of which none may be
  // delegated.
  void add(const std::string& lines, const std::set<std::string>& undelegated) {
    if (size_ + lines.size() > kLargestTransaction) {
      send();
    }
    updates_ += lines;
    undelegated_.insert(undelegated.begin(), undelegated.end());
    size_ = updates_.size();
    for (const std::string& name : undelegated_) {
      size_ += name.size();
    }
  }

  auto finish() -> std::string {
    send();
    return std::move(text_);
  }

 private:
  void send() {
    if (updates_.empty()) {
      return;
    }
    const std::string apex = quote::zone_name(zone_->ascii());
    text_ += fmt::format("\nzone {0}\nprereq yxrrset {0} IN SOA\n", apex);
    for (const std::string& name : undelegated_) {
      text_ += fmt::format("prereq nxrrset {} IN NS\n", quote::zone_name(name));
    }
    text_ += updates_ + "send\n";
    updates_.clear();
    undelegated_.clear();
    size_ = 0;
  }

  const value::DnsName* zone_;
  std::string text_;
  std::string updates_;
  std::set<std::string> undelegated_;
  std::size_t size_ = 0;
};

// `owner` and every name above it that lies below the zone's apex: where the zone could end.
auto names_below(std::string_view apex, std::string_view owner) -> std::set<std::string> {
  std::set<std::string> names;
  while (owner.size() > apex.size()) {
    names.emplace(owner);
    owner.remove_prefix(owner.find('.') + 1);
  }
  return names;
}

}  // namespace

auto zone_path(const spec::Zone& zone) -> std::string {
  return "zones/" + zone.name->ascii() + ".zone";
}

auto emit_zone(const compiler::Plan& plan, const compiler::ZonePlan& zone) -> std::string {
  const std::vector<rules::Record>& records = zone.facts->records;
  std::string text = quote::zone_comment(fmt::format(
      "Records of gateway {} in zone {}, compiled by fedgate: change the spec, not this file.",
      plan.gateway->name->text(), zone.spec->name->ascii()));
  text += '\n';
  if (records.empty()) {
    return text + quote::zone_comment("The gateway needs none here.") + '\n';
  }
  std::size_t owner_width = 0;
  std::size_t ttl_width = 0;
  for (const rules::Record& record : records) {
    owner_width = std::max(owner_width, record.owner().size() + 1);
    ttl_width = std::max(ttl_width, fmt::formatted_size("{}", record.ttl));
  }
  std::size_t group = kGroups.size();
  std::string_view unicode_owner;
  for (const rules::Record& record : records) {
    if (record.data.index() != group) {
      group = record.data.index();
      unicode_owner = {};
      text += '\n' + quote::zone_comment(kGroups[group]) + '\n';
    }
    if (record.name.ascii() != unicode_owner) {
      unicode_owner = record.name.ascii();
      text += unicode_comment(record);
    }
    text += fmt::format("{:<{}} {:>{}} IN {:<4} {}\n", quote::zone_name(record.owner()),
                        owner_width, record.ttl, ttl_width, word(record.type()),
                        std::visit(DataText{}, record.data));
  }
  return text;
}

auto emit_zone_update(const compiler::Plan& plan, const compiler::ZonePlan& zone) -> std::string {
  const rules::ZoneFacts& facts = *zone.facts;
  const value::DnsName& apex = zone.spec->name.value;
  std::string text = quote::zone_comment(
      fmt::format("Makes the records of gateway {} in zone {} what the spec says, for nsupdate.",
                  plan.gateway->name->text(), apex.ascii()));
  text += '\n';
  if (facts.owned.empty()) {
    return text + quote::zone_comment("The gateway needs none here.") + '\n';
  }
  std::unordered_map<std::string, std::string> additions;
  for (const rules::Record& record : facts.records) {
    additions[record.owner()] +=
        fmt::format("update add {} {} IN {} {}\n", quote::zone_name(record.owner()), record.ttl,
                    word(record.type()), std::visit(DataText{}, record.data));
  }
  UpdateWriter writer(apex);
  for (std::size_t i = 0; i < facts.owned.size();) {
    const value::DnsName& name = facts.owned[i].name;
    const std::string owner = facts.owned[i].owner();
    std::string lines = name.has_unicode()
                            ? quote::zone_comment(facts.owned[i].service + name.unicode()) + '\n'
                            : std::string();
    for (; i < facts.owned.size() && facts.owned[i].owner() == owner; ++i) {
      lines += fmt::format("update delete {} IN {}\n", quote::zone_name(owner),
                           word(facts.owned[i].type));
    }
    lines += additions[owner];
    writer.add(lines, names_below(apex.ascii(), owner));
  }
  return text + writer.finish();
}

}  // namespace fedgate::emit
