// `emit csr NAME --as pkcs10`: the request itself, made and signed by OpenSSL. The only emitter
// that needs a key, and so none of the artifacts of `compile`.
#pragma once

#include <string>

#include "compiler/plan.h"
#include "schema/x509/private_key.h"
#include "schema/x509/writer.h"

namespace fedgate::emit {

// What the request asks for: the same subject, names and purposes as the templates (csr.h).
[[nodiscard]] auto request_content(const compiler::CertificatePlan& certificate)
    -> x509::RequestContent;

// The key that the spec asks for.
[[nodiscard]] auto key_kind(const spec::Certificate& certificate) -> x509::KeyKind;

[[nodiscard]] auto is_of_kind(const x509::PublicKey& key, const x509::KeyKind& kind) -> bool;

// The request in PEM.
[[nodiscard]] auto emit_pkcs10_request(const compiler::CertificatePlan& certificate,
                                       const x509::PrivateKey& key) -> std::string;

}  // namespace fedgate::emit
