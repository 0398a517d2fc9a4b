#include "rules/tables.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/embedded.h"
#include "schema/base/check.h"
#include "schema/scalar.h"
#include "schema/yaml/navigate.h"

namespace fedgate::rules {

namespace {

// The enumerator whose word is `text`; a built-in table that holds another word is our defect.
template <typename Enum>
auto from_word(std::string_view text, std::size_t count) -> Enum {
  for (std::size_t i = 0; i < count; ++i) {
    if (word(static_cast<Enum>(i)) == text) {
      return static_cast<Enum>(i);
    }
  }
  FEDGATE_CHECK(false, "a built-in table holds an unknown word");
}

auto read_row(const yaml::Tree& tree, const yaml::Node& node) -> MatrixRow {
  const auto text = [&](std::string_view key) { return yaml::find_text(tree, node, key); };
  constexpr std::size_t kNegotiations = spec::kWords<spec::Negotiation>.size();
  MatrixRow row;
  row.posture = {from_word<spec::Negotiation>(text("tls"), kNegotiations),
                 from_word<spec::Negotiation>(text("sasl"), kNegotiations),
                 text("dialback") == "true"};
  row.verdict = from_word<Verdict>(text("verdict"), 3);
  row.note = text("note");
  const yaml::NodeId methods = yaml::find(tree, node, "methods");
  for (const yaml::NodeId id : yaml::children(tree, tree.resolve(methods))) {
    row.methods.push_back(from_word<Method>(tree[id].text, 3));
  }
  return row;
}

}  // namespace

auto load_negotiation_matrix() -> NegotiationMatrix {
  source::Sources sources;
  const yaml::Tree tree = load_embedded(find_embedded("tables/negotiation.yaml"), sources);
  std::vector<MatrixRow> rows;
  const yaml::NodeId list = yaml::find(tree, tree.root(), "rows");
  for (const yaml::NodeId id : yaml::children(tree, tree.resolve(list))) {
    rows.push_back(read_row(tree, tree[id]));
  }
  return NegotiationMatrix(std::move(rows),
                           std::string(yaml::find_text(tree, tree.root(), "source")));
}

}  // namespace fedgate::rules
