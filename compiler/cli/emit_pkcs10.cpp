#include "compiler/cli/emit_pkcs10.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/cli/command.h"
#include "compiler/emit/pkcs10.h"
#include "schema/base/check.h"
#include "schema/x509/private_key.h"

namespace fedgate::cli {

namespace {

auto read_key(const std::string& file, const x509::KeyKind& wanted) -> x509::PrivateKey {
  auto key = x509::read_private_key(file);
  if (!key) {
    throw UsageError(fmt::format("--key: `{}` {}", file, key.error()));
  }
  const x509::PublicKey found = (*key).description();
  if (!emit::is_of_kind(found, wanted)) {
    throw UsageError(fmt::format("--key: `{}` is {}, and the spec asks for {}", file,
                                 x509::describe(found), x509::describe(wanted)));
  }
  return *std::move(key);
}

auto make_key(const std::string& file, const x509::KeyKind& wanted) -> x509::PrivateKey {
  x509::PrivateKey key = x509::make_private_key(wanted);
  const auto written = x509::write_private_key(key, file);
  if (!written) {
    throw UsageError(fmt::format("--new-key: `{}` {}", file, written.error()));
  }
  return key;
}

}  // namespace

void print_pkcs10(const compiler::Analysis& analysis, const std::string& name,
                  const RequestKey& key) {
  const compiler::Plan plan = compiler::plan_of(analysis);
  const auto certificate =
      std::find_if(plan.certificates.begin(), plan.certificates.end(),
                   [&](const auto& one) { return one.spec->name->text() == name; });
  FEDGATE_CHECK(certificate != plan.certificates.end(), "a certificate that is not in the plan");
  const x509::KeyKind wanted = emit::key_kind(*certificate->spec);
  const bool is_new = key.file.empty();
  const x509::PrivateKey private_key =
      is_new ? make_key(key.new_file, wanted) : read_key(key.file, wanted);
  if (is_new) {
    print_error(fmt::format("fedgate: wrote the new private key to {}\n", key.new_file));
  }
  print(emit::emit_pkcs10_request(*certificate, private_key));
}

}  // namespace fedgate::cli
