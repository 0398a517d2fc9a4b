#include "rules/facts/zone_check.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "rules/facts/name_set.h"
#include "rules/facts/zone_view.h"
#include "schema/value/describe.h"
#include "schema/value/dns_name.h"
#include "schema/x509/association.h"
#include "schema/zonefile/name.h"

namespace fedgate::rules {

namespace {

using zonefile::is_within;

// How many records of one set are judged, and compared with each other. No sound set has as many;
// the first ones of a hostile file say enough, and must not be compared all with all.
constexpr std::size_t kMostJudged = 100;

// The needed data in the form of files, to compare with.
struct AsFound {
  auto operator()(const SrvData& srv) const -> zonefile::Data {
    return zonefile::Srv{srv.priority, srv.weight, srv.port, srv.target.ascii()};
  }
  auto operator()(const value::Address& address) const -> zonefile::Data { return address; }
  auto operator()(const TlsaData& tlsa) const -> zonefile::Data {
    return zonefile::Tlsa{tlsa.usage, tlsa.selector, tlsa.matching, tlsa.association};
  }
  auto operator()(const CaaData& caa) const -> zonefile::Data {
    return zonefile::Caa{caa.flags, std::string(spec::word(caa.tag)), caa.value};
  }
};

auto as_found(const Record& needed) -> zonefile::Data { return std::visit(AsFound{}, needed.data); }

// The fields in which two records differ, in the order of the data.
auto compare(const Record& needed, const zonefile::Record& found) -> std::vector<std::string_view> {
  std::vector<std::string_view> fields;
  const auto check = [&](const auto& a, const auto& b, std::string_view field) {
    if (a != b) {
      fields.push_back(field);
    }
  };
  const zonefile::Data wanted = as_found(needed);
  if (!found.problem.empty() || wanted.index() != found.data.index()) {
    fields.emplace_back("data");
  } else if (const auto* srv = std::get_if<zonefile::Srv>(&wanted)) {
    const auto& other = std::get<zonefile::Srv>(found.data);
    check(srv->priority, other.priority, "priority");
    check(srv->weight, other.weight, "weight");
    check(srv->port, other.port, "port");
    check(srv->target, other.target, "target");
  } else if (const auto* caa = std::get_if<zonefile::Caa>(&wanted)) {
    const auto& other = std::get<zonefile::Caa>(found.data);
    check(caa->flags, other.flags, "flags");
    check(caa->tag, other.tag, "tag");
    check(caa->value, other.value, "value");
  } else if (const auto* tlsa = std::get_if<zonefile::Tlsa>(&wanted)) {
    const auto& other = std::get<zonefile::Tlsa>(found.data);
    check(tlsa->usage, other.usage, "usage");
    check(tlsa->selector, other.selector, "selector");
    check(tlsa->matching, other.matching, "matching");
    check(tlsa->association, other.association, "association");
  } else if (wanted != found.data) {
    fields.emplace_back("address");
  }
  check(needed.ttl, found.ttl, "ttl");
  return fields;
}

// How well a record that is there stands for a needed one; the highest wins, 0: not at all.
auto likeness(const Record& needed, const zonefile::Record& found) -> int {
  const zonefile::Data wanted = as_found(needed);
  if (wanted == found.data) {
    return needed.ttl == found.ttl ? 4 : 3;
  }
  const auto* srv = std::get_if<zonefile::Srv>(&wanted);
  const auto* other = std::get_if<zonefile::Srv>(&found.data);
  if (srv != nullptr && other != nullptr && srv->target == other->target) {
    return 2;
  }
  // Records of different keys stand side by side while one key follows another.
  const auto* tlsa = std::get_if<zonefile::Tlsa>(&wanted);
  const auto* other_tlsa = std::get_if<zonefile::Tlsa>(&found.data);
  if (tlsa != nullptr && other_tlsa != nullptr && tlsa->association != other_tlsa->association) {
    return 0;
  }
  const auto* caa = std::get_if<zonefile::Caa>(&wanted);
  const auto* other_caa = std::get_if<zonefile::Caa>(&found.data);
  return caa != nullptr && other_caa != nullptr && caa->tag != other_caa->tag ? 0 : 1;
}

auto letters_of(std::string_view label) -> std::string {
  std::string letters;
  std::copy_if(label.begin(), label.end(), std::back_inserter(letters),
               [](char c) { return c != '_' && c != '-'; });
  return letters;
}

// The bytes of a name in the spelling of zone files.
auto unescaped(std::string_view name) -> std::string {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] == '\\' && i + 3 < name.size()) {
      out += static_cast<char>((name[i + 1] - '0') * 100 + (name[i + 2] - '0') * 10 +
                               (name[i + 3] - '0'));
      i += 3;
    } else {
      out += name[i];
    }
  }
  return out;
}

