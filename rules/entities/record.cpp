#include <fmt/format.h>

#include "rules/entities/entity_record.h"
#include "rules/facts/print.h"
#include "rules/facts/zone_view.h"
#include "schema/value/describe.h"
#include "schema/value/issuer_domain.h"

namespace fedgate::rules {

namespace {

// The data of the record: as it is today where the file has it, else as it is needed. Null where it
// is of another type, or cannot be read.
template <typename Found, typename Needed>
struct DataOf {
  const Found* found = nullptr;
  const Needed* needed = nullptr;

  explicit DataOf(const RecordEntity& one)
      : found(one.facts->found == nullptr ? nullptr : std::get_if<Found>(&one.facts->found->data)),
        needed(one.facts->found != nullptr ? nullptr
                                           : std::get_if<Needed>(&one.facts->needed->data)) {}

  // The same field of either form.
  template <typename T>
  [[nodiscard]] auto get(T Found::*in_file, T Needed::*in_spec) const -> const T* {
    if (found != nullptr) {
      return &(found->*in_file);
    }
    return needed == nullptr ? nullptr : &(needed->*in_spec);
  }
};

using Srv = DataOf<zonefile::Srv, SrvData>;
using Caa = DataOf<zonefile::Caa, CaaData>;
using Tlsa = DataOf<zonefile::Tlsa, TlsaData>;

auto target(const RecordEntity& one) -> const std::string* {
  const Srv srv(one);
  if (srv.found != nullptr) {
    return &srv.found->target;
  }
  return srv.needed == nullptr ? nullptr : &srv.needed->target.ascii();
}

auto caa_tag(const RecordEntity& one) -> std::string_view {
  const Caa caa(one);
  return caa.found != nullptr    ? std::string_view(caa.found->tag)
         : caa.needed != nullptr ? spec::word(caa.needed->tag)
                                 : std::string_view();
}

// As the file has it, not yet safe to show.
auto caa_value(const RecordEntity& one) -> const std::string* {
  return Caa(one).get(&zonefile::Caa::value, &CaaData::value);
}

auto address(const RecordEntity& one) -> const value::Address* {
  return one.facts->found == nullptr ? std::get_if<value::Address>(&one.facts->needed->data)
                                     : std::get_if<value::Address>(&one.facts->found->data);
}

auto special_block(const RecordEntity& one) -> const value::SpecialBlock* {
  const value::Address* it = address(one);
  return it == nullptr ? nullptr : it->special_block();
}

// `private_use`, `loopback`, ...; empty for an ordinary address.
auto address_use(const RecordEntity& one) -> std::string_view {
  constexpr std::array<std::string_view, 10> kWords = {
      "unspecified",   "loopback",     "private_use", "shared",      "link_local",
      "documentation", "benchmarking", "multicast",   "translation", "reserved"};
  const value::SpecialBlock* block = special_block(one);
  return block == nullptr ? std::string_view() : kWords.at(static_cast<std::size_t>(block->use));
}

auto whole(const void* object) -> source::Span {
  const RecordFacts& facts = *as<RecordEntity>(object).facts;
  return facts.found != nullptr ? facts.found->where : facts.needed->where;
}

auto owner_place(const void* object) -> source::Span {
  const RecordFacts& facts = *as<RecordEntity>(object).facts;
  return facts.found != nullptr ? facts.found->owner_at : facts.needed->where;
}

// The token of the data with that number.
template <std::size_t I>
auto token_place(const void* object) -> source::Span {
  const RecordFacts& facts = *as<RecordEntity>(object).facts;
  const bool has_token = facts.found != nullptr && facts.found->data_at.size() > I;
  return has_token ? facts.found->data_at[I] : whole(object);
}

// From the first token of the data to the last.
auto data_place(const void* object) -> source::Span {
  const RecordFacts& facts = *as<RecordEntity>(object).facts;
  source::Span where = token_place<0>(object);
  if (facts.found != nullptr) {
    where.end = facts.found->where.end;
  }
  return where;
}

void add_identity(cel::RecordType& type) {
  using One = const RecordEntity&;
  add_fact<RecordEntity>(type, "owner", "absolute owner name, A-labels, without the final dot",
                         [](One one) {
                           return one.facts->found != nullptr ? one.facts->found->owner
                                                              : one.facts->needed->owner();
                         })
      .locate = owner_place;
  add_fact<RecordEntity>(
      type, "type", "SRV, A, AAAA, TLSA, CAA, CNAME or NS", [](One one) -> std::string_view {
        return one.facts->found != nullptr ? std::string_view(one.facts->found->type)
                                           : word(one.facts->needed->type());
      });
  add_fact<RecordEntity>(type, "ttl", "time to live in seconds", [](One one) {
    return one.facts->found != nullptr ? one.facts->found->ttl : one.facts->needed->ttl;
  });
  add_fact<RecordEntity>(type, "zone", "apex of the zone that holds it",
                         [](One one) -> const value::DnsName& { return one.zone->name.value; });
  add_fact<RecordEntity>(type, "data", "the data as the zone file has it, or as it is needed",
                         [](One one) {
                           return one.facts->found != nullptr ? one.facts->found->written
                                                              : data_text(*one.facts->needed);
                         })
      .locate = data_place;
  add_fact<RecordEntity>(
      type, "needed", "the data that the gateway needs; empty: none", [](One one) {
        return one.facts->needed == nullptr ? std::string() : data_text(*one.facts->needed);
      });
  add_fact<RecordEntity>(
      type, "needed_ttl", "the TTL that the gateway needs; -1: none", [](One one) {
        return one.facts->needed == nullptr ? std::int64_t{-1} : one.facts->needed->ttl;
      });
  add_fact<RecordEntity>(
      type, "state",
      "planned (no file to compare with), present, differs, missing, surplus, misplaced or foreign",
      [](One one) { return one.facts->state; });
  add_fact<RecordEntity>(
      type, "differences", "the fields in which it differs from what is needed",
      [](One one) -> const std::vector<std::string_view>& { return one.facts->differences; });
  add_fact<RecordEntity>(type, "problem", "why the data in the file cannot be read; empty: it can",
                         [](One one) -> std::string_view {
                           return one.facts->found == nullptr ? std::string_view()
                                                              : one.facts->found->problem;
                         });
}

void add_data(cel::RecordType& type) {
  using One = const RecordEntity&;
  add_fact<RecordEntity>(type, "priority", "of an SRV record", [](One one) {
    return Srv(one).get(&zonefile::Srv::priority, &SrvData::priority);
  }).locate = token_place<0>;
  add_fact<RecordEntity>(type, "weight", "of an SRV record", [](One one) {
    return Srv(one).get(&zonefile::Srv::weight, &SrvData::weight);
  }).locate = token_place<1>;
  add_fact<RecordEntity>(type, "port", "of an SRV record", [](One one) {
    return Srv(one).get(&zonefile::Srv::port, &SrvData::port);
  }).locate = token_place<2>;
  add_fact<RecordEntity>(type, "target", "of an SRV record; `.` is the root", [](One one) {
    return target(one);
  }).locate = token_place<3>;
  add_fact<RecordEntity>(type, "address", "of an A or AAAA record", [](One one) {
    return address(one);
  }).locate = token_place<0>;
  add_fact<RecordEntity>(type, "address_use",
                         "why the address is none of the public Internet: private_use, loopback, "
                         "documentation, ...; empty: it is one",
                         [](One one) { return address_use(one); })
      .locate = token_place<0>;
  add_fact<RecordEntity>(type, "address_block",
                         "the special-purpose block that the address is of, as IANA's registries "
                         "call it; empty: none",
                         [](One one) {
                           const value::SpecialBlock* block = special_block(one);
                           return block == nullptr ? std::string()
                                                   : fmt::format("{}, {} ({})", block->prefix,
                                                                 block->name, block->rfc);
                         })
      .locate = token_place<0>;
  add_fact<RecordEntity>(type, "flags", "of a CAA record", [](One one) {
    return Caa(one).get(&zonefile::Caa::flags, &CaaData::flags);
  }).locate = token_place<0>;
  add_fact<RecordEntity>(type, "tag", "of a CAA record", [](One one) {
    return std::string(caa_tag(one));
  }).locate = token_place<1>;
  cel::Field& value = add_fact<RecordEntity>(type, "value", "of a CAA record",
                                             [](One one) { return caa_value(one); });
  value.get = [](const void* object, cel::Arena& arena) {
    return owned_text(value::shown(*caa_value(as<RecordEntity>(object))), arena);
  };
  value.locate = token_place<2>;
  add_fact<RecordEntity>(type, "tag_known", "whether authorities know the tag of a CAA record",
                         [](One one) { return is_known_tag(caa_tag(one)); })
      .locate = token_place<1>;
  add_fact<RecordEntity>(
      type, "issuer_readable",
      "whether the value of a CAA record has the form of an issuer, `DOMAIN; NAME=VALUE`",
      [](One one) {
        const std::string* text = caa_value(one);
        return text != nullptr && value::IssuerDomain::parse(*text).has_value();
      })
      .locate = token_place<2>;
}

void add_tlsa(cel::RecordType& type) {
  using One = const RecordEntity&;
  add_fact<RecordEntity>(type, "usage", "of a TLSA record", [](One one) {
    return Tlsa(one).get(&zonefile::Tlsa::usage, &TlsaData::usage);
  }).locate = token_place<0>;
  add_fact<RecordEntity>(type, "selector", "of a TLSA record", [](One one) {
    return Tlsa(one).get(&zonefile::Tlsa::selector, &TlsaData::selector);
  }).locate = token_place<1>;
  add_fact<RecordEntity>(type, "matching", "of a TLSA record: the matching type", [](One one) {
    return Tlsa(one).get(&zonefile::Tlsa::matching, &TlsaData::matching);
  }).locate = token_place<2>;
  add_fact<RecordEntity>(type, "association", "of a TLSA record, in hexadecimal", [](One one) {
    return Tlsa(one).get(&zonefile::Tlsa::association, &TlsaData::association);
  }).locate = token_place<3>;
  add_fact<RecordEntity>(type, "at_gateway",
                         "whether a TLSA record stands at the owner for a port of the gateway",
                         [](One one) { return one.facts->is_at_gateway; });
  add_fact<RecordEntity>(
      type, "key_match",
      "whether a TLSA record at the gateway is of the certificate in use, of one of its chain "
      "where "
      "the usage says so, or of a request's key: match, mismatch, undecided (it may be of an "
      "authority that is not in the file) or none (no certificate is known)",
      [](One one) { return one.facts->key_match; })
      .locate = token_place<3>;
}

void add_context(cel::RecordType& type) {
  using One = const RecordEntity&;
  add_fact<RecordEntity>(type, "target_state",
                         "what stands behind an SRV target: address, planned, alias, no_address, "
                         "elsewhere (in no zone "
                         "of the spec), unknown or none",
                         [](One one) { return one.facts->target; })
      .locate = token_place<3>;
  add_fact<RecordEntity>(type, "target_relative",
                         "whether the target lacks its final dot, so that it ends with the zone "
                         "twice",
                         [](One one) { return one.facts->is_target_relative; });
  add_fact<RecordEntity>(type, "target_literal", "whether the target as written is an address",
                         [](One one) { return one.facts->is_target_literal; });
  add_fact<RecordEntity>(type, "misplacement",
                         "why the owner looks like a mistaken one of ours: zone_twice, unicode, "
                         "service, tlsa_domain or none",
                         [](One one) { return one.facts->misplacement; });
  add_fact<RecordEntity>(type, "intended_owner", "of a misplaced record: the owner that is meant",
                         [](One one) -> const std::string& { return one.facts->intended_owner; });
  add_fact<RecordEntity>(
      type, "owner_types", "the types that the file has at the owner",
      [](One one) -> const std::vector<std::string_view>& { return one.facts->owner_types; });
  add_fact<RecordEntity>(type, "first_of_set", "the first of its owner and type in the file",
                         [](One one) { return one.facts->is_first_of_set; });
  add_fact<RecordEntity>(
      type, "set_ttls", "the TTLs of the other records with this owner and type",
      [](One one) -> const std::vector<std::int64_t>& { return one.facts->set_ttls; });
  add_fact<RecordEntity>(type, "has_twin", "an earlier record of the file says the same",
                         [](One one) { return one.facts->has_twin; });
  add_fact<RecordEntity>(type, "has_same_target",
                         "an earlier SRV record of the set names the same target and port",
                         [](One one) { return one.facts->has_same_target; });
  add_fact<RecordEntity>(type, "has_same_priority",
                         "an earlier SRV record of the set has this priority for another target",
                         [](One one) { return one.facts->has_same_priority; });
  add_fact<RecordEntity>(
      type, "refused_names",
      "names of certificates whose planned authority the CAA records from here on forbid",
      [](One one) -> const std::vector<std::string>& { return one.facts->refused_names; });
  add_fact<RecordEntity>(type, "refused_to_all",
                         "whether the CAA records forbid every authority to issue for them",
                         [](One one) { return one.facts->are_refused_to_all(); });
  add_fact<RecordEntity>(
      type, "undecided_names",
      "names of certificates whose CAA records begin with this one and cannot be read in full, so "
      "that nobody knows who may issue",
      [](One one) -> const std::vector<std::string>& { return one.facts->undecided_names; });
  add_fact<RecordEntity>(type, "certified",
                         "of an alias: whether a certificate of a public authority has its name",
                         [](One one) { return one.facts->is_certified; });
  add_fact<RecordEntity>(
      type, "hides", "of a delegation: owners of ours that it takes out of the zone",
      [](One one) -> const std::vector<std::string>& { return one.facts->hides; });
}

auto describe_record() -> cel::RecordType {
  cel::RecordType type{"record", {}};
  add_identity(type);
  add_data(type);
  add_tlsa(type);
  add_context(type);
  for (cel::Field& field : type.fields) {
    field.locate = field.locate == nullptr ? whole : field.locate;
  }
  return type;
}

}  // namespace

template <>
auto record_of<RecordEntity>() -> const cel::RecordType& {
  static const cel::RecordType kType = describe_record();
  return kType;
}

}  // namespace fedgate::rules
