#include "rules/facts/negotiation.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "schema/base/check.h"

namespace fedgate::rules {

namespace {

constexpr std::array<std::string_view, 3> kMethodWords = {"sasl_tls", "tls_dialback",
                                                          "tcp_dialback"};
constexpr std::array<std::string_view, 3> kVerdictWords = {"valid", "warning", "invalid"};

// A number for each of the 18 postures.
auto number(const Posture& posture) -> std::size_t {
  return (static_cast<std::size_t>(posture.tls) * 3 + static_cast<std::size_t>(posture.sasl)) * 2 +
         (posture.dialback ? 1 : 0);
}

}  // namespace

auto to_text(const Posture& posture) -> std::string {
  return fmt::format("{}/{}/{}", spec::word(posture.tls), spec::word(posture.sasl),
                     posture.dialback);
}

auto word(Method method) -> std::string_view {
  return kMethodWords[static_cast<std::size_t>(method)];
}

auto word(Verdict verdict) -> std::string_view {
  return kVerdictWords[static_cast<std::size_t>(verdict)];
}

NegotiationMatrix::NegotiationMatrix(std::vector<MatrixRow> rows, std::string source)
    : rows_(std::move(rows)), source_(std::move(source)) {
  FEDGATE_CHECK(rows_.size() == index_.size(), "the negotiation matrix has 18 rows");
  index_.fill(rows_.size());
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    std::size_t& place = index_[number(rows_[i].posture)];
    FEDGATE_CHECK(place == rows_.size(), "the negotiation matrix holds each posture once");
    place = i;
  }
}

auto NegotiationMatrix::row(const Posture& posture) const -> const MatrixRow& {
  return rows_[index_[number(posture)]];
}

auto agreed_methods(const std::vector<Method>& ours, const std::vector<Method>& theirs)
    -> std::vector<Method> {
  std::vector<Method> both;
  std::copy_if(ours.begin(), ours.end(), std::back_inserter(both), [&](Method method) {
    return std::find(theirs.begin(), theirs.end(), method) != theirs.end();
  });
  return both;
}

auto posture_of(const spec::Partner& partner) -> Posture {
  return {partner.tls.value, partner.sasl.value, partner.dialback.value};
}

auto posture_of(const spec::Peer& peer) -> Posture {
  return {peer.tls.value, peer.sasl.value, peer.dialback.value};
}

auto derive_partner_facts(const NegotiationMatrix& matrix, const spec::Partner& partner)
    -> PartnerFacts {
  PartnerFacts facts;
  const Posture posture = posture_of(partner);
  facts.row = &matrix.row(posture);
  facts.posture = to_text(posture);
  if (partner.peer.present()) {
    facts.agreed =
        agreed_methods(facts.row->methods, matrix.row(posture_of(partner.peer.value)).methods);
  }
  return facts;
}

}  // namespace fedgate::rules
