// `emit csr NAME --as pkcs10`: a request that is signed with a given or a new key.
#pragma once

#include <string>

#include "compiler/pipeline.h"

namespace fedgate::cli {

// Exactly one of the two is there.
struct RequestKey {
  // A private key to read.
  std::string file;
  // Where a new one goes.
  std::string new_file;
};

// Prints the request of the certificate with that name, which exists. A new key is written before
// the request is printed. Throws UsageError where the key cannot be used.
void print_pkcs10(const compiler::Analysis& analysis, const std::string& name,
                  const RequestKey& key);

}  // namespace fedgate::cli
