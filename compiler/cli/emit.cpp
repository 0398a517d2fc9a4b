#include "compiler/emit/emit.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/cli/artifacts.h"
#include "compiler/cli/command.h"
#include "compiler/cli/emit_pkcs10.h"
#include "compiler/emit/zone.h"
#include "schema/base/check.h"
#include "schema/source/file_system.h"
#include "schema/value/identifier.h"

namespace fedgate::cli {

namespace {

struct EmitOptions {
  SpecOptions spec;
  std::string name;
  std::string form;
  RequestKey key;
};

// The form that needs a key and is no artifact.
constexpr std::string_view kSignedForm = "pkcs10";

// The file endings of the other forms of a certificate request.
auto request_forms() -> const std::map<std::string, std::string>& {
  static const std::map<std::string, std::string> kForms = {
      {"openssl", "cnf"}, {"certreq", "inf"}, {"powershell", "ps1"}};
  return kForms;
}

auto all_request_forms() -> std::vector<std::string> {
  std::vector<std::string> forms;
  for (const auto& [form, ending] : request_forms()) {
    forms.push_back(form);
  }
  forms.emplace_back(kSignedForm);
  return forms;
}

void check_key_options(const EmitOptions& options) {
  const bool is_signed = options.form == kSignedForm;
  const bool has_key = !options.key.file.empty();
  const bool has_new_key = !options.key.new_file.empty();
  if (is_signed && has_key == has_new_key) {
    throw UsageError(
        "a signed request needs either `--key FILE`, a key to sign it with, or `--new-key FILE`, "
        "where a new one goes");
  }
  if (!is_signed && (has_key || has_new_key)) {
    throw UsageError(fmt::format("`{}` needs `--as pkcs10`: the other forms are not signed here",
                                 has_key ? "--key" : "--new-key"));
  }
}

auto print_artifact(const std::vector<output::Artifact>& artifacts, const std::string& path)
    -> bool {
  const auto found = std::find_if(artifacts.begin(), artifacts.end(),
                                  [&](const auto& artifact) { return artifact.path == path; });
  if (found != artifacts.end()) {
    print(found->text);
  }
  return found != artifacts.end();
}

template <typename Names>
[[noreturn]] void refuse_name(std::string_view kind, const std::string& name, const Names& names) {
  std::string known;
  for (const std::string& one : names) {
    known += (known.empty() ? "`" : ", `") + one + "`";
  }
  throw UsageError(fmt::format("the spec has no {} `{}`; it has {}", kind, name,
                               known.empty() ? "none" : known));
}

auto emit_zone(const EmitOptions& options) -> int {
  compiler::Analysis analysis;
  if (!analyze_quietly(analysis, options.spec)) {
    return kFindings;
  }
  const compiler::Plan plan = compiler::plan_of(analysis);
  const auto wanted = value::DnsName::parse(options.name);
  std::vector<std::string> names;
  for (const compiler::ZonePlan& zone : plan.zones) {
    if (wanted && zone.spec->name.value == *wanted) {
      print(options.form == "nsupdate" ? emit::emit_zone_update(plan, zone)
                                       : emit::emit_zone(plan, zone));
      return kClean;
    }
    names.push_back(zone.spec->name->display());
  }
  refuse_name("zone", options.name, names);
}

auto emit_request(const EmitOptions& options) -> int {
  check_key_options(options);
  const bool is_signed = options.form == kSignedForm;
  compiler::Analysis analysis;
  if (!analyze_quietly(analysis, options.spec)) {
    return kFindings;
  }
  const std::string form = options.form.empty() ? "openssl" : options.form;
  if (!is_signed && print_artifact(artifacts_of(analysis), fmt::format("csr/{}.{}", options.name,
                                                                       request_forms().at(form)))) {
    return kClean;
  }
  std::vector<std::string> names;
  for (const spec::Certificate& certificate : analysis.model.certificates()) {
    names.push_back(certificate.name->text());
    if (names.back() == options.name && is_signed) {
      print_pkcs10(analysis, options.name, options.key);
      return kClean;
    }
    if (names.back() == options.name) {
      throw UsageError(fmt::format("there is no request in the form {1} for it on platform {0}",
                                   spec::word(analysis.model.gateway().platform.value),
                                   options.form));
    }
  }
  refuse_name("certificate", options.name, names);
}

// `emit gateway NAME PATH`: takes the first argument for the gateway's name where no file is called
// that.
void take_gateway_name(EmitOptions& options) {
  std::vector<std::string>& paths = options.spec.paths;
  const source::RealFileSystem files;
  if (!paths.empty() && value::Name::parse(paths.front()) &&
      files.kind(paths.front()) == source::EntryKind::missing) {
    options.name = paths.front();
    paths.erase(paths.begin());
  }
}

// Prints the artifact whose path `path_of` tells for the platform.
template <typename PathOf>
auto emit_file(EmitOptions options, PathOf path_of) -> int {
  take_gateway_name(options);
  compiler::Analysis analysis;
  if (!analyze_quietly(analysis, options.spec)) {
    return kFindings;
  }
  const std::string& gateway = analysis.model.gateway().name->text();
  if (!options.name.empty() && options.name != gateway) {
    refuse_name("gateway", options.name, std::vector{gateway});
  }
  const std::string_view path = path_of(analysis.model.gateway().platform.value);
  FEDGATE_CHECK(print_artifact(artifacts_of(analysis), std::string(path)),
                "every spec has its gateway.json and the configuration of its platform");
  return kClean;
}

}  // namespace

auto artifacts_of(const compiler::Analysis& analysis) -> std::vector<output::Artifact> {
  return emit::emit_all(compiler::plan_of(analysis));
}

void add_emit(CLI::App& app, Selection& selection) {
  CLI::App* command = app.add_subcommand("emit", "check a spec and print one artifact");
  command->require_subcommand(1);
  auto options = std::make_shared<EmitOptions>();
  const auto add = [&](const std::string& name, const std::string& about, auto run) {
    CLI::App* part = command->add_subcommand(name, about);
    add_spec_options(*part, options->spec);
    part->callback(
        [options, run, &selection] { selection.run = [options, run] { return run(*options); }; });
    return part;
  };
  CLI::App* zone = add("zone", "the fragment of a DNS zone", emit_zone);
  zone->add_option("name", options->name, "the zone")->required()->type_name("ZONE");
  zone->add_option("--as", options->form,
                   "bind, a fragment of a master file, or nsupdate, a dynamic update [bind]")
      ->check(one_word_of(std::vector<std::string>{"bind", "nsupdate"}))
      ->type_name("FORM");
  add_paths(*zone, options->spec);
  CLI::App* request = add("csr", "a certificate request, or its template", emit_request);
  request->add_option("name", options->name, "the certificate")->required()->type_name("NAME");
  request
      ->add_option("--as", options->form,
                   "openssl, certreq or powershell for a template, pkcs10 for the signed request "
                   "[openssl]")
      ->check(one_word_of(all_request_forms()))
      ->type_name("FORM");
  request->add_option("--key", options->key.file, "private key that signs the request (pkcs10)")
      ->type_name("FILE");
  request
      ->add_option("--new-key", options->key.new_file,
                   "where a new private key goes; never overwritten (pkcs10)")
      ->type_name("FILE");
  add_paths(*request, options->spec);
  CLI::App* gateway =
      add("gateway", "the runtime gateway configuration, as JSON", [](const EmitOptions& given) {
        return emit_file(given, [](spec::Platform) { return "gateway.json"; });
      });
  const std::string about_name =
      "\nThe gateway's name may stand before the paths; it has to be the spec's.";
  gateway->footer(about_name);
  add_paths(*gateway, options->spec);
  CLI::App* script =
      add("script", "what configures the platform: PowerShell script, Lua or YAML",
          [](const EmitOptions& given) { return emit_file(given, emit::platform_configuration); });
  script->footer(about_name);
  add_paths(*script, options->spec);
}

}  // namespace fedgate::cli
