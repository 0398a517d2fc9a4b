// What each platform makes of each row of the matrix, against a list that was written down on its
// own from measurements on the servers.
#include "rules/platforms.h"

#include <map>

#include "rules/facts/print.h"
#include "rules/tables.h"
#include "schema/fields.h"
#include "tests/support/catch.h"

using namespace fedgate;

TEST_CASE("Platforms and the negotiation matrix", "[rules]") {
  const rules::NegotiationMatrix matrix = rules::load_negotiation_matrix();
  const rules::PlatformTable& table = rules::builtin_platforms();
  const std::map<std::string, std::string> ejabberd = {
      {"none", "invalid"},
      {"sasl_tls", "one for all"},
      {"sasl_tls, tls_dialback", "one for all"},
      {"sasl_tls, tls_dialback, tcp_dialback", "one for all"},
      {"tls_dialback", "no"},
      {"tls_dialback, tcp_dialback", "no"},
      {"tcp_dialback", "one for all"}};
  for (const rules::MatrixRow& row : matrix.rows()) {
    const std::string methods = rules::to_text(row.methods);
    INFO(methods);
    const auto in = [&](spec::Platform platform) {
      return rules::describe(table.of(platform), row);
    };
    CHECK(in(spec::Platform::ejabberd) == ejabberd.at(methods));
    for (const auto platform : {spec::Platform::lync_server_2013,
                                spec::Platform::skype_for_business_2015, spec::Platform::prosody}) {
      CHECK(in(platform) == (row.methods.empty() ? "invalid" : "per partner"));
    }
  }
}

namespace {

template <typename Entity>
auto has_key(std::string_view key) -> bool {
  return std::apply([&](const auto&... fields) { return ((fields.key == key) || ...); },
                    spec::kFields<Entity>);
}

}  // namespace

TEST_CASE("Lost settings are keys of the spec", "[rules]") {
  const rules::PlatformTable& table = rules::builtin_platforms();
  for (const rules::PlatformSupport& platform : table.platforms()) {
    CHECK(!platform.version.empty());
    CHECK(!platform.source.empty());
    for (const rules::LostSetting& lost : platform.lost) {
      INFO(spec::word(platform.platform) << ' ' << lost.entity << '.' << lost.key);
      CHECK(!lost.reason.empty());
      CHECK(((lost.entity == "gateway" && has_key<spec::Gateway>(lost.key)) ||
             (lost.entity == "partner" && has_key<spec::Partner>(lost.key)) ||
             (lost.entity == "zone" && has_key<spec::Zone>(lost.key))));
    }
  }
}
