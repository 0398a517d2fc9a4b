#include "rules/entities.h"

#include <array>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

#include "rules/functions.h"
#include "schema/fields.h"
#include "schema/scalar.h"

namespace fedgate::rules {

namespace {

using cel::Arena;
using cel::RecordType;
using cel::Type;
using cel::Value;
using source::Span;

// A field's place in the spec.
using Locator = Span (*)(const void* object);

// A record type and, parallel to its fields, where each stands; null: nowhere of its own.
struct Described {
  RecordType type;
  std::vector<Locator> locators;

  void add(std::string name, const Type& field_type, Value (*get)(const void*, Arena&),
           std::string description, bool (*has)(const void*) = nullptr, Locator locator = nullptr) {
    type.fields.push_back({std::move(name), field_type, get, has, std::move(description)});
    locators.push_back(locator);
  }
};

template <typename T>
auto described() -> const Described&;

// How an object of a record is reached from the pointer that the expression language hands back.
template <typename Struct>
struct EntityOf {
  using Type = Struct;
  static auto get(const void* object) -> const Struct& {
    return *static_cast<const Struct*>(object);
  }
};
#define FEDGATE_ENTITY(Struct, Entity)                     \
  template <>                                              \
  struct EntityOf<Struct> {                                \
    using Type = Entity;                                   \
    static auto get(const void* object) -> const Struct& { \
      return *static_cast<const Entity*>(object)->spec;    \
    }                                                      \
  };
FEDGATE_ENTITY(spec::Partner, PartnerEntity)
FEDGATE_ENTITY(spec::Certificate, CertificateEntity)
FEDGATE_ENTITY(spec::Zone, ZoneEntity)
FEDGATE_ENTITY(spec::Gateway, GatewayEntity)
#undef FEDGATE_ENTITY

template <typename T>
struct IsList : std::false_type {};
template <typename T>
struct IsList<std::vector<T>> : std::true_type {
  using Item = T;
};
template <typename T>
struct Unlocated {
  using Type = T;
};
template <typename T>
struct Unlocated<spec::Located<T>> {
  using Type = T;
};

auto text_value(std::string_view text, Arena&) -> Value { return Value::string(text); }

auto owned_text(const std::string& text, Arena& arena) -> Value {
  const std::string_view copy = arena.copy(text);
  return copy.data() == nullptr ? cel::exhausted_error() : Value::string(copy);
}

template <typename T>
auto type_of() -> Type {
  if constexpr (std::is_same_v<T, bool>) {
    return Type::boolean();
  } else if constexpr (std::is_same_v<T, std::int64_t>) {
    return Type::integer();
  } else if constexpr (std::is_same_v<T, value::Date>) {
    return Type::timestamp();
  } else if constexpr (std::is_same_v<T, value::Duration>) {
    return Type::duration();
  } else if constexpr (spec::IsScalar<T>) {
    return Type::string();
  } else if constexpr (IsList<T>::value) {
    return Type::list(type_of<typename Unlocated<typename IsList<T>::Item>::Type>());
  } else {
    return Type::record(&described<T>().type);
  }
}

auto date_value(const value::Date& date) -> Value {
  constexpr std::int64_t kSecondsPerDay = 86'400;
  return Value::timestamp(date.days_since_epoch() * kSecondsPerDay);
}

template <typename T>
auto to_value(const T& item, Arena& arena) -> Value;

template <typename T>
auto item_value(const T& item, Arena& arena) -> Value {
  return to_value(item, arena);
}
template <typename T>
auto item_value(const spec::Located<T>& item, Arena& arena) -> Value {
  return to_value(item.value, arena);
}

template <typename Item>
auto convert_item(const Item& item, Arena& arena) -> Value {
  return item_value(item, arena);
}

template <typename T>
auto to_value(const T& item, Arena& arena) -> Value {
  if constexpr (std::is_same_v<T, bool>) {
    return Value::boolean(item);
  } else if constexpr (std::is_same_v<T, std::int64_t>) {
    return Value::integer(item);
  } else if constexpr (std::is_enum_v<T>) {
    return Value::string(spec::word(item));
  } else if constexpr (std::is_same_v<T, value::Date>) {
    return date_value(item);
  } else if constexpr (std::is_same_v<T, value::Duration>) {
    return Value::duration(item.seconds());
  } else if constexpr (std::is_same_v<T, value::DnsName>) {
    return Value::string(item.ascii());
  } else if constexpr (std::is_same_v<T, value::DnsPattern>) {
    return item.is_wildcard() ? owned_text(item.ascii(), arena)
                              : Value::string(item.name().ascii());
  } else if constexpr (std::is_same_v<T, value::Address>) {
    return owned_text(item.to_text(), arena);
  } else if constexpr (spec::IsScalar<T>) {
    return Value::string(item.text());
  } else if constexpr (IsList<T>::value) {
    return cel::list_of<&convert_item<typename IsList<T>::Item>>(item, arena);
  } else {
    return Value::record(&described<T>().type, &item);
  }
}

template <typename Struct, std::size_t I>
auto get_field(const void* object, Arena& arena) -> Value {
  return to_value((EntityOf<Struct>::get(object).*std::get<I>(spec::kFields<Struct>).member).value,
                  arena);
}

template <typename Struct, std::size_t I>
auto has_field(const void* object) -> bool {
  return (EntityOf<Struct>::get(object).*std::get<I>(spec::kFields<Struct>).member).present();
}

template <typename Struct, std::size_t I>
auto locate_field(const void* object) -> Span {
  return (EntityOf<Struct>::get(object).*std::get<I>(spec::kFields<Struct>).member).where;
}

template <typename Struct, std::size_t I>
void add_field(Described& out) {
  constexpr const auto& kField = std::get<I>(spec::kFields<Struct>);
  using T = std::remove_cvref_t<decltype((std::declval<Struct>().*kField.member).value)>;
  // A list that is not given is empty; everything else that may be missing is asked for with has().
  const bool is_always_there =
      kField.about.required || !kField.about.fallback.empty() || IsList<T>::value;
  out.add(std::string(kField.key), type_of<T>(), &get_field<Struct, I>,
          std::string(kField.about.description), is_always_there ? nullptr : &has_field<Struct, I>,
          &locate_field<Struct, I>);
}

template <typename Struct>
auto describe_fields(std::string_view name) -> Described {
  Described out;
  out.type.name = name;
  [&]<std::size_t... I>(std::index_sequence<I...>) { (add_field<Struct, I>(out), ...); }
  (std::make_index_sequence<
      std::tuple_size_v<std::remove_const_t<decltype(spec::kFields<Struct>)>>>());
  return out;
}

template <typename Entity>
auto as(const void* object) -> const Entity& {
  return *static_cast<const Entity*>(object);
}

auto method_value(const Method& method, Arena&) -> Value { return Value::string(word(method)); }

void add_facts(spec::Partner*, Described& out) {
  const Type words = Type::list(Type::string());
  out.add(
      "methods", words,
      [](const void* object, Arena& arena) {
        return cel::list_of<&method_value>(as<PartnerEntity>(object).facts->row->methods, arena);
      },
      "methods that our posture allows, strongest first");
  out.add(
      "posture", Type::string(),
      [](const void* object, Arena& arena) {
        return text_value(as<PartnerEntity>(object).facts->posture, arena);
      },
      "our posture as `tls/sasl/dialback`");
  out.add(
      "agreed_methods", words,
      [](const void* object, Arena& arena) {
        return cel::list_of<&method_value>(*as<PartnerEntity>(object).facts->agreed, arena);
      },
      "methods that both sides allow, strongest first; there with `peer`",
      [](const void* object) { return as<PartnerEntity>(object).facts->agreed.has_value(); });
  out.add(
      "peer_methods", words,
      [](const void* object, Arena& arena) {
        const auto& partner = as<PartnerEntity>(object);
        const spec::Peer& peer = partner.spec->peer.value;
        return cel::list_of<&method_value>(
            partner.world->matrix->row({peer.tls.value, peer.sasl.value, peer.dialback.value})
                .methods,
            arena);
      },
      "methods that the partner's own posture allows; there with `peer`",
      [](const void* object) { return as<PartnerEntity>(object).spec->peer.present(); });
}

auto pattern_value(const value::DnsPattern& name, Arena& arena) -> Value {
  return to_value(name, arena);
}

auto required_name_value(const RequiredName& name, Arena&) -> Value;

void add_facts(spec::Certificate*, Described& out) {
  const Type names = Type::list(Type::string());
  const Type needs = Type::list(Type::record(&described<RequiredName>().type));
  out.add(
      "presented", Type::boolean(),
      [](const void* object, Arena&) {
        return Value::boolean(as<CertificateEntity>(object).facts->is_presented);
      },
      "whether the gateway presents this certificate");
  out.add(
      "required", needs,
      [](const void* object, Arena& arena) {
        return cel::list_of<&required_name_value>(as<CertificateEntity>(object).facts->required,
                                                  arena);
      },
      "names that it must carry");
  out.add(
      "missing", needs,
      [](const void* object, Arena& arena) {
        return cel::list_of<&required_name_value>(as<CertificateEntity>(object).facts->missing,
                                                  arena);
      },
      "required names that no requested name covers");
  out.add(
      "requested_names", names,
      [](const void* object, Arena& arena) {
        return cel::list_of<&pattern_value>(as<CertificateEntity>(object).facts->requested, arena);
      },
      "names that the request asks for");
  out.add(
      "surplus_names", names,
      [](const void* object, Arena& arena) {
        return cel::list_of<&pattern_value>(as<CertificateEntity>(object).facts->surplus, arena);
      },
      "requested names that nothing requires");
}

auto record_value(const RecordEntity* const& record, Arena&) -> Value;

void add_facts(spec::Zone*, Described& out) {
  out.add(
      "records", Type::list(Type::record(&described<RecordEntity>().type)),
      [](const void* object, Arena& arena) {
        return cel::list_of<&record_value>(as<ZoneEntity>(object).records, arena);
      },
      "records that the zone needs");
}

void add_facts(spec::Gateway*, Described& out) {
  out.add(
      "lync", Type::boolean(),
      [](const void* object, Arena&) {
        return Value::boolean(spec::is_lync(as<GatewayEntity>(object).spec->platform.value));
      },
      "whether the platform is Lync Server 2013 or Skype for Business Server 2015");
  out.add(
      "partner_limits_total", Type::integer(),
      [](const void* object, Arena&) {
        return Value::integer(as<GatewayEntity>(object).partner_limits_total);
      },
      "connection limits of all partners together");
}

template <typename Struct>
void add_facts(Struct*, Described&) {}

auto describe_required_name() -> Described {
  Described out;
  out.type.name = "required_name";
  out.add(
      "name", Type::string(),
      [](const void* object, Arena&) {
        return Value::string(as<RequiredName>(object).name.ascii());
      },
      "the name");
  out.add(
      "reason", Type::string(),
      [](const void* object, Arena&) {
        return Value::string(word(as<RequiredName>(object).reason));
      },
      "access_edge, web_conferencing_edge, sip_domain or xmpp_domain");
  out.add(
      "description", Type::string(),
      [](const void* object, Arena&) {
        return Value::string(describe(as<RequiredName>(object).reason));
      },
      "the reason for people");
  out.add(
      "near", Type::string(),
      [](const void* object, Arena&) { return Value::string(word(as<RequiredName>(object).near)); },
      "what comes nearest to a missing name: none, common_name, wildcard, component, suffix, host");
  return out;
}

template <typename Data>
auto record_has(const void* object) -> bool {
  return std::holds_alternative<Data>(as<RecordEntity>(object).record->data);
}

auto srv(const void* object) -> const SrvData& {
  return std::get<SrvData>(as<RecordEntity>(object).record->data);
}

auto describe_record() -> Described {
  Described out;
  out.type.name = "record";
  const auto is_srv = &record_has<SrvData>;
  const Locator where = [](const void* object) { return as<RecordEntity>(object).record->where; };
  out.add(
      "owner", Type::string(),
      [](const void* object, Arena& arena) {
        return owned_text(as<RecordEntity>(object).record->owner(), arena);
      },
      "absolute owner name, A-labels, without the final dot", nullptr, where);
  out.add(
      "type", Type::string(),
      [](const void* object, Arena&) {
        return Value::string(word(as<RecordEntity>(object).record->type()));
      },
      "SRV, A, AAAA or CAA", nullptr, where);
  out.add(
      "ttl", Type::integer(),
      [](const void* object, Arena&) {
        return Value::integer(as<RecordEntity>(object).record->ttl);
      },
      "time to live in seconds", nullptr, where);
  out.add(
      "zone", Type::string(),
      [](const void* object, Arena&) {
        return Value::string(as<RecordEntity>(object).zone->name->ascii());
      },
      "apex of the zone that holds it", nullptr, where);
  out.add(
      "priority", Type::integer(),
      [](const void* object, Arena&) { return Value::integer(srv(object).priority); },
      "of an SRV record", is_srv, where);
  out.add(
      "weight", Type::integer(),
      [](const void* object, Arena&) { return Value::integer(srv(object).weight); },
      "of an SRV record", is_srv, where);
  out.add(
      "port", Type::integer(),
      [](const void* object, Arena&) { return Value::integer(srv(object).port); },
      "of an SRV record", is_srv, where);
  out.add(
      "target", Type::string(),
      [](const void* object, Arena&) { return Value::string(srv(object).target.ascii()); },
      "of an SRV record", is_srv, where);
  out.add(
      "address", Type::string(),
      [](const void* object, Arena& arena) {
        return to_value(std::get<value::Address>(as<RecordEntity>(object).record->data), arena);
      },
      "of an A or AAAA record", &record_has<value::Address>, where);
  return out;
}

auto describe_domain() -> Described {
  Described out;
  out.type.name = "domain";
  out.add(
      "name", Type::string(),
      [](const void* object, Arena&) {
        return Value::string(as<DomainEntity>(object).domain->value.ascii());
      },
      "XMPP domain that we serve, A-labels", nullptr,
      [](const void* object) { return as<DomainEntity>(object).domain->where; });
  return out;
}

template <typename Entity>
auto entity_value(const Entity& entity, Arena&) -> Value;

auto describe_spec() -> Described {
  Described out;
  out.type.name = "spec";
  out.add(
      "gateway", Type::record(&described<spec::Gateway>().type),
      [](const void* object, Arena&) {
        return Value::record(&described<spec::Gateway>().type, &as<World>(object).gateway);
      },
      "our side", nullptr,
      [](const void* object) { return as<World>(object).model->spec.gateway.where; });
  out.add(
      "partners", Type::list(Type::record(&described<spec::Partner>().type)),
      [](const void* object, Arena& arena) {
        return cel::list_of<&entity_value<PartnerEntity>>(as<World>(object).partners, arena);
      },
      "all partners", nullptr,
      [](const void* object) { return as<World>(object).model->spec.partners.where; });
  out.add(
      "certificates", Type::list(Type::record(&described<spec::Certificate>().type)),
      [](const void* object, Arena& arena) {
        return cel::list_of<&entity_value<CertificateEntity>>(as<World>(object).certificates,
                                                              arena);
      },
      "all certificates", nullptr,
      [](const void* object) { return as<World>(object).model->spec.certificates.where; });
  out.add(
      "zones", Type::list(Type::record(&described<spec::Zone>().type)),
      [](const void* object, Arena& arena) {
        return cel::list_of<&entity_value<ZoneEntity>>(as<World>(object).zones, arena);
      },
      "all zones", nullptr,
      [](const void* object) { return as<World>(object).model->spec.dns.where; });
  return out;
}

template <typename T>
auto describe_type() -> Described {
  if constexpr (std::is_same_v<T, RequiredName>) {
    return describe_required_name();
  } else if constexpr (std::is_same_v<T, RecordEntity>) {
    return describe_record();
  } else if constexpr (std::is_same_v<T, DomainEntity>) {
    return describe_domain();
  } else if constexpr (std::is_same_v<T, World>) {
    return describe_spec();
  } else {
    const std::string_view kind = spec::kEntity<T>.kind;
    Described out = describe_fields<T>(kind.empty() ? spec::kEntity<T>.phrase : kind);
    add_facts(static_cast<T*>(nullptr), out);
    return out;
  }
}

// One immutable description for each type, made when it is first asked for.
template <typename T>
auto described() -> const Described& {
  static const Described kDescription = describe_type<T>();
  return kDescription;
}

auto required_name_value(const RequiredName& name, Arena&) -> Value {
  return Value::record(&described<RequiredName>().type, &name);
}

auto record_value(const RecordEntity* const& record, Arena&) -> Value {
  return Value::record(&described<RecordEntity>().type, record);
}

template <typename Entity>
auto entity_value(const Entity& entity, Arena&) -> Value {
  using Struct = std::remove_cvref_t<decltype(*entity.spec)>;
  return Value::record(&described<Struct>().type, &entity);
}

auto described(Scope scope) -> const Described& {
  switch (scope) {
    case Scope::partner:
      return described<spec::Partner>();
    case Scope::certificate:
      return described<spec::Certificate>();
    case Scope::zone:
      return described<spec::Zone>();
    case Scope::record:
      return described<RecordEntity>();
    case Scope::domain:
      return described<DomainEntity>();
    case Scope::gateway:
      return described<spec::Gateway>();
    case Scope::spec:
      break;
  }
  return described<World>();
}

auto object_of(const World& world, Scope scope, std::size_t index) -> const void* {
  switch (scope) {
    case Scope::partner:
      return &world.partners[index];
    case Scope::certificate:
      return &world.certificates[index];
    case Scope::zone:
      return &world.zones[index];
    case Scope::record:
      return &world.records[index];
    case Scope::domain:
      return &world.domains[index];
    case Scope::gateway:
      return &world.gateway;
    case Scope::spec:
      break;
  }
  return &world;
}

// Every description, to find the locators of a record type.
auto locators_of(const RecordType* type) -> const std::vector<Locator>* {
  static const std::array<const Described*, 17> kAll = {&described<spec::Partner>(),
                                                        &described<spec::Certificate>(),
                                                        &described<spec::Zone>(),
                                                        &described<RecordEntity>(),
                                                        &described<DomainEntity>(),
                                                        &described<spec::Gateway>(),
                                                        &described<World>(),
                                                        &described<spec::Peer>(),
                                                        &described<spec::Issuer>(),
                                                        &described<spec::DistinguishedName>(),
                                                        &described<spec::Key>(),
                                                        &described<spec::AccessEdge>(),
                                                        &described<spec::Waiver>(),
                                                        &described<spec::WebConferencingEdge>(),
                                                        &described<spec::CaaProperty>(),
                                                        &described<spec::SecretReference>(),
                                                        &described<RequiredName>()};
  for (const Described* one : kAll) {
    if (&one->type == type) {
      return &one->locators;
    }
  }
  return nullptr;
}

}  // namespace

auto World::count(Scope scope) const -> std::size_t {
  switch (scope) {
    case Scope::partner:
      return partners.size();
    case Scope::certificate:
      return certificates.size();
    case Scope::zone:
      return zones.size();
    case Scope::record:
      return records.size();
    case Scope::domain:
      return domains.size();
    case Scope::gateway:
      return 1;
    case Scope::spec:
      break;
  }
  return is_complete ? 1 : 0;
}

void make_world(const spec::Model& model, const Facts& facts, const NegotiationMatrix& matrix,
                value::Date as_of, World& world) {
  world.model = &model;
  world.matrix = &matrix;
  world.as_of = as_of;
  world.gateway.spec = &model.gateway();
  world.partners.reserve(model.partners().size());
  for (std::size_t i = 0; i < model.partners().size(); ++i) {
    const spec::Partner& partner = model.partners()[i];
    world.is_complete = world.is_complete && partner.sound;
    if (partner.sound) {
      world.partners.push_back({&partner, &facts.partners[i], &world});
      world.gateway.partner_limits_total += partner.connection_limit.value;
    }
  }
  for (std::size_t i = 0; i < model.certificates().size(); ++i) {
    world.is_complete = world.is_complete && model.certificates()[i].sound;
    if (model.certificates()[i].sound) {
      world.certificates.push_back({&model.certificates()[i], &facts.certificates[i]});
    }
  }
  for (const auto& domain : model.gateway().domains.value) {
    world.domains.push_back({&domain});
  }
  std::size_t records = 0;
  for (const ZoneFacts& zone : facts.zones) {
    records += zone.records.size();
  }
  // Zones point to their records, so that these must not move any more.
  world.records.reserve(records);
  for (std::size_t i = 0; i < model.zones().size(); ++i) {
    const spec::Zone& zone = model.zones()[i];
    if (!zone.sound) {
      world.is_complete = false;
      continue;
    }
    ZoneEntity entity{&zone, &facts.zones[i], {}};
    for (const Record& record : facts.zones[i].records) {
      world.records.push_back({&record, &zone});
      entity.records.push_back(&world.records.back());
    }
    world.zones.push_back(std::move(entity));
  }
}

auto make_environment() -> cel::Environment {
  cel::Environment environment;
  for (std::size_t i = 0; i < kScopeWords.size(); ++i) {
    environment.declare(std::string(kScopeWords[i]),
                        Type::record(&record_type(static_cast<Scope>(i))));
  }
  environment.declare("as_of", Type::timestamp());
  add_functions(environment);
  return environment;
}

Binding::Binding(const World& world) : world_(&world) {
  values_.fill(Value::error("this rule is not evaluated for this kind of entity"));
  values_[static_cast<std::size_t>(Scope::gateway)] =
      Value::record(&record_type(Scope::gateway), &world.gateway);
  values_[static_cast<std::size_t>(Scope::spec)] = Value::record(&record_type(Scope::spec), &world);
  values_[kAsOfSlot] = date_value(world.as_of);
}

void Binding::select(Scope scope, std::size_t index) {
  values_[static_cast<std::size_t>(scope)] =
      Value::record(&record_type(scope), object_of(*world_, scope, index));
}

auto Binding::subject(Scope scope, std::size_t index) const -> diag::Subject {
  std::string kind(kScopeWords[static_cast<std::size_t>(scope)]);
  switch (scope) {
    case Scope::partner:
      return {std::move(kind), world_->partners[index].spec->domain->ascii()};
    case Scope::certificate:
      return {std::move(kind), world_->certificates[index].spec->name->text()};
    case Scope::zone:
      return {std::move(kind), world_->zones[index].spec->name->ascii()};
    case Scope::record: {
      const Record& record = *world_->records[index].record;
      return {std::move(kind), record.owner() + " " + std::string(word(record.type()))};
    }
    case Scope::domain:
      return {std::move(kind), world_->domains[index].domain->value.ascii()};
    case Scope::gateway:
    case Scope::spec:
      break;
  }
  return {std::move(kind), world_->gateway.spec->name->text()};
}

auto Binding::where(Scope scope, std::size_t index) const -> Span {
  switch (scope) {
    case Scope::partner:
      return world_->partners[index].spec->where;
    case Scope::certificate:
      return world_->certificates[index].spec->where;
    case Scope::zone:
      return world_->zones[index].spec->where;
    case Scope::record:
      return world_->records[index].record->where;
    case Scope::domain:
      return world_->domains[index].domain->where;
    case Scope::gateway:
      return world_->gateway.spec->where;
    case Scope::spec:
      break;
  }
  return world_->model->spec.where;
}

auto Binding::waivers(Scope scope, std::size_t index) const -> std::span<const spec::Waiver> {
  if (scope == Scope::partner) {
    return world_->partners[index].spec->waive.value;
  }
  if (scope == Scope::certificate) {
    return world_->certificates[index].spec->waive.value;
  }
  if (scope == Scope::zone) {
    return world_->zones[index].spec->waive.value;
  }
  return {};
}

auto Binding::locate(const cel::SelectionPath& path, Arena& arena) const -> std::optional<Span> {
  Value current = values_[path.slot];
  std::optional<Span> found;
  for (const cel::SelectionPath::Step& step : path.steps) {
    const std::vector<Locator>* locators = locators_of(step.record);
    if (!current.is(cel::Kind::record) || locators == nullptr ||
        (*locators)[step.field] == nullptr) {
      break;
    }
    const Span where = (*locators)[step.field](current.object());
    if (!where.is_known()) {
      break;
    }
    found = where;
    const cel::Field& field = step.record->fields[step.field];
    if (field.has != nullptr && !field.has(current.object())) {
      break;
    }
    current = field.get(current.object(), arena);
  }
  return found;
}

auto record_type(Scope scope) -> const RecordType& { return described(scope).type; }

}  // namespace fedgate::rules
