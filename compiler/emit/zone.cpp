#include "compiler/emit/zone.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "compiler/emit/quote/zone.h"

namespace fedgate::emit {

namespace {

// The comment over each kind of record, in the order of rules::RecordData.
constexpr std::array<std::string_view, 3> kGroups = {
    "Where federation partners connect to, for server-to-server streams (RFC 6120, section 3.2.1)",
    "The Access Edge", "Who may issue certificates for the zone (RFC 8659)"};

struct DataText {
  auto operator()(const rules::SrvData& srv) const -> std::string {
    return fmt::format("{} {} {} {}", srv.priority, srv.weight, srv.port,
                       quote::zone_name(srv.target.ascii()));
  }
  auto operator()(const value::Address& address) const -> std::string { return address.to_text(); }
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

}  // namespace

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
    text +=
        fmt::format("{:<{}} {:>{}} IN {:<4} {}\n", quote::zone_name(record.owner()), owner_width,
                    record.ttl, ttl_width, record.type(), std::visit(DataText{}, record.data));
  }
  return text;
}

}  // namespace fedgate::emit
