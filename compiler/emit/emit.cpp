#include "compiler/emit/emit.h"

#include <algorithm>
#include <string>
#include <utility>

#include "compiler/emit/csr.h"
#include "compiler/emit/ejabberd.h"
#include "compiler/emit/gateway.h"
#include "compiler/emit/lync.h"
#include "compiler/emit/manifest.h"
#include "compiler/emit/posh.h"
#include "compiler/emit/prosody.h"
#include "compiler/emit/runbook.h"
#include "compiler/emit/zone.h"
#include "schema/model.h"

namespace fedgate::emit {

auto platform_configuration(spec::Platform platform) -> std::string_view {
  switch (platform) {
    case spec::Platform::lync_server_2013:
    case spec::Platform::skype_for_business_2015:
      break;
    case spec::Platform::prosody:
      return "prosody/fedgate.cfg.lua";
    case spec::Platform::ejabberd:
      return "ejabberd/fedgate.yml";
  }
  return "lync/apply.ps1";
}

auto emit_all(const compiler::Plan& plan) -> std::vector<output::Artifact> {
  const spec::Platform platform = *plan.gateway->platform;
  std::vector<output::Artifact> artifacts;
  const auto add = [&artifacts](std::string path, std::string text) {
    artifacts.push_back({std::move(path), std::move(text)});
  };
  add("gateway.json", emit_gateway(plan));
  add(std::string(platform_configuration(platform)),
      platform == spec::Platform::prosody    ? emit_prosody(plan)
      : platform == spec::Platform::ejabberd ? emit_ejabberd(plan)
                                             : emit_lync(plan));
  if (platform == spec::Platform::prosody) {
    add("prosody/mod_fedgate_policy.lua", std::string(prosody_module()));
  }
  add("runbook.md", emit_runbook(plan));
  for (const compiler::CertificatePlan& certificate : plan.certificates) {
    const std::string stem = "csr/" + certificate.spec->name->text();
    add(stem + ".cnf", emit_openssl_request(plan, certificate));
    add(stem + ".inf", emit_certreq_request(plan, certificate));
    if (has_powershell_request(plan, certificate)) {
      add(stem + ".ps1", emit_powershell_request(plan, certificate));
    }
  }
  if (*plan.gateway->posh) {
    const std::string document = emit_posh(*plan.presented());
    for (const auto& domain : *plan.gateway->domains) {
      add(posh_path(*domain), document);
    }
  }
  for (const compiler::ZonePlan& zone : plan.zones) {
    add("zones/" + zone.spec->name->ascii() + ".zone", emit_zone(plan, zone));
  }
  const auto by_path = [](const auto& a, const auto& b) { return a.path < b.path; };
  std::sort(artifacts.begin(), artifacts.end(), by_path);
  output::Artifact manifest{output::kManifestPath, emit_manifest(plan, artifacts)};
  const auto place = std::lower_bound(artifacts.begin(), artifacts.end(), manifest, by_path);
  artifacts.insert(place, std::move(manifest));
  return artifacts;
}

}  // namespace fedgate::emit
