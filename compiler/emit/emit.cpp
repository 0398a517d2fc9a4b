#include "compiler/emit/emit.h"

#include <algorithm>
#include <string>
#include <utility>

#include "compiler/emit/csr.h"
#include "compiler/emit/gateway.h"
#include "compiler/emit/lync.h"
#include "compiler/emit/manifest.h"
#include "compiler/emit/runbook.h"
#include "compiler/emit/zone.h"
#include "schema/base/check.h"

namespace fedgate::emit {

auto has_emitter(spec::Platform platform) -> bool { return spec::is_lync(platform); }

auto emit_all(const compiler::Plan& plan) -> std::vector<output::Artifact> {
  FEDGATE_CHECK(has_emitter(*plan.gateway->platform), "a platform without emitter");
  std::vector<output::Artifact> artifacts;
  const auto add = [&artifacts](std::string path, std::string text) {
    artifacts.push_back({std::move(path), std::move(text)});
  };
  add("gateway.json", emit_gateway(plan));
  add("lync/apply.ps1", emit_lync(plan));
  add("runbook.md", emit_runbook(plan));
  for (const compiler::CertificatePlan& certificate : plan.certificates) {
    const std::string stem = "csr/" + certificate.spec->name->text();
    add(stem + ".cnf", emit_openssl_request(plan, certificate));
    add(stem + ".inf", emit_certreq_request(plan, certificate));
    if (has_powershell_request(plan, certificate)) {
      add(stem + ".ps1", emit_powershell_request(plan, certificate));
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