// Judges TLSA records of the gateway.
class TlsaCheck {
 public:
  TlsaCheck(const spec::Model& model, const std::vector<CertificateFacts>& certificates) {
    const spec::Gateway& gateway = model.gateway();
    const auto add_owner = [&](std::int64_t port) {
      owners_.insert(fmt::format("_{}._tcp.{}", port, gateway.access_edge->fqdn->ascii()));
    };
    add_owner(*gateway.access_edge->port);
    if (std::any_of(model.zones().begin(), model.zones().end(),
                    [](const spec::Zone& zone) { return *zone.direct_tls; })) {
      add_owner(kDirectTlsPort);
    }
    for (const CertificateFacts& one : certificates) {
      if (one.is_presented && one.issued) {
        presented_.push_back(&one);
      }
    }
  }

  void run(const zonefile::Tlsa& tlsa, const std::string& owner, RecordFacts& facts) const {
    facts.is_at_gateway = owners_.contains(owner);
    if (facts.is_at_gateway && !presented_.empty()) {
      facts.key_match = match_of(tlsa);
    }
  }

 private:
  // Usages 1 and 3 are of the service's own certificate, 0 and 2 of an authority (RFC 6698,
  // section 2.1.1).
  [[nodiscard]] auto match_of(const zonefile::Tlsa& tlsa) const -> KeyMatch {
    const bool is_of_service = tlsa.usage == 1 || tlsa.usage == 3;
    bool is_decided = tlsa.usage <= 3;
    for (const CertificateFacts* one : presented_) {
      const auto& chain = one->issued->document->content.certificates;
      const auto has_it = [&](const x509::Certificate& certificate) {
        return x509::has_association(certificate, tlsa.selector, tlsa.matching, tlsa.association);
      };
      if (is_of_service ? has_it(chain.front())
                        : std::any_of(chain.begin() + 1, chain.end(), has_it)) {
        return KeyMatch::match;
      }
      if (is_of_service && one->request && tlsa.selector == x509::kSubjectPublicKeyInfo &&
          x509::has_association(one->request->document->content.content.key, tlsa.matching,
                                tlsa.association)) {
        return KeyMatch::match;
      }
      // A server need not send its root, so that the file may end before it.
      is_decided =
          is_decided && (is_of_service || std::any_of(chain.begin() + 1, chain.end(),
                                                      [](const x509::Certificate& certificate) {
                                                        return certificate.is_self_signed;
                                                      }));
    }
    return is_decided ? KeyMatch::mismatch : KeyMatch::undecided;
  }

  std::unordered_set<std::string> owners_;
  std::vector<const CertificateFacts*> presented_;
};

// Compares one zone with its file.
class ZoneComparison {
 public:
  // `public_names` are those for which a public authority is to vouch.
  ZoneComparison(const spec::Model& model, const ZoneView& view, std::size_t index,
                 const ZoneFacts& facts, const TlsaCheck& tlsa,
                 const std::unordered_set<std::string>& public_names)
      : model_(&model),
        view_(&view),
        index_(index),
        facts_(&facts),
        tlsa_(&tlsa),
        public_names_(&public_names),
        apex_(model.zones()[index].name->ascii()) {}

