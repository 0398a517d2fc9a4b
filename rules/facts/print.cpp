#include "rules/facts/print.h"

#include <iterator>

#include <fmt/format.h>

namespace fedgate::rules {

namespace {

void print_certificate(const spec::Certificate& certificate, const CertificateFacts& facts,
                       std::string& out) {
  fmt::format_to(std::back_inserter(out), "certificate {}{}\n", certificate.name->text(),
                 facts.is_presented ? " (presented)" : "");
  if (!facts.common_name.empty()) {
    fmt::format_to(std::back_inserter(out), "  common name {}\n", facts.common_name);
  }
  for (const RequiredName& name : facts.required) {
    fmt::format_to(std::back_inserter(out), "  required {} ({})\n", name.name.ascii(),
                   word(name.reason));
  }
  for (const value::DnsPattern& name : facts.requested) {
    fmt::format_to(std::back_inserter(out), "  requested {}\n", name.ascii());
  }
  for (const RequiredName& name : facts.missing) {
    fmt::format_to(std::back_inserter(out), "  missing {} (near: {})\n", name.name.ascii(),
                   word(name.near));
  }
  for (const value::DnsPattern& name : facts.surplus) {
    fmt::format_to(std::back_inserter(out), "  surplus {}\n", name.ascii());
  }
}

}  // namespace

auto to_text(const std::vector<Method>& methods) -> std::string {
  std::string text;
  for (const Method method : methods) {
    fmt::format_to(std::back_inserter(text), "{}{}", text.empty() ? "" : ", ", word(method));
  }
  return text.empty() ? "none" : text;
}

auto data_text(const Record& record) -> std::string {
  if (const auto* srv = std::get_if<SrvData>(&record.data)) {
    return fmt::format("{} {} {} {}.", srv->priority, srv->weight, srv->port, srv->target.ascii());
  }
  if (const auto* address = std::get_if<value::Address>(&record.data)) {
    return address->to_text();
  }
  if (const auto* tlsa = std::get_if<TlsaData>(&record.data)) {
    return fmt::format("{} {} {} {}", tlsa->usage, tlsa->selector, tlsa->matching,
                       tlsa->association);
  }
  const auto& caa = std::get<CaaData>(record.data);
  return fmt::format("{} {} {}", caa.flags, spec::word(caa.tag), caa.value);
}

auto to_text(const Record& record) -> std::string {
  return fmt::format("{}. {} {} {}", record.owner(), record.ttl, word(record.type()),
                     data_text(record));
}

auto print_facts(const spec::Model& model, const Facts& facts) -> std::string {
  std::string out;
  for (std::size_t i = 0; i < facts.partners.size(); ++i) {
    const PartnerFacts& partner = facts.partners[i];
    fmt::format_to(std::back_inserter(out), "partner {}\n  posture {} ({})\n  methods {}\n",
                   model.partners()[i].domain->ascii(), partner.posture, word(partner.row->verdict),
                   to_text(partner.row->methods));
    if (partner.agreed) {
      fmt::format_to(std::back_inserter(out), "  agreed methods {}\n", to_text(*partner.agreed));
    }
  }
  for (std::size_t i = 0; i < facts.certificates.size(); ++i) {
    print_certificate(model.certificates()[i], facts.certificates[i], out);
  }
  for (std::size_t i = 0; i < facts.zones.size(); ++i) {
    fmt::format_to(std::back_inserter(out), "zone {}\n", model.zones()[i].name->ascii());
    for (const Record& record : facts.zones[i].records) {
      fmt::format_to(std::back_inserter(out), "  {}\n", to_text(record));
    }
  }
  return out;
}

}  // namespace fedgate::rules
