// How two sides authenticate a server-to-server stream: the negotiation matrix of Lync Server 2013
// (rules/tables/negotiation.yaml) and what follows from it for one partner.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/spec.h"

namespace fedgate::rules {

// How a stream ends up authenticated, strongest first.
enum class Method : std::uint8_t {
  sasl_tls,      // SASL EXTERNAL over TLS (XEP-0178)
  tls_dialback,  // Server Dialback over TLS (XEP-0220)
  tcp_dialback,  // Server Dialback over plain TCP
};

// The triple that a side is configured with.
struct Posture {
  spec::Negotiation tls = spec::Negotiation::required;
  spec::Negotiation sasl = spec::Negotiation::required;
  bool dialback = false;

  friend auto operator==(const Posture&, const Posture&) -> bool = default;
};

// `required/optional/true`: the posture as findings and `--ours` write it.
[[nodiscard]] auto to_text(const Posture& posture) -> std::string;

// The word of a method, as in `gateway.json`.
[[nodiscard]] auto word(Method method) -> std::string_view;

enum class Verdict : std::uint8_t { valid, warning, invalid };

[[nodiscard]] auto word(Verdict verdict) -> std::string_view;

// One row of the matrix.
struct MatrixRow {
  Posture posture;
  Verdict verdict = Verdict::valid;
  // Strongest first.
  std::vector<Method> methods;
  // Why the row warns or what it means; empty where there is nothing to say.
  std::string note;
};

// All 18 combinations, in the order of Microsoft's table.
class NegotiationMatrix {
 public:
  // `rows` holds each posture once. Checked.
  explicit NegotiationMatrix(std::vector<MatrixRow> rows, std::string source);

  [[nodiscard]] auto rows() const -> const std::vector<MatrixRow>& { return rows_; }
  [[nodiscard]] auto row(const Posture& posture) const -> const MatrixRow&;
  // The document that the rows come from.
  [[nodiscard]] auto source() const -> const std::string& { return source_; }

 private:
  std::vector<MatrixRow> rows_;
  std::array<std::size_t, 18> index_{};
  std::string source_;
};

// The methods that stand in both lists, strongest first. The first one is what two ends agree on;
// none: they cannot federate.
[[nodiscard]] auto agreed_methods(const std::vector<Method>& ours,
                                  const std::vector<Method>& theirs) -> std::vector<Method>;

// What the negotiation settings of one partner come to.
struct PartnerFacts {
  const MatrixRow* row = nullptr;
  // Where the partner's own side is known.
  std::optional<std::vector<Method>> agreed;
  std::string posture;
};

[[nodiscard]] auto posture_of(const spec::Partner& partner) -> Posture;
[[nodiscard]] auto posture_of(const spec::Peer& peer) -> Posture;

[[nodiscard]] auto derive_partner_facts(const NegotiationMatrix& matrix,
                                        const spec::Partner& partner) -> PartnerFacts;

}  // namespace fedgate::rules