  auto run() -> ZoneCheck;

 private:
  void index_owned();
  void index_needed();
  void compare_sets();
  [[nodiscard]] auto owners_under_wildcards() const -> std::set<std::string>;
  void add_needed(const Record& needed, const zonefile::Record* found);
  void add_found(const zonefile::Record& found, RecordState state);
  void add_file_records();
  // Counts the records of a set that are judged.
  [[nodiscard]] auto is_past_limit(const zonefile::Record& found) -> bool;
  [[nodiscard]] auto is_owned(const std::string& owner, std::string_view type) const -> bool;
  [[nodiscard]] auto misplacement_of(const zonefile::Record& found, std::string& intended) const
      -> Misplacement;
  [[nodiscard]] auto intended_service(const zonefile::Record& found) const -> std::string;
  [[nodiscard]] auto is_relevant(const zonefile::Record& found) const -> bool;
  void add_context(RecordFacts& facts) const;
  static void add_sibling(const zonefile::Record& other, RecordFacts& facts);
  void add_hidden(RecordFacts& facts) const;

  const spec::Model* model_;
  const ZoneView* view_;
  std::size_t index_;
  const ZoneFacts* facts_;
  const TlsaCheck* tlsa_;
  const std::unordered_set<std::string>* public_names_;
  const std::string& apex_;
  std::map<std::string, std::vector<RrType>, std::less<>> owned_;
  // The owners of these sets, and every name between one and the apex.
  std::unordered_set<std::string> above_;
  // By name between the apex and them, it too: the owners of needed records.
  std::unordered_map<std::string, std::vector<std::string>> needed_below_;
  std::set<const zonefile::Record*> used_;
  // By owner and type.
  std::unordered_map<std::string, std::size_t> judged_;
  ZoneCheck check_;
};

auto ZoneComparison::is_past_limit(const zonefile::Record& found) -> bool {
  // What is no type is of one set; so are the aliases of the zone that no other rule looks at.
  const bool is_other_alias = found.type == "CNAME" && !is_owned(found.owner, found.type) &&
                              !public_names_->contains(found.owner);
  const std::string owner = is_other_alias ? std::string() : found.owner;
  return ++judged_[owner + ' ' + (found.is_type ? found.type : "")] > kMostJudged;
}

auto ZoneComparison::is_owned(const std::string& owner, std::string_view type) const -> bool {
  const auto sets = owned_.find(owner);
  return sets != owned_.end() && std::any_of(sets->second.begin(), sets->second.end(),
                                             [&](RrType owned) { return word(owned) == type; });
}

auto ZoneComparison::run() -> ZoneCheck {
  const zonefile::ZoneFile* file = view_->file(index_);
  check_.has_file = file != nullptr;
  check_.is_complete = file != nullptr && file->complete;
  check_.records.reserve(facts_->records.size());
  if (file == nullptr) {
    for (const Record& needed : facts_->records) {
      add_needed(needed, nullptr);
    }
  } else {
    index_owned();
    index_needed();
    compare_sets();
    add_file_records();
  }
  for (RecordFacts& facts : check_.records) {
    add_context(facts);
  }
  return std::move(check_);
}

void ZoneComparison::index_owned() {
  for (const OwnedSet& set : facts_->owned) {
    const std::string owner = set.owner();
    owned_[owner].push_back(set.type);
    for (std::string_view one = owner; one.size() > apex_.size(); one = parent_of(one)) {
      above_.emplace(one);
    }
  }
}

