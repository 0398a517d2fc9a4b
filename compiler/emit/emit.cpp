#include "compiler/emit/emit.h"

#include <algorithm>
#include <functional>
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
#include "schema/source/parallel.h"

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

namespace {

// An artifact that is still to be made.
struct Task {
  std::string path;
  std::function<std::string()> make;
};

auto configuration(const compiler::Plan& plan) -> std::string {
  switch (*plan.gateway->platform) {
    case spec::Platform::lync_server_2013:
    case spec::Platform::skype_for_business_2015:
      break;
    case spec::Platform::prosody:
      return emit_prosody(plan);
    case spec::Platform::ejabberd:
      return emit_ejabberd(plan);
  }
  return emit_lync(plan);
}

// All but the manifest, which lists them; sorted by path.
auto tasks_of(const compiler::Plan& plan) -> std::vector<Task> {
  const spec::Platform platform = *plan.gateway->platform;
  std::vector<Task> tasks;
  const auto add = [&tasks](std::string path, std::function<std::string()> make) {
    tasks.push_back({std::move(path), std::move(make)});
  };
  add("gateway.json", [&] { return emit_gateway(plan); });
  add(std::string(platform_configuration(platform)), [&] { return configuration(plan); });
  if (platform == spec::Platform::prosody) {
    add("prosody/mod_fedgate_policy.lua", [] { return std::string(prosody_module()); });
  }
  add("runbook.md", [&] { return emit_runbook(plan); });
  for (const compiler::CertificatePlan& certificate : plan.certificates) {
    const std::string stem = "csr/" + certificate.spec->name->text();
    add(stem + ".cnf", [&] { return emit_openssl_request(plan, certificate); });
    add(stem + ".inf", [&] { return emit_certreq_request(plan, certificate); });
    if (has_powershell_request(plan, certificate)) {
      add(stem + ".ps1", [&] { return emit_powershell_request(plan, certificate); });
    }
  }
  if (*plan.gateway->posh) {
    const std::string document = emit_posh(*plan.presented());
    for (const auto& domain : *plan.gateway->domains) {
      add(posh_path(*domain), [document] { return std::string(document); });
    }
  }
  for (const compiler::ZonePlan& zone : plan.zones) {
    add(zone_path(*zone.spec), [&] { return emit_zone(plan, zone); });
  }
  std::sort(tasks.begin(), tasks.end(),
            [](const Task& a, const Task& b) { return a.path < b.path; });
  return tasks;
}

}  // namespace

auto emit_all(const compiler::Plan& plan) -> std::vector<output::Artifact> {
  // With fewer partners, starting a thread costs more than it saves.
  constexpr std::size_t kWorthThreads = 500;
  const std::vector<Task> tasks = tasks_of(plan);
  const std::size_t threads = plan.partners.size() < kWorthThreads ? 1 : source::default_threads();
  std::vector<output::Artifact> artifacts(tasks.size());
  std::vector<ManifestEntry> entries(tasks.size());
  source::run_parallel(tasks.size(), threads, [&](std::size_t i) {
    artifacts[i] = {tasks[i].path, tasks[i].make()};
    entries[i] = list_artifact(artifacts[i]);
  });
  output::Artifact manifest{output::kManifestPath, emit_manifest(plan, entries)};
  const auto place = std::lower_bound(artifacts.begin(), artifacts.end(), manifest,
                                      [](const auto& a, const auto& b) { return a.path < b.path; });
  artifacts.insert(place, std::move(manifest));
  return artifacts;
}

}  // namespace fedgate::emit
