#include "compiler/emit/manifest.h"

#include "compiler/output/digest.h"
#include "schema/base/json_writer.h"
#include "schema/base/version.h"

namespace fedgate::emit {

auto list_artifact(const output::Artifact& artifact) -> ManifestEntry {
  return {artifact.path, artifact.text.size(), output::sha256_hex(artifact.text)};
}

auto emit_manifest(const compiler::Plan& plan, std::span<const ManifestEntry> entries)
    -> std::string {
  std::string text;
  JsonWriter json(text);
  json.begin_object();
  json.member("version", std::int64_t{1});
  json.member("fedgate", FEDGATE_VERSION);
  json.member("platform", spec::word(*plan.gateway->platform));
  json.member("gateway", plan.gateway->name->text());
  json.member("spec_sha256", plan.spec_hash);
  json.key("artifacts");
  json.begin_array();
  for (const ManifestEntry& entry : entries) {
    json.begin_object();
    json.member("path", entry.path);
    json.member("size", static_cast<std::int64_t>(entry.size));
    json.member("sha256", entry.sha256);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  text += '\n';
  return text;
}

}  // namespace fedgate::emit
