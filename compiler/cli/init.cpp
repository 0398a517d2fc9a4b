#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "compiler/cli/command.h"
#include "compiler/output/replace_file.h"
#include "schema/base/failure.h"

namespace fedgate::cli {

namespace {

constexpr std::string_view kFileName = "federation.yaml";

constexpr std::string_view kStarter =
    R"(# The federation of one XMPP gateway. `fedgate check` looks for mistakes, `fedgate compile -o out`
# writes the configuration, DNS fragments and certificate requests.
fedgate: 1                          # version of the spec language

gateway:
  name: example-edge
  platform: lync_server_2013        # or skype_for_business_2015, prosody, ejabberd
  domains: [contoso.example]        # XMPP domains that you serve
  access_edge:
    fqdn: sip.contoso.example       # what the SRV records point to
    addresses: [203.0.113.10]       # its external addresses

# Values of every partner that does not say otherwise.
defaults:
  partner: {tls: required, sasl: required, dialback: false}

partners:
  - domain: northwind.example
    description: Northwind Traders, contact noc@northwind.example
    type: federated                 # federated, public_verified or public_unverified
    additional_domains: [chat.northwind.example]

certificates:
  - name: external-edge             # the names it needs are derived from the gateway
    issuer: {trust: public}
    subject: {organization: Contoso, country: US}
    friendly_name: External edge

dns:
  zones:
    - name: contoso.example
      ttl: 1h
)";

auto init(const std::string& folder) -> int {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    throw Failure(fmt::format("cannot create folder `{}`: {}", folder, error.message()));
  }
  const std::string path = (std::filesystem::path(folder) / kFileName).generic_string();
  if (!output::create_file(path, kStarter)) {
    throw UsageError(fmt::format("`{}` exists already and is left as it is", path));
  }
  print(fmt::format("wrote {}\nnext: fedgate check {}\n", path, folder));
  return kClean;
}

}  // namespace

void add_init(CLI::App& app, Selection& selection) {
  CLI::App* command = app.add_subcommand("init", "write a commented starter spec to a folder");
  auto folder = std::make_shared<std::string>();
  command->add_option("folder", *folder, "the folder, made if it is not there")
      ->required()
      ->type_name("DIR");
  command->callback([folder, &selection] { selection.run = [folder] { return init(*folder); }; });
}

}  // namespace fedgate::cli
