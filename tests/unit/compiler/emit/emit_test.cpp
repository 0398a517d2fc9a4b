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

TEST_CASE("platforms without an emitter are known") {
  CHECK(emit::has_emitter(spec::Platform::lync_server_2013));
  CHECK(emit::has_emitter(spec::Platform::skype_for_business_2015));
  CHECK_FALSE(emit::has_emitter(spec::Platform::prosody));
  CHECK_FALSE(emit::has_emitter(spec::Platform::ejabberd));
}

TEST_CASE("what a Lync gateway cannot express is refused") {
  using Row = std::pair<std::string, Lines>;
  const std::string lync = " cannot be what it is here on Lync Server 2013 Edge Server: ";
  const auto [more, findings] = GENERATE_COPY(values<Row>({
      {"", {}},
      {"dns: {zones: [{name: contoso.com, direct_tls: true}]}\n",
       {"EMT008 `direct_tls`" + lync + "it accepts streams that start with STARTTLS only"}},
      {"dns: {zones: [{name: contoso.com, tlsa: true}]}\n",
       {"EMT009 `tlsa` asks for TLSA records, which this version of fedgate does not write"}},
      {"  posh: true\n",
       {"EMT009 `posh` asks for the files that RFC 7711 asks for, which this version of fedgate "
        "does not write"}},
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
  }));
  CHECK(test::platform_findings(test::small_spec(more)) == findings);
}

TEST_CASE("the port of server-to-server streams is fixed on Lync") {
  CHECK(test::platform_findings("fedgate: 1\ngateway: {name: edge, domains: [contoso.com], "
                                "access_edge: {fqdn: sip.contoso.com, port: 5270}}\n")
            .size() == 1);
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
