#include "compiler/emit/emit.h"

#include <filesystem>

#include <nlohmann/json.hpp>

#include "compiler/emit/gateway_schema.h"
#include "compiler/output/digest.h"
#include "schema/base/version.h"
#include "tests/support/catch.h"
#include "tests/support/golden.h"
#include "tests/unit/compiler/emit/compiled.h"

namespace fedgate {
namespace {

using Lines = std::vector<std::string>;

// The spec with another platform in its `gateway`.
auto with_platform(std::string spec, const std::string& platform) -> std::string {
  const std::string place = "  name: edge\n";
  return spec.replace(spec.find(place), place.size(), place + "  platform: " + platform + "\n");
}

TEST_CASE("what a Lync gateway cannot express is refused") {
  using Row = std::pair<std::string, Lines>;
  const std::string lync = " cannot be what it is here on Lync Server 2013 Edge Server: ";
  const auto [more, findings] = GENERATE_COPY(values<Row>({
      {"", {}},
      {"dns: {zones: [{name: contoso.com, direct_tls: true}]}\n",
       {"EMT008 `direct_tls`" + lync + "it accepts streams that start with STARTTLS only"}},
      {"dns: {zones: [{name: contoso.com, tlsa: true}]}\n",
       {"EMT009 `tlsa` asks for TLSA records, which are made from the certificate in use, and the "
        "spec names no file of it"}},
      {"  posh: true\n",
       {"EMT009 `posh` asks for POSH documents, which are made from the certificate in use, and "
        "the "
        "spec names no file of it"}},
      {"certificates: [{name: a, key: {bits: 3072}}]\n",
       {"EMT008 `key.bits`" + lync +
        "its Request-CsCertificate makes RSA keys of 1024, 2048 or 4096 bits"}},
      {"certificates: [{name: a, key: {bits: 4096}}]\n", {}},
      {"certificates: [{name: a, key: {algorithm: ecdsa}}]\n", {}},
      {"certificates: [{name: a, extended_key_usage: [client_auth]}]\n",
       {"EMT008 `extended_key_usage`" + lync +
        "its Request-CsCertificate always asks for server_auth"}},
      {"certificates: [{name: a, extended_key_usage: [client_auth, server_auth]}]\n", {}},
      {"certificates: [{name: a, subject: {common_name: other.contoso.com}}]\n",
       {"EMT008 `subject.common_name`" + lync +
        "its Request-CsCertificate takes the Access Edge's FQDN, `sip.contoso.com`"}},
      {"certificates: [{name: a, subject: {common_name: SIP.contoso.com}}]\n", {}},
      {"certificates: [{name: aux}]\n",
       {"EMT008 `name`" + lync +
        "Windows keeps `aux` for a device, and no file there can be called so"}},
      {"certificates: [{name: lpt9}]\n",
       {"EMT008 `name`" + lync +
        "Windows keeps `lpt9` for a device, and no file there can be called so"}},
      {"certificates: [{name: comx}]\n", {}},
      {"certificates: [{name: aux1}]\n", {}},
  }));
  CHECK(test::platform_findings(test::small_spec(more)) == findings);
}

TEST_CASE("the port of server-to-server streams is fixed on Lync") {
  CHECK(test::platform_findings("fedgate: 1\ngateway: {name: edge, domains: [contoso.com], "
                                "access_edge: {fqdn: sip.contoso.com, port: 5270}}\n")
            .size() == 1);
}

TEST_CASE("a zone's fragment has a file name that file systems take") {
  const std::string label(61, 'a');
  const std::string zone = label + "." + label + "." + label + "." + label;
  const auto findings = [](const std::string& name) {
    return test::platform_findings(test::small_spec("dns: {zones: [{name: " + name + "}]}\n"));
  };
  CHECK(findings(zone + ".ab").empty());
  CHECK(
      findings(zone + ".abc") ==
      Lines{"EMT008 `name` cannot be what it is here on Lync Server 2013 Edge Server: the file of "
            "its fragment would have a name of 256 bytes, and 255 are the most that file systems "
            "take"});
}

TEST_CASE("certificates that no tool can request are refused") {
  const std::string two =
      "  certificate: a\n"
      "certificates: [{name: a}, {name: b, subject_alternative_names: [b.contoso.com]}]\n";
  CHECK(test::platform_findings(test::small_spec(two)) ==
        Lines{"EMT010 certificate `b` cannot be requested with an empty subject: a certificate for "
              "XMPP names its subject"});
  const std::string label(59, 'a');
  const auto with_edge = [](const std::string& fqdn) {
    return "fedgate: 1\ngateway: {name: edge, domains: [contoso.com], access_edge: {fqdn: " + fqdn +
           "}}\ncertificates: [{name: a}]\n";
  };
  CHECK(test::platform_findings(with_edge(label + ".test")).empty());
  CHECK(test::platform_findings(with_edge("a" + label + ".test")).size() == 1);
}

TEST_CASE("what a move to another platform loses is reported, and nothing else") {
  using Row = std::tuple<std::string, Lines, Lines>;
  const std::string prosody = " cannot be what it is here on Prosody XMPP server: ";
  const std::string ejabberd = " cannot be what it is here on ejabberd XMPP server: ";
  const auto [more, on_prosody, on_ejabberd] = GENERATE_COPY(values<Row>({
      {"", {}, {}},
      {"  log_message_bodies: false\n", {}, {}},
      {"  log_message_bodies: true\n",
       {"EMT008 `log_message_bodies`" + prosody + "it does not log the text of messages"},
       {"EMT008 `log_message_bodies`" + ejabberd + "it does not log the text of messages"}},
      {"  subscription_refresh_interval: 8h\n",
       {"EMT008 `subscription_refresh_interval`" + prosody +
        "it does not refresh presence subscriptions"},
       {"EMT008 `subscription_refresh_interval`" + ejabberd +
        "it does not refresh presence subscriptions"}},
      {"  stream_inactivity_timeout: 20s\n  stream_establishment_timeout: 10s\n", {}, {}},
      {"  stream_inactivity_timeout: 4294967s\n", {}, {}},
      {"  stream_establishment_timeout: 4294968s\n",
       {},
       {"EMT008 `stream_establishment_timeout`" + ejabberd +
        "Erlang waits 4294967 seconds at most, and each stream would end at once"}},
      {"  dialback_passphrase: {file: secret.txt}\n",
       {"EMT008 `dialback_passphrase.file`" + prosody +
        "after its start it has another working folder, so that it needs an absolute path"},
       {"EMT008 `dialback_passphrase`" + ejabberd +
        "it makes the secret of dialback keys itself and takes none"}},
      {"partners: [{domain: a.example, type: federated, keep_alive: true}]\n",
       {},
       {"EMT008 `keep_alive`" + ejabberd + "it sends no keep-alives on server-to-server streams"}},
      {"partners: [{domain: a.example, type: federated, keep_alive: false}]\n", {}, {}},
      {"partners: [{domain: a.example, type: public_verified}]\n",
       {},
       {"EMT008 `type`" + ejabberd +
        "it cannot withhold the status notes of users from one partner"}},
      // Once for the default, and not for each partner that inherits it.
      {"defaults: {partner: {connection_limit: 5}}\n"
       "partners: [{domain: a.example, type: federated}, {domain: b.example, type: federated}]\n",
       {},
       {"EMT008 `connection_limit`" + ejabberd + "it does not limit server-to-server streams"}},
      {"dns: {zones: [{name: contoso.com, direct_tls: true}]}\n", {}, {}},
      {"certificates: [{name: a, key: {bits: 3072}}]\n", {}, {}},
  }));
  const std::string spec = test::small_spec(more);
  CHECK(test::platform_findings(with_platform(spec, "prosody")) == on_prosody);
  CHECK(test::platform_findings(with_platform(spec, "ejabberd")) == on_ejabberd);
}

TEST_CASE("ejabberd has one set of methods, and no dialback-only set over TLS") {
  const std::string sasl = "{domain: a.example, type: federated}";
  const std::string both = "{domain: b.example, type: federated, sasl: optional, dialback: true}";
  const std::string dialback =
      "{domain: c.example, type: federated, sasl: not_supported, dialback: true}";
  const auto on = [](const std::string& platform, const std::string& partners) {
    return test::platform_findings(
        with_platform(test::small_spec("partners: [" + partners + "]\n"), platform));
  };
  CHECK(on("ejabberd", sasl).empty());
  CHECK(on("ejabberd", both).empty());
  CHECK(on("ejabberd", dialback) ==
        Lines{"EMT001 partner `c.example` is to authenticate by tls_dialback and nothing else, "
              "which ejabberd XMPP server cannot enforce: it offers and uses SASL EXTERNAL on "
              "every encrypted stream, and has no switch for it"});
  CHECK(on("ejabberd", sasl + ", " + both) ==
        Lines{"EMT002 partner `b.example` is to authenticate by sasl_tls, tls_dialback, and "
              "partner `a.example` by sasl_tls; ejabberd XMPP server has one setting for all "
              "partners of a domain"});
  CHECK(on("prosody", sasl + ", " + both + ", " + dialback).empty());
  CHECK(on("lync_server_2013", sasl + ", " + both + ", " + dialback).empty());
}

TEST_CASE("the manifest lists every other artifact with size and hash") {
  const auto compiled = test::compile(test::small_spec("certificates: [{name: a}]\n"));
  const auto artifacts = emit::emit_all(compiled->plan);
  CHECK(std::is_sorted(artifacts.begin(), artifacts.end(),
                       [](const auto& a, const auto& b) { return a.path < b.path; }));
  nlohmann::json expected = {{"version", 1},
                             {"fedgate", FEDGATE_VERSION},
                             {"platform", "lync_server_2013"},
                             {"gateway", "edge"},
                             {"spec_sha256", std::string(64, '0')},
                             {"artifacts", nlohmann::json::array()}};
  nlohmann::json manifest;
  for (const output::Artifact& one : artifacts) {
    if (one.path == output::kManifestPath) {
      manifest = nlohmann::json::parse(one.text);
    } else {
      expected["artifacts"].push_back({{"path", one.path},
                                       {"size", one.text.size()},
                                       {"sha256", output::sha256_hex(one.text)}});
    }
  }
  CHECK(expected["artifacts"].size() == 6);
  CHECK(manifest == expected);
}

TEST_CASE("the order of partners, zones and certificates in the spec changes no artifact") {
  const std::string gateway = "  certificate: a\n";
  const std::string partners[] = {"  - {domain: a.example, type: federated}\n",
                                  "  - {domain: b.example, type: federated, "
                                  "additional_domains: [x.b.example, y.b.example]}\n",
                                  "  - {type: federated, additional_domains: [y.b.example, "
                                  "x.b.example], domain: b.example}\n"};
  const std::string one =
      test::small_spec(gateway + "partners:\n" + partners[0] + partners[1] +
                       "certificates: [{name: a}, {name: b, subject: {common_name: b}}]\n"
                       "dns: {zones: [{name: contoso.com}, {name: other.example}]}\n");
  const std::string other = test::small_spec(
      gateway + "dns: {zones: [{name: other.example}, {name: contoso.com}]}\npartners:\n" +
      partners[2] + partners[0] +
      "certificates: [{subject: {common_name: b}, name: b}, {name: a}]\n");
  const auto first = emit::emit_all(test::compile(one)->plan);
  const auto again = emit::emit_all(test::compile(one)->plan);
  const auto shuffled = emit::emit_all(test::compile(other)->plan);
  REQUIRE(first.size() == shuffled.size());
  for (std::size_t i = 0; i < first.size(); ++i) {
    INFO(first[i].path);
    CHECK(first[i].path == shuffled[i].path);
    CHECK(first[i].text == shuffled[i].text);
    CHECK(first[i].text == again[i].text);
    CHECK(first[i].text.find('\r') == std::string::npos);
    CHECK(first[i].text.ends_with('\n'));
  }
}

TEST_CASE("compiled specs give the expected artifacts") {
  const auto folder = test::source_dir() / "tests/golden/emit";
  for (const auto& input : test::list_inputs(folder, {".yaml"})) {
    const auto expected = folder / input.stem();
    std::vector<std::filesystem::path> files;
    DYNAMIC_SECTION(input.stem().string()) {
      const auto compiled = test::compile(test::read_file(input));
      diag::Sink sink;
      emit::check_platform(compiled->plan, sink);
      CHECK(sink.findings().empty());
      for (const output::Artifact& one : emit::emit_all(compiled->plan)) {
        // The manifest changes with every version, and has a test of its own.
        if (one.path != output::kManifestPath) {
          files.push_back(expected / one.path);
          test::check_golden(files.back(), one.text);
        }
      }
      test::check_no_orphans(expected, "", files);
    }
  }
}

TEST_CASE("schema/gateway.schema.json is up to date") {
  test::check_golden(test::source_dir() / "schema/gateway.schema.json",
                     emit::gateway_json_schema());
}

}  // namespace
}  // namespace fedgate
