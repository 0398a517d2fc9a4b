// What rules can see: each entity of the model together with its facts, as records of the
// expression language. Fields of the spec come from the field table (schema/fields.h) by
// themselves; facts are listed in entities/, one file for each entity.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/cel/environment.h"
#include "rules/cel/program.h"
#include "rules/cel/record.h"
#include "rules/facts/facts.h"
#include "schema/diag/finding.h"
#include "schema/model.h"
#include "schema/value/date.h"

namespace fedgate::rules {

// What a rule is evaluated for, once for each.
enum class Scope : std::uint8_t { partner, certificate, zone, record, domain, gateway, spec };

inline constexpr std::array<std::string_view, 7> kScopeWords = {
    "partner", "certificate", "zone", "record", "domain", "gateway", "spec"};

struct World;

struct PartnerEntity {
  const spec::Partner* spec = nullptr;
  const PartnerFacts* facts = nullptr;
  const World* world = nullptr;
};

struct CertificateEntity {
  const spec::Certificate* spec = nullptr;
  const CertificateFacts* facts = nullptr;
};

struct ZoneEntity {
  const spec::Zone* spec = nullptr;
  const ZoneFacts* facts = nullptr;
  const ZoneCheck* check = nullptr;
  // Those that the zone needs.
  std::vector<const struct RecordEntity*> records;
};

struct RecordEntity {
  const RecordFacts* facts = nullptr;
  const spec::Zone* zone = nullptr;
  const ZoneCheck* check = nullptr;
};

struct DomainEntity {
  const spec::Located<value::DnsName>* domain = nullptr;
  // The zone of the spec that it belongs to; null: none.
  const spec::Zone* zone = nullptr;
  // There is one, or none could be left out.
  bool is_zone_known = true;
  // The request for the certificate that the gateway presents asks for the name; none: that is not
  // known.
  std::optional<bool> is_certified;
  // Whether CAA records let that certificate's authority vouch for the name; none: they are not
  // asked, or cannot be read.
  std::optional<bool> caa_allows;
};

struct GatewayEntity {
  // Null where it is not sound.
  const spec::Gateway* spec = nullptr;
  // None where a partner's limit is not known, or a partner.
  std::optional<std::int64_t> partner_limits_total = 0;
  // The certificate that the gateway presents; null where the spec has none that is sound.
  const CertificateEntity* presented = nullptr;
  // There is one, or none could be left out.
  bool is_presented_known = true;
  // Null where the spec names none that can be read.
  const posh::Document* posh_document = nullptr;
};

// All entities of one run. Only sound ones are in the lists; where the gateway is not, partners are
// all that there is to judge, and what a rule reads of `gateway` and `spec` is not known. Points
// into the model and the facts.
struct World {
  const spec::Model* model = nullptr;
  const NegotiationMatrix* matrix = nullptr;
  value::Date as_of;
  GatewayEntity gateway;
  std::vector<PartnerEntity> partners;
  std::vector<CertificateEntity> certificates;
  std::vector<ZoneEntity> zones;
  std::vector<RecordEntity> records;
  std::vector<DomainEntity> domains;
  // Nothing of the kind was left out: no entity, and no file that may hold one.
  bool has_all_partners = true;
  bool has_all_certificates = true;
  bool has_all_zones = true;

  World() = default;
  World(const World&) = delete;
  auto operator=(const World&) -> World& = delete;
  // Entities point to each other, and a moved vector keeps its elements where they are; the
  // partners' way back to the world is set when it is used (make_world fills the final object).
  World(World&&) = delete;
  auto operator=(World&&) -> World& = delete;
  ~World() = default;

  // How often a rule of that scope is evaluated.
  [[nodiscard]] auto count(Scope scope) const -> std::size_t;
  // Whether nothing that such rules are for was left out. Without that, a rule for the spec is not
  // evaluated.
  [[nodiscard]] auto has_all(Scope scope) const -> bool;
};

// Fills `world`. `as_of` is the day that dated rules use.
void make_world(const spec::Model& model, const Facts& facts, const NegotiationMatrix& matrix,
                value::Date as_of, World& world);

// The variables of every rule, by slot: one for each scope, then these.
inline constexpr std::size_t kAsOfSlot = kScopeWords.size();
inline constexpr std::size_t kTablesSlot = kAsOfSlot + 1;

// Declares all variables (each scope's word, `as_of` and `tables`) and fedgate's own functions.
[[nodiscard]] auto make_environment() -> cel::Environment;
// Only the variables that a rule of `scope` can read, to tell where it names another. Its slots are
// not those of Binding.
[[nodiscard]] auto make_environment(Scope scope) -> cel::Environment;

// Whether a rule of `scope` can read the variable in that slot: its own entity, `gateway`, `spec`,
// `as_of` and `tables`.
[[nodiscard]] auto is_visible(std::size_t slot, Scope scope) -> bool;
// The names of those variables: "`partner`, `gateway`, `spec`, `as_of` and `tables`".
[[nodiscard]] auto variable_names(Scope scope) -> std::string;

// Values for the slots while a rule of `scope` is evaluated for entity `index`.
class Binding {
 public:
  explicit Binding(const World& world);

  void select(Scope scope, std::size_t index);
  [[nodiscard]] auto values() const -> std::span<const cel::Value> { return values_; }
  [[nodiscard]] auto subject(Scope scope, std::size_t index) const -> diag::Subject;
  // The whole entity.
  [[nodiscard]] auto where(Scope scope, std::size_t index) const -> source::Span;
  // The waivers of the entity; for a record those of its zone, for a domain and the spec those of
  // the gateway.
  [[nodiscard]] auto waivers(Scope scope, std::size_t index) const -> std::span<const spec::Waiver>;
  // The further places that explain a finding on the entity: of a record of a zone file, what in
  // the spec asks for it, or names the file.
  [[nodiscard]] auto notes(Scope scope, std::size_t index) const -> std::vector<diag::Note>;
  // The place that a selection path names; none where a field on the way is absent.
  [[nodiscard]] auto locate(const cel::SelectionPath& path, cel::Arena& arena) const
      -> std::optional<source::Span>;

 private:
  const World* world_;
  std::array<cel::Value, kTablesSlot + 1> values_;
};

// The record types of the scopes, for documentation.
[[nodiscard]] auto record_type(Scope scope) -> const cel::RecordType&;

}  // namespace fedgate::rules