// For the delegations of the file.
void ZoneComparison::index_needed() {
  for (const Record& needed : facts_->records) {
    const std::string owner = needed.owner();
    for (std::string_view one = owner; one.size() > apex_.size(); one = parent_of(one)) {
      std::vector<std::string>& owners = needed_below_[std::string(one)];
      if (owners.empty() || owners.back() != owner) {
        owners.push_back(owner);
      }
    }
  }
}

// Needed records of one set are adjacent in no order that matters, so that each takes the record of
// the set that is most like it.
void ZoneComparison::compare_sets() {
  std::map<const Record*, const zonefile::Record*> pairs;
  for (int least = 4; least > 0; --least) {
    for (const Record& needed : facts_->records) {
      if (pairs.contains(&needed)) {
        continue;
      }
      for (const zonefile::Record* found : view_->at(index_, needed.owner())) {
        if (found->type == word(needed.type()) && !used_.contains(found) &&
            likeness(needed, *found) >= least) {
          pairs[&needed] = found;
          used_.insert(found);
          break;
        }
      }
    }
  }
  const std::set<std::string> covered = owners_under_wildcards();
  for (const Record& needed : facts_->records) {
    const auto pair = pairs.find(&needed);
    add_needed(needed, pair == pairs.end() ? nullptr : pair->second);
    if (!covered.empty() && covered.contains(needed.owner())) {
      check_.records.back().state = RecordState::present;
    }
  }
}

// The owners that the file does not have, and for which a wildcard says all that is needed.
auto ZoneComparison::owners_under_wildcards() const -> std::set<std::string> {
  std::map<std::string, bool> owners;
  for (const Record& needed : facts_->records) {
    const std::string owner = needed.owner();
    const auto answer = view_->answer(index_, owner);
    if (!answer.empty() && answer.front()->owner != owner) {
      const zonefile::Data wanted = as_found(needed);
      const auto judged = answer.first(std::min(answer.size(), kMostJudged));
      const bool is_there =
          std::any_of(judged.begin(), judged.end(),
                      [&](const zonefile::Record* found) { return found->data == wanted; });
      const auto known = owners.emplace(owner, is_there).first;
      known->second = known->second && is_there;
    }
  }
  std::set<std::string> covered;
  for (const auto& [owner, is_covered] : owners) {
    if (is_covered) {
      covered.insert(owner);
    }
  }
  return covered;
}

void ZoneComparison::add_needed(const Record& needed, const zonefile::Record* found) {
  RecordFacts facts;
  facts.needed = &needed;
  facts.found = found;
  if (found != nullptr) {
    facts.differences = compare(needed, *found);
    facts.state = facts.differences.empty() ? RecordState::present : RecordState::differs;
  } else {
    facts.state = check_.is_complete ? RecordState::missing : RecordState::planned;
  }
  check_.records.push_back(std::move(facts));
}

void ZoneComparison::add_found(const zonefile::Record& found, RecordState state) {
  RecordFacts facts;
  facts.found = &found;
  facts.state = state;
  check_.records.push_back(std::move(facts));
}

void ZoneComparison::add_file_records() {
  for (const zonefile::Record& found : view_->file(index_)->records) {
    if (found.type == "SOA" && check_.soa == nullptr) {
      check_.soa = &found;
    }
    check_.is_signed = check_.is_signed || found.type == "DNSKEY";
    if (used_.contains(&found)) {
      continue;
    }
    // A mistyped type at an owner of ours is as good as no record.
    const bool is_mistyped = !found.is_type && owned_.contains(found.owner);
    if (is_owned(found.owner, found.type) || is_mistyped) {
      if (!is_past_limit(found)) {
        add_found(found, RecordState::surplus);
      }
      continue;
    }
    RecordFacts facts;
    facts.misplacement = misplacement_of(found, facts.intended_owner);
    const bool is_misplaced = facts.misplacement != Misplacement::none;
    if ((is_misplaced || is_relevant(found)) && !is_past_limit(found)) {
      facts.found = &found;
      facts.state = is_misplaced ? RecordState::misplaced : RecordState::foreign;
      check_.records.push_back(std::move(facts));
    }
  }
}

// A foreign record that decides about ours.
auto ZoneComparison::is_relevant(const zonefile::Record& found) const -> bool {
  if (found.type == "CAA" || found.type == "TLSA") {
    return true;
  }
  // No other record may stand beside an alias, and a server refuses a zone that has one.
  if (found.type == "CNAME") {
    return public_names_->contains(found.owner) || view_->at(index_, found.owner).size() > 1;
  }
  return found.type == "NS" && above_.contains(found.owner);
}

// The owner that service labels with a slip are meant to be.
auto ZoneComparison::intended_service(const zonefile::Record& found) const -> std::string {
  // A dot after a backslash is part of its label.
  const std::string owner = unescaped(found.owner);
  const std::string_view rest = parent_of(owner);
  const std::string_view domain = parent_of(rest);
  if (domain.empty()) {
    return {};
  }
  const std::string service = letters_of(owner.substr(0, owner.find('.')));
  const std::string transport = letters_of(rest.substr(0, rest.find('.')));
  constexpr std::array<std::string_view, 4> kTransports = {"tcp", "udp", "tls", "sctp"};
  if (std::find(kTransports.begin(), kTransports.end(), transport) == kTransports.end()) {
    return {};
  }
  std::string intended;
  if (service == "xmppserver" || service == "xmpps2s") {
    intended = std::string(kXmppServerService) + std::string(domain);
  } else if (service == "xmppsserver") {
    intended = std::string(kXmppsServerService) + std::string(domain);
  }
  return owned_.contains(intended) ? intended : std::string();
}

auto ZoneComparison::misplacement_of(const zonefile::Record& found, std::string& intended) const
    -> Misplacement {
  if (found.owner.size() > apex_.size() + 1 && is_within(found.owner, apex_)) {
    intended = found.owner.substr(0, found.owner.size() - apex_.size() - 1);
    if (is_owned(intended, found.type)) {
      return Misplacement::zone_twice;
    }
  }
  if (const std::string text = unescaped(found.owner);
      std::any_of(text.begin(), text.end(), [](char c) { return !value::is_ascii(c); })) {
    const std::size_t host = text.starts_with("_") ? text.find("._tcp.") : std::string::npos;
    const std::size_t begin = host == std::string::npos ? 0 : host + 6;
    if (const auto name = value::DnsName::parse(text.substr(begin))) {
      intended = text.substr(0, begin) + name->ascii();
      if (is_owned(intended, found.type)) {
        return Misplacement::unicode;
      }
    }
  }
  if (found.type == "SRV") {
    intended = intended_service(found);
    if (!intended.empty()) {
      return Misplacement::service;
    }
  }
  const std::string& target = model_->gateway().access_edge->fqdn->ascii();
  const std::string_view host = parent_of(parent_of(found.owner));
  if (found.type == "TLSA" && host != target &&
      owned_.contains(std::string(kXmppServerService) + std::string(host)) &&
      (found.owner.starts_with(fmt::format("_{}._tcp.", *model_->gateway().access_edge->port)) ||
       found.owner.starts_with(fmt::format("_{}._tcp.", kDirectTlsPort)))) {
    intended = found.owner.substr(0, found.owner.size() - host.size()) + target;
    return Misplacement::tlsa_domain;
  }
  intended.clear();
  return Misplacement::none;
}

void ZoneComparison::add_hidden(RecordFacts& facts) const {
  if (facts.found->type == "NS" && facts.state == RecordState::foreign) {
    const auto hidden = needed_below_.find(facts.found->owner);
    if (hidden != needed_below_.end()) {
      facts.hides = hidden->second;
    }
  }
}

void ZoneComparison::add_sibling(const zonefile::Record& other, RecordFacts& facts) {
  facts.set_ttls.push_back(other.ttl);
  // Records of one file stand in one vector.
  if (&other > facts.found) {
    return;
  }
  facts.is_first_of_set = false;
  const auto* srv = std::get_if<zonefile::Srv>(&facts.found->data);
  const auto* earlier = std::get_if<zonefile::Srv>(&other.data);
  if (facts.found->data.index() != 0 && facts.found->data == other.data) {
    facts.has_twin = true;
  } else if (srv != nullptr && earlier != nullptr) {
    const bool is_same_target = srv->target == earlier->target && srv->port == earlier->port;
    facts.has_same_target = facts.has_same_target || is_same_target;
    facts.has_same_priority = facts.has_same_priority || (srv->target != earlier->target &&
                                                          srv->priority == earlier->priority);
  }
}

void ZoneComparison::add_context(RecordFacts& facts) const {
  if (facts.found == nullptr) {
    const auto* srv = std::get_if<SrvData>(&facts.needed->data);
    facts.target = srv == nullptr ? TargetState::none : view_->resolve(srv->target.ascii());
    return;
  }
  const zonefile::Record& found = *facts.found;
  const auto records = view_->at(index_, found.owner);
  for (const zonefile::Record* other : records.first(std::min(records.size(), kMostJudged))) {
    if (std::find(facts.owner_types.begin(), facts.owner_types.end(), other->type) ==
        facts.owner_types.end()) {
      facts.owner_types.emplace_back(other->type);
    }
    if (other->type == found.type && other != &found) {
      add_sibling(*other, facts);
    }
  }
  add_hidden(facts);
  facts.is_certified = found.type == "CNAME" && public_names_->contains(found.owner);
  if (const auto* tlsa = std::get_if<zonefile::Tlsa>(&found.data)) {
    tlsa_->run(*tlsa, found.owner, facts);
  }
  if (const auto* srv = std::get_if<zonefile::Srv>(&found.data)) {
    facts.target = view_->resolve(srv->target);
    std::string_view written = found.written;
    written.remove_prefix(written.rfind(' ') + 1);
    // Names in octets are absolute (RFC 3597, section 5).
    const bool is_absolute = written.ends_with('.') || found.written.starts_with("\\#");
    facts.is_target_relative = !is_absolute && srv->target.ends_with(apex_ + "." + apex_);
    if (!is_absolute && srv->target.size() > apex_.size() + 1) {
      // Relative, and just what is needed where it were not.
      const std::string_view bare =
          std::string_view(srv->target).substr(0, srv->target.size() - apex_.size() - 1);
      facts.is_target_relative =
          facts.is_target_relative || bare == model_->gateway().access_edge->fqdn->ascii();
    }
    facts.is_target_literal =
        value::Address::parse(is_absolute ? written.substr(0, written.size() - 1) : written)
            .has_value();
  }
}

// Marks the CAA sets that forbid a planned authority.
class CaaCheck {
 public:
  CaaCheck(const ZoneView& view, std::vector<ZoneCheck>& checks) : view_(&view) {
    for (ZoneCheck& check : checks) {
      for (RecordFacts& facts : check.records) {
        if (facts.needed != nullptr) {
          needed_[facts.needed] = &facts;
        }
        if (facts.found != nullptr) {
          found_[facts.found] = &facts;
        }
      }
    }
  }

  void run(const spec::Certificate& certificate, const CertificateFacts& facts) {
    const auto& identity = certificate.issuer->caa_identity;
    if (!certificate.sound || !is_bound_by_caa(certificate)) {
      return;
    }
    const auto authority =
        identity.present() ? std::optional<std::string_view>(identity->ascii()) : std::nullopt;
    const source::Span where = identity.present() ? identity.where : certificate.name.where;
    for (const value::DnsPattern& name : facts.requested) {
      for (const bool planned : {false, true}) {
        const CaaSet set = view_->relevant_caa(name.name().ascii(), planned);
        if (set.unreadable != nullptr) {
          leave_undecided(*set.unreadable, name.display());
        } else if (!set.properties.empty() &&
                   !caa_allows(set.properties, name.is_wildcard(), authority)) {
          refuse(set.properties.front(),
                 {name.display(), certificate.name->text(), where,
                  !caa_allows(set.properties, name.is_wildcard(), std::nullopt)});
        }
      }
    }
  }

 private:
  void leave_undecided(const zonefile::Record& record, const std::string& name) {
    const auto facts = found_.find(&record);
    if (facts != found_.end()) {
      // Like refusals, a name may come twice in a row.
      std::vector<std::string>& names = facts->second->undecided_names;
      if (names.empty() || names.back() != name) {
        names.push_back(name);
      }
    }
  }
  void refuse(const CaaProperty& first, CaaRefusal refusal) {
    const auto facts = first.found != nullptr ? found_.find(first.found) : found_.end();
    RecordFacts* target = facts != found_.end()     ? facts->second
                          : first.needed != nullptr ? needed_[first.needed]
                                                    : nullptr;
    // A name is asked about twice in a row: for the zones as they are, and as they are to be.
    if (target != nullptr && (target->refusals.empty() || target->refusals.back() != refusal)) {
      target->refused_names.push_back(refusal.name);
      target->refusals.push_back(std::move(refusal));
    }
  }

  const ZoneView* view_;
  std::unordered_map<const Record*, RecordFacts*> needed_;
  std::unordered_map<const zonefile::Record*, RecordFacts*> found_;
};

}  // namespace

auto is_bound_by_caa(const spec::Certificate& certificate) -> bool {
  return certificate.issuer->caa_identity.present() ||
         *certificate.issuer->trust == spec::Trust::public_ca;
}

auto word(RecordState state) -> std::string_view {
  constexpr std::array<std::string_view, 7> kWords = {"planned", "present",   "differs", "missing",
                                                      "surplus", "misplaced", "foreign"};
  return kWords.at(static_cast<std::size_t>(state));
}

auto word(KeyMatch match) -> std::string_view {
  constexpr std::array<std::string_view, 4> kWords = {"none", "match", "mismatch", "undecided"};
  return kWords.at(static_cast<std::size_t>(match));
}

auto word(TargetState state) -> std::string_view {
  constexpr std::array<std::string_view, 7> kWords = {"none",       "address",   "planned", "alias",
                                                      "no_address", "elsewhere", "unknown"};
  return kWords.at(static_cast<std::size_t>(state));
}

auto word(Misplacement misplacement) -> std::string_view {
  constexpr std::array<std::string_view, 5> kWords = {"none", "zone_twice", "unicode", "service",
                                                      "tlsa_domain"};
  return kWords.at(static_cast<std::size_t>(misplacement));
}

auto check_zones(const spec::Model& model, const std::vector<ZoneFacts>& facts,
                 const std::vector<CertificateFacts>& certificates,
                 std::span<const std::optional<zonefile::ZoneFile>> files)
    -> std::vector<ZoneCheck> {
  const ZoneView view(model, facts, files);
  const TlsaCheck tlsa(model, certificates);
  std::unordered_set<std::string> public_names;
  for (std::size_t i = 0; i < certificates.size(); ++i) {
    if (*model.certificates()[i].issuer->trust == spec::Trust::public_ca) {
      for (const value::DnsPattern& name : certificates[i].requested) {
        public_names.insert(name.name().ascii());
      }
    }
  }
  std::vector<ZoneCheck> checks;
  checks.reserve(facts.size());
  for (std::size_t i = 0; i < facts.size(); ++i) {
    checks.push_back(ZoneComparison(model, view, i, facts[i], tlsa, public_names).run());
  }
  CaaCheck caa(view, checks);
  for (std::size_t i = 0; i < certificates.size(); ++i) {
    caa.run(model.certificates()[i], certificates[i]);
  }
  return checks;
}

}  // namespace fedgate::rules
